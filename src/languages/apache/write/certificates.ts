import { capitalised } from '../../../text/capitalised.ts';
import type { FileEdit } from '../../../text/edit.ts';
import type { CertificatePair } from '../../../tls/model/certificate-pair.ts';
import type { Change } from '../../../tls/model/change.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import type { Draft } from './draft.ts';
import { insertInto, removeStatement, type Texts } from './place.ts';
import { quoteWord } from './quote.ts';

const keys = ['sslcertificatefile', 'sslcertificatekeyfile', 'sslcertificatechainfile'] as const;

/** All certificate lines of a block anew: changed in place one by one, surplus ones removed, missing ones added. */
export function certificateEdits(
  change: Change & { readonly setting: 'certificates' },
  site: Site,
  scope: ServerScope,
  texts: Texts,
): Draft {
  const inOwnBlock = keys.some((key) => scope.own.has(key));
  const source = inOwnBlock || change.scope === 'site' ? scope.own : scope.inherited;
  const wanted = change.to ?? [];
  const values: Readonly<Record<(typeof keys)[number], readonly string[]>> = {
    sslcertificatefile: wanted.map(({ file }) => file.value),
    sslcertificatekeyfile: wanted.flatMap(({ keyFile }) => (keyFile ? [keyFile.value] : [])),
    sslcertificatechainfile: wanted.flatMap(({ chainFile }) => (chainFile ? [chainFile.value] : [])).slice(0, 1),
  };
  if (wanted.some(({ keyFile }) => keyFile === null) && wanted.some(({ keyFile }) => keyFile !== null)) {
    return { refused: `${capitalised(site.label)} would mix certificates with and without a key file of their own.` };
  }
  const edits: FileEdit[] = [];
  const touched: Statement[] = [];
  const missing: string[] = [];
  for (const key of keys) {
    const old = source.get(key) ?? [];
    values[key].forEach((value, index) => {
      const argument = old[index]?.args[0];
      if (!old[index] || !argument) missing.push(`${names[key]} ${quoteWord(value)}`);
      else if (isSame(site, old[index], value)) return;
      else {
        touched.push(old[index]);
        edits.push({ file: old[index].file, range: argument.range, newText: quoteWord(value, argument.quote) });
      }
    });
    for (const statement of old.slice(values[key].length)) {
      touched.push(statement);
      edits.push(removeStatement(statement, texts));
    }
  }
  const edit = missing.length > 0 ? insertInto(scope, /^ssl/, missing, texts) : undefined;
  if (missing.length > 0 && !edit) return { refused: 'There is no place for SSLCertificateFile in this file.' };
  return { edits: edit ? [...edits, edit] : edits, touched };
}

const names = {
  sslcertificatefile: 'SSLCertificateFile',
  sslcertificatekeyfile: 'SSLCertificateKeyFile',
  sslcertificatechainfile: 'SSLCertificateChainFile',
} as const;

/** True where the statement already names this file, whether relative to ServerRoot or not. */
function isSame(site: Site, { file, args }: Statement, value: string): boolean {
  const start = args[0]?.range.start;
  const isIt = (located: CertificatePair['keyFile'] | undefined) =>
    located?.value === value && located.location.file === file && located.location.range.start === start;
  const { certificates } = site.tls;
  if (certificates.value.kind !== 'known') return args[0]?.value === value;
  return certificates.value.value.some((pair) => isIt(pair.file) || isIt(pair.keyFile) || isIt(pair.chainFile));
}
