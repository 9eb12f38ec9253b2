import type { CertificateFile } from '../../../src/rules/rule.ts';
import { analyseText } from '../../support/analyse.ts';
import { sampleCertificate, sampleFile } from './sample-files.ts';

/** What the rules say of one text on the server's own machine, hints left out. */
export function judge(text: string, language: 'nginx' | 'apache', target = 'debian=13'): readonly string[] {
  const { findings } = analyseText(text, {
    language,
    file: language === 'nginx' ? '/work/nginx.conf' : '/work/apache2.conf',
    target,
    paths: 'here',
    certificates,
  });
  return findings.filter(({ severity }) => severity !== 'hint').map(({ rule, message }) => `${rule}: ${message}`);
}

const own = sampleCertificate();
const authority = sampleCertificate({ subject: 'CN=Example Intermediate', subjectAltNames: [], isCa: true });
const organisation = sampleCertificate({ subjectAltNames: ['DNS:example.org'], spkiSha256: 'RSA key' });

export function certificates(path: string): CertificateFile | undefined {
  const found = sampleFile('/example.com.crt');
  if (found === undefined) return undefined;
  if (path.endsWith('/reversed.crt')) return { ...found, certificates: [authority, own] };
  if (path.endsWith('/org.crt')) return { ...found, certificates: [organisation, authority] };
  if (path.endsWith('/org.key')) return sampleFile('/rsa.key');
  return sampleFile(path);
}

/** A certificate of nginx that is there. */
export const pair = 'ssl_certificate /c/example.com.crt; ssl_certificate_key /c/example.com.key;';
