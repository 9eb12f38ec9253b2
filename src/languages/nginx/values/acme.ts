import { suggest } from '../../../text/suggest.ts';
import type { Word } from '../parse/tree.ts';
import type { Complaint, ValueCheck } from './complaint.ts';

/** Keys as nginx-acme makes them (PrivateKey::try_from); other words are files, where those may be named. */
const sizes: Readonly<Record<string, readonly string[]>> = {
  ecdsa: ['256', '384', '521'],
  rsa: ['2048', '3072', '4096'],
};

/** The first two have short names, the third is to come: publishing its record is left to the administrator. */
const challenges = ['http-01', 'tls-alpn-01', 'http', 'tls-alpn', 'dns-persist-01', 'dns-persist'];

function keyComplaint(word: Word, text: string): Complaint | undefined {
  const [kind = '', size] = text.split(':', 2);
  const known = Object.hasOwn(sizes, kind) ? sizes[kind] : undefined;
  if (known === undefined || size === undefined || known.includes(size)) return undefined;
  return { message: `Invalid key "${text}": ${kind} takes ${known.join(', ')}.`, word };
}

const checkChallenge: ValueCheck = ([word]) =>
  word === undefined || challenges.includes(word.value)
    ? undefined
    : {
        message: `Unsupported challenge "${word.value}": it takes http-01 or tls-alpn-01.`,
        word,
        instead: suggest(word.value, challenges.slice(0, 2)),
      };

const checkAccountKey: ValueCheck = ([word]) => word && keyComplaint(word, word.value);

const checkCertificate: ValueCheck = (args) => {
  for (const word of args.slice(1)) {
    const found = word.value.startsWith('key=') ? keyComplaint(word, word.value.slice(4)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

/** What the setters of nginx's own ACME module refuse, which is not part of nginx (ngx_http_acme_module). */
export const acmeChecks: Readonly<Record<string, ValueCheck>> = {
  'nginx-acme:challenge': checkChallenge,
  'nginx-acme:account_key': checkAccountKey,
  'nginx-acme:acme_certificate': checkCertificate,
};
