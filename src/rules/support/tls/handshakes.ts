import { remember } from '../../../memory/remember.ts';
import { type CipherStringResult, evaluateCipherString } from '../../../tls/cipher-string/cipher-string.ts';
import type { ServerModel, TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue, type Value } from '../../../tls/model/setting.ts';
import { type EffectiveProtocols, effectiveProtocols, type ProtocolVersion } from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';

/** What handshakes can use under some settings, with the OpenSSL of the target. */
export interface Handshakes {
  /** Undefined where the protocols are not known. */
  readonly protocols: EffectiveProtocols | undefined;
  /** Suites of TLS 1.2 and older; undefined where the string is not known or a system policy stands for it. */
  readonly ciphers: CipherStringResult | undefined;
}

/** Most sites of a configuration say the same, so that the answers are kept by what they say: cipher string, protocols. */
const byText = remember((_target: Target) => new Map<string | undefined, Map<string | undefined, Handshakes>>());

/** By the values themselves, which lines that read the same share; the texts need not be compared then. */
class Answers {
  readonly #target: Target;
  readonly #known = new Map<Value<string>, Map<unknown, Answer>>();
  /** Most sites say what the one before said. */
  #last: Answer | undefined;

  constructor(target: Target) {
    this.#target = target;
  }

  of(tls: TlsSettings): Handshakes {
    const { cipherString, protocols, cipherStringAppended: appended } = tls;
    const last = this.#last;
    if (last?.ciphers === cipherString.value && last.protocols === protocols.value && last.appended === appended)
      return last.handshakes;
    this.#last = this.#find(tls);
    return this.#last.handshakes;
  }

  #find(tls: TlsSettings): Answer {
    const ciphers = tls.cipherString.value;
    const protocols = tls.protocols.value;
    const appended = tls.cipherStringAppended;
    let answers = this.#known.get(ciphers);
    if (answers === undefined) {
      answers = new Map();
      this.#known.set(ciphers, answers);
    }
    let found = answers.get(protocols);
    if (found === undefined || found.appended !== appended) {
      found = { ciphers, protocols, appended, handshakes: answer(this.#target, tls) };
      answers.set(protocols, found);
    }
    return found;
  }
}

interface Answer {
  readonly ciphers: Value<string>;
  readonly protocols: unknown;
  readonly appended: string | undefined;
  readonly handshakes: Handshakes;
}

/** Answers for one model after the other: who asks of thousands of endpoints looks them up once. */
export const handshakesOf = remember(({ target }: ServerModel): ((tls: TlsSettings) => Handshakes) => {
  const answers = new Answers(target);
  return (tls) => answers.of(tls);
});

export function handshakes(model: ServerModel, tls: TlsSettings): Handshakes {
  return handshakesOf(model)(tls);
}

function answer(target: Target, tls: TlsSettings): Handshakes {
  const listed = knownValue(tls.protocols);
  const written = knownValue(tls.cipherString);
  const text = written === undefined ? undefined : written + (tls.cipherStringAppended ?? '');
  const known = byText(target);
  let answers = known.get(text);
  if (answers === undefined) {
    answers = new Map();
    known.set(text, answers);
  }
  const protocols = listed && joined(listed);
  let result = answers.get(protocols);
  if (result === undefined) {
    result = compute(target, listed, text);
    answers.set(protocols, result);
  }
  return result;
}

/** Sites that list the same protocols mostly share the list. */
const joined = remember((listed: readonly ProtocolVersion[]) => listed.join(' '));

/** A `@SECLEVEL` in the cipher string decides about protocols too, and the protocols decide which suites can be used. */
function compute(
  { openssl, securityLevel, distribution }: Target,
  listed: readonly ProtocolVersion[] | undefined,
  text: string | undefined,
): Handshakes {
  const ciphers = text === undefined ? undefined : evaluateCipherString(text, { openssl, securityLevel, distribution });
  if (listed === undefined) return { protocols: undefined, ciphers: withoutPolicy(ciphers) };
  const level = ciphers?.securityLevel ?? securityLevel;
  const protocols = effectiveProtocols(listed, { openssl, securityLevel: level });
  const [minimum] = protocols.offered;
  const maximum = protocols.offered.at(-1);
  if (text === undefined || minimum === undefined || maximum === undefined) {
    return { protocols, ciphers: withoutPolicy(ciphers) };
  }
  return {
    protocols,
    ciphers: withoutPolicy(evaluateCipherString(text, { openssl, securityLevel, distribution, minimum, maximum })),
  };
}

function withoutPolicy(result: CipherStringResult | undefined): CipherStringResult | undefined {
  return result?.systemPolicy ? undefined : result;
}

/** A cipher string, which is for older versions, has no say then. */
export function offersOnlyTls13({ protocols }: Handshakes): boolean {
  return protocols?.offered.length === 1 && protocols.offered[0] === 'TLSv1.3';
}
