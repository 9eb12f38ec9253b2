import { describeKey } from './asn1/public-key.ts';
import type { Certificate } from './certificate.ts';
import type { ChainOptions } from './chain/paths.ts';
import { examineServed } from './chain/served.ts';
import type { CertificateRequest } from './containers/request.ts';
import { describePrivateKey } from './keys/private-key.ts';
import { lintObject } from './lint/content.ts';
import { type ContainerContent, type ContainerObject, certificatesIn } from './objects.ts';
import { describeStatus, momentText } from './status.ts';

/** A file's content as text for people: objects, findings, chain. Ends with a line end. */
export function describeContent(content: ContainerContent, options: ChainOptions): string {
  const pool = certificatesIn(content);
  const sections = content.objects.map((object, index) => {
    const findings = lintObject(object, pool, options).map(({ severity, message }) => `  ${severity}: ${message}`);
    return [headingOf(object, index, content.objects.length), ...describeObject(object, options.now), ...findings].join(
      '\n',
    );
  });
  const problems = content.problems.map(({ message }) => `file: ${message}`);
  if (problems.length > 0) sections.push(problems.join('\n'));
  if (pool.length > 0) sections.push(describeChain(pool, options));
  return `${sections.join('\n\n')}\n`;
}

function headingOf(object: ContainerObject, index: number, count: number): string {
  const place = count > 1 ? `${index + 1}. ` : '';
  const entry =
    object.source.entry !== undefined && object.source.container !== 'pem' ? ` (${object.source.entry})` : '';
  return `${place}${kindNames[object.kind]}${entry}`;
}

const kindNames: Readonly<Record<ContainerObject['kind'], string>> = {
  certificate: 'Certificate',
  privateKey: 'Private key',
  publicKey: 'Public key',
  request: 'Certificate request',
  crl: 'Certificate revocation list',
  ocspResponse: 'OCSP response',
  dhParameters: 'Diffie-Hellman parameters',
  ecParameters: 'Elliptic curve',
  unreadable: 'Unreadable',
};

function describeObject(object: ContainerObject, now: Date): string[] {
  switch (object.kind) {
    case 'certificate':
      return describeCertificate(object.certificate, now);
    case 'privateKey': {
      const { key } = object;
      return rows([
        ['Kind', `${describePrivateKey(key)}, ${key.format}`],
        ['Encryption', key.encryption ?? (key.encrypted ? 'yes' : 'none')],
        ['Pin', key.spkiPin],
        ['Problem', key.problem],
      ]);
    }
    case 'publicKey':
      return rows([
        ['Kind', describeKey(object.publicKey)],
        ['Pin', object.spkiPin],
      ]);
    case 'request':
      return describeRequest(object.request);
    case 'crl': {
      const list = object.revocationList;
      return rows([
        ['Issuer', list.issuer],
        ['Updated', momentText(list.thisUpdate)],
        ['Next', list.nextUpdate === undefined ? 'not said' : momentText(list.nextUpdate)],
        ['Revoked', `${list.revokedCount} certificates`],
        ...list.revoked.slice(0, 10).map((each) => ['', `${each.serialNumber} ${each.reason ?? ''}`.trim()] as const),
      ]);
    }
    case 'ocspResponse':
      return rows([
        ['Status', object.response.status],
        ['Responder', object.response.responder],
        ...object.response.responses.map(
          (each) =>
            ['Certificate', `${each.serialNumber} is ${each.status}, since ${momentText(each.thisUpdate)}`] as const,
        ),
      ]);
    case 'dhParameters':
      return rows([['Size', `${object.bits} bits`]]);
    case 'ecParameters':
      return rows([['Curve', object.curve]]);
    case 'unreadable':
      return rows([[object.label, object.reason]]);
  }
}

/** One certificate as aligned rows, the status first. */
export function describeCertificate(certificate: Certificate, now: Date): string[] {
  return [
    `  ${describeStatus(certificate, now)}`,
    ...rows([
      ['Subject', certificate.subject || '(empty)'],
      ['Issuer', certificate.issuer || '(empty)'],
      ['Names', certificate.subjectAltNames.join(', ') || 'none'],
      ['Valid', `${momentText(certificate.notBefore)} to ${momentText(certificate.notAfter)}`],
      ['Key', describeKey(certificate.publicKey)],
      ['Signature', certificate.signatureAlgorithm],
      ['Serial', certificate.serialNumber],
      ['SHA-256', certificate.sha256],
      ['Pin', certificate.spkiPin],
      ...certificate.extensions.map(
        ({ name, critical, value, error }) =>
          [
            name,
            `${critical ? 'critical; ' : ''}${value}${error === undefined ? '' : ` (damaged: ${error})`}`,
          ] as const,
      ),
    ]),
  ];
}

function describeRequest(request: CertificateRequest): string[] {
  const signature = {
    good: 'made by its own key',
    bad: 'not made by its own key',
    'cannot-judge': 'cannot be judged here',
  };
  return rows([
    ['Subject', request.subject || '(empty)'],
    ['Names', request.subjectAltNames.join(', ') || 'none'],
    ['Key', describeKey(request.publicKey)],
    ['Signature', `${request.signatureAlgorithm}, ${signature[request.signature]}`],
    ['Pin', request.spkiPin],
    ...request.extensions.map(
      ({ name, critical, value }) => [name, `${critical ? 'critical; ' : ''}${value}`] as const,
    ),
    ['Attributes', request.attributes.length === 0 ? undefined : request.attributes.join(', ')],
  ]);
}

function describeChain(pool: readonly Certificate[], options: ChainOptions): string {
  const chain = examineServed(pool, options);
  const state = `${chain.complete ? 'complete' : 'not complete'}, ${chain.ordered ? 'in order' : 'not in order'}`;
  const trusted = chain.search?.paths[0]?.trustedBy ?? [];
  const trust = trusted.length === 0 ? '' : `, trusted by ${trusted.join(', ')}`;
  return [`Chain: ${state}${trust}`, ...chain.problems.map(({ message }) => `  ${message}`)].join('\n');
}

function rows(pairs: readonly (readonly [string, string | undefined])[]): string[] {
  const shown = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const width = Math.min(24, Math.max(...shown.map(([label]) => label.length)));
  return shown.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}
