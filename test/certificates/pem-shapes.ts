import type { PemProblem } from '../../src/certificates/pem/block.ts';

/** One way in which people write a certificate into a file. */
export interface PemShape {
  readonly name: string;
  readonly text: string;
  /** What the scanner says of it. */
  readonly problems: readonly PemProblem['id'][];
  /** Whether OpenSSL reads all certificates of it. */
  readonly accepted: boolean;
  /** Whether the fixes leave a file without problems. */
  readonly fixed: boolean;
}

/** @param pem a certificate in PEM as OpenSSL writes it, `other` another one */
export function pemShapes(pem: string, other: string): PemShape[] {
  const content = pem.replace(/-----[A-Z ]+-----|\s/g, '');
  const begin = '-----BEGIN CERTIFICATE-----';
  const end = '-----END CERTIFICATE-----';
  const wrapped = (width: number) => (content.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');
  const good = (name: string, text: string): PemShape => ({ name, text, problems: [], accepted: true, fixed: false });
  const bad = (name: string, text: string, ...problems: PemProblem['id'][]): PemShape => {
    return { name, text, problems, accepted: false, fixed: true };
  };
  return [
    good('as OpenSSL writes it', pem),
    good('Windows line ends', pem.replace(/\n/g, '\r\n')),
    good('a byte order mark', `\ufeff${pem}`),
    good('text before', `Certificate:\n  Data:\n${pem}`),
    good('76 columns', `${begin}\n${wrapped(76)}\n${end}\n`),
    good('200 columns', `${begin}\n${wrapped(200)}\n${end}\n`),
    good('63 columns', `${begin}\n${wrapped(63)}\n${end}\n`),
    good('content on one line', `${begin}\n${content}\n${end}\n`),
    good('the label TRUSTED CERTIFICATE', pem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')),
    good('the label X509 CERTIFICATE', pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')),
    good('blanks at line ends', pem.replace(/\n/g, '  \n')),
    good('no line end at the end', pem.trimEnd()),
    good('two carriage returns a line', pem.replace(/\n/g, '\r\r\n')),
    good('a blank line after BEGIN', pem.replace('-----\n', '-----\n\n')),
    { ...good('indented content', pem.replace(/\n(?=[A-Za-z0-9+/])/g, '\n  ')), problems: ['indented'], fixed: true },
    bad('carriage returns alone', pem.replace(/\n/g, '\r'), 'carriage-returns'),
    bad('everything indented', `${pem.replace(/^/gm, '    ').trimEnd()}\n`, 'indented'),
    bad('all but BEGIN indented', `${pem.trimEnd().replace(/\n/g, '\n    ')}\n`, 'indented'),
    bad('a blank before END', pem.replace('-----END', ' -----END'), 'indented'),
    bad('END behind the content', pem.replace('\n-----END', '-----END'), 'indented'),
    bad('glued to the one before', pem.trimEnd() + other, 'glued'),
    bad('everything on one line', pem.replace(/\n/g, ''), 'one-line'),
    bad('blanks instead of line ends', pem.replace(/\n/g, ' '), 'one-line'),
    bad('escaped line ends', pem.replace(/\n/g, '\\n'), 'escaped-newlines'),
    bad('escaped Windows line ends', pem.replace(/\n/g, '\\r\\n'), 'escaped-newlines'),
    bad('four dashes', pem.replaceAll('-----', '----'), 'dashes'),
    bad('em dashes', pem.replaceAll('-----', '—'), 'dashes'),
    bad('a blank among the dashes', pem.replace('-----BEGIN', '----- BEGIN'), 'dashes'),
    bad('small letters', pem.replace('BEGIN CERTIFICATE', 'begin certificate'), 'lower-case'),
    bad('no armour', `${wrapped(64)}\n`, 'no-armour'),
    bad('a blank line inside', pem.replace(/\n(.{64})\n/, '\n$1\n\n'), 'blank-line'),
    bad('a blank line before END', pem.replace('\n-----END', '\n\n-----END'), 'blank-line'),
    bad('no END', pem.replace(end, ''), 'no-end'),
    bad('another END', pem.replace(end, '-----END X509 CRL-----'), 'label-mismatch'),
    bad('a foreign character', pem.replace(/\n(.{10})/, '\n$1*'), 'foreign-characters'),
    bad('quoted as in mail', pem.replace(/^(?=.)/gm, '> '), 'indented', 'foreign-characters'),
    bad('a header', pem.replace('-----\n', '-----\nComment: hello\n\n'), 'headers'),
    bad('a shell variable', `CERT="${pem.trimEnd()}"\n`, 'indented', 'trailing-text'),
    bad('text after BEGIN', pem.replace(begin, `${begin} hello`), 'trailing-text'),
    bad('text after END', `${pem.trimEnd()}x\n`, 'trailing-text'),
    bad('a blank before BEGIN', ` ${pem}`, 'indented'),
  ];
}
