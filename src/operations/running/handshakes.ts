import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import type { Crypto } from '../../host/host.ts';
import { dial } from '../../network/dial.ts';
import { NetworkError } from '../../network/http.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { type Answer, answerOf } from './answer.ts';
import { placeText, type Question } from './question.ts';
import { type DialledProtocol, dialledProtocols } from './versions.ts';

/** What came of a handshake for each version. */
export interface Handshakes {
  readonly answers: ReadonlyMap<DialledProtocol, Answer>;
  /** Versions that the server surely does not speak. */
  readonly refused: ReadonlySet<DialledProtocol>;
  /** Why connections end without a word of TLS, as a clause: that says nothing about versions. */
  readonly hangUp: string | undefined;
}

/** @returns a string where nothing answers there, as a clause. @throws NetworkError with the code `aborted` */
export async function shakeHands(
  view: EndpointView,
  question: Question,
  { crypto, signal }: { readonly crypto: Crypto; readonly signal?: AbortSignal },
): Promise<Handshakes | string> {
  const answers = new Map<DialledProtocol, Answer>();
  const refused = new Set<DialledProtocol>();
  let hangUp: string | undefined;
  const wantsCertificate = knownValue(view.endpoint.tls.clientVerification) !== 'off';
  for (const protocol of dialledProtocols) {
    try {
      const result = await dial({ ...question, startTls: undefined, protocol, ...alpnFor(view), signal });
      answers.set(protocol, answerOf(result, crypto));
    } catch (error) {
      if (!(error instanceof NetworkError) || error.code === 'aborted') throw error;
      const place = placeText(question);
      // What has answered before and is silent now leaves it open whether it speaks the version.
      if (error.code !== 'cut' && answers.size > 0) continue;
      if (question.isExample && codeOf(error) === 'ENOTFOUND') {
        hangUp = `DNS does not know ${question.host}, an example of its pattern`;
        break;
      }
      if (error.code !== 'cut') return `nothing answers at ${place} (${whyOf(error, place)})`;
      if (/does not speak TLS/.test(error.message)) return `what answers at ${place} does not speak TLS`;
      if (!isOfTls(error)) {
        hangUp = 'it ends connections before a handshake, as where a proxy has to begin or this machine is shut out';
        continue;
      }
      // Without a certificate of its own the client may be cut off at the end, whatever the version.
      if (!wantsCertificate && !isOurs(error)) refused.add(protocol);
    }
  }
  return { answers, refused, hangUp };
}

/** Servers of mail and streams are offered none of HTTP's protocols. */
export function alpnFor({ site }: EndpointView): { readonly alpn?: readonly string[] } {
  return site.application === 'http' ? {} : { alpn: [] };
}

function whyOf({ message }: NetworkError, place: string): string {
  return message.replace(`${place} cannot be reached: `, '').replace(`${place} `, 'it ').replace(/\.$/, '');
}

/** True where this program itself would not offer the version. */
function isOurs(error: NetworkError): boolean {
  return codeOf(error) === 'ERR_SSL_NO_PROTOCOLS_AVAILABLE';
}

/** True where somebody said no in TLS, and did not just hang up. */
function isOfTls(error: NetworkError): boolean {
  return codeOf(error).startsWith('ERR_SSL_');
}

/** True where it was the other side that said no, and not this program's own library. */
export function isRefusal(error: NetworkError): boolean {
  return isOfTls(error) && codeOf(error).includes('_ALERT_');
}

function codeOf({ cause }: NetworkError): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
