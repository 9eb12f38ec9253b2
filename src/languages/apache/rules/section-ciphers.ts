import { wholeLines } from '../../../text/lines.ts';
import { refusalOf } from '../../../tls/cipher-string/cipher-string.ts';
import { withKey } from '../evaluate/by-key.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { readCipherString } from '../lower/tls/tls-words.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/** `SSLCipherSuite` for some paths: over TLS 1.2 a new handshake behind the request, over TLS 1.3 nothing. */
export const sectionCiphers: ApacheRule = {
  id: 'section-ciphers',
  title: 'Cipher suites for some paths only',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const statement of withKey(context.evaluation, 'sslciphersuite')) {
      const list = places.has(statement.context) && !statement.uncertain ? readCipherString(statement) : undefined;
      if (list !== undefined && list !== '') yield report(statement, list, context);
    }
  },
};

const places: ReadonlySet<Statement['context']> = new Set(['directory', 'location', '.htaccess']);

function report(statement: Statement, list: string, context: ApacheContext): ApacheReport {
  const { file, node } = statement;
  const isRefused = refusalOf(list, context.project.target) !== undefined;
  const older = isRefused
    ? 'over TLS 1.2 requests get 403, as OpenSSL knows none of these suites (AH02253)'
    : 'over TLS 1.2 each connection is renegotiated after the request, which many clients refuse';
  return {
    message: `These cipher suites apply to some paths only. Over TLS 1.3 they have no effect; ${older}. Set the suites for the whole virtual host, and ask for strong ones here with Require expr "%{SSL_CIPHER_USEKEYSIZE} -ge 128".`,
    location: locationOf(statement),
    statement,
    ...(isRefused ? { severity: 'warning', effect: 'security' } : {}),
    fixes: [
      fix(`Remove ${node.name}`, false, { file, range: wholeLines(textOf(file, context), node.range), newText: '' }),
    ],
  };
}
