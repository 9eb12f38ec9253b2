import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import type { Crypto } from '../../host/host.ts';
import { dial } from '../../network/dial.ts';
import { NetworkError } from '../../network/http.ts';
import { baseName } from '../../text/path.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { type Answer, answerOf } from './answer.ts';
import { alpnFor, type Handshakes, isRefusal } from './handshakes.ts';
import type { Question } from './question.ts';
import { couldSpeak } from './versions.ts';

/** By which a client asks for a certificate with a key of that kind, in words that BoringSSL knows too. */
const signatures: Readonly<Record<string, string>> = {
  RSA: 'rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:rsa_pkcs1_sha256:rsa_pkcs1_sha384:rsa_pkcs1_sha512:rsa_pkcs1_sha1',
  EC: 'ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512',
  Ed25519: 'ed25519',
};

/** What came of asking for kinds of certificate that no handshake has shown. */
export interface OtherKinds {
  readonly answers: readonly Answer[];
  /** Clauses about certificates that are configured and not sent, or the other way round. */
  readonly differences: readonly string[];
}

/**
 * Asks for a certificate of each kind that the server has not sent of itself: which one of an RSA and an ECDSA certificate a
 * client gets is the server's choice. @throws NetworkError with the code `aborted`
 */
export async function askOtherKinds(
  view: EndpointView,
  question: Question,
  { answers }: Pick<Handshakes, 'answers'>,
  { crypto, signal }: { readonly crypto: Crypto; readonly signal?: AbortSignal },
): Promise<OtherKinds> {
  const configured = new Set(view.leaves.map(kindOf));
  const seen = new Set([...answers.values()].flatMap(({ leaf }) => (leaf === undefined ? [] : [kindOf(leaf)])));
  const found: Answer[] = [];
  const differences: string[] = [];
  const isOther = [...seen].some((kind) => !configured.has(kind));
  // Where even what it sends of itself is of another kind, that says it all.
  if (view.certificatesUnknown !== undefined || seen.size === 0 || isOther) return { answers: found, differences };
  for (const kind of new Set(['RSA', 'EC', ...configured])) {
    const wanted = signatures[kind];
    if (wanted === undefined || seen.has(kind)) continue;
    try {
      const result = await dial({ ...question, startTls: undefined, signatures: wanted, ...alpnFor(view), signal });
      const answer = answerOf(result, crypto);
      if (answer.leaf === undefined || kindOf(answer.leaf) !== kind) continue;
      if (configured.has(kind)) found.push(answer);
      else differences.push(`to clients that want it, it sends an ${nameOf(kind)} certificate; none is configured`);
    } catch (error) {
      if (!(error instanceof NetworkError) || error.code === 'aborted') throw error;
      const file = isRefusal(error) ? missingFile(view, answers, kind) : undefined;
      if (file !== undefined)
        differences.push(`it sends no ${nameOf(kind)} certificate, and ${baseName(file)} holds one`);
    }
  }
  return { answers: found, differences };
}

/** The file of a kind that a server with this configuration would surely have sent. */
function missingFile(view: EndpointView, answers: Handshakes['answers'], kind: string): string | undefined {
  // Versions are tried newest first, and the newest is what a server settles on.
  const [newest] = answers.keys();
  const leaves = view.leaves.filter((leaf) => kindOf(leaf) === kind);
  const [leaf] = leaves;
  const asksClients = knownValue(view.endpoint.tls.clientVerification) !== 'off';
  if (leaf === undefined || newest === undefined || asksClients) return undefined;
  return couldSpeak(newest, { ...view, leaves }) ? view.pairs[view.leaves.indexOf(leaf)]?.file.value : undefined;
}

function kindOf({ publicKey }: EndpointView['leaves'][number]): string {
  return publicKey.algorithm;
}

function nameOf(kind: string): string {
  return kind === 'EC' ? 'ECDSA' : kind;
}
