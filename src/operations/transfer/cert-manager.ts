import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { AcmeIssuer, ChallengePlan, Plan, PlannedCertificate } from '../../acme/plan/plan.ts';
import { addresses, dnsNames, type ExportedPlan, noFallback, noMustStaple } from './export-plan.ts';

type Resource = Readonly<Record<string, unknown>>;

/**
 * Issuers and Certificates of cert-manager.io/v1. Chain and profile belong to its issuers, so that certificates which differ
 * in them get issuers of their own.
 */
export function exportCertManager(plan: Plan): ExportedPlan {
  const notes: string[] = [];
  const resources = new Map<string, Resource>();
  const add = (resource: Resource, kind: string, name: string): void => void resources.set(`${kind}/${name}`, resource);
  for (const certificate of plan.certificates.values()) {
    const issuer = plan.issuers.get(certificate.issuer);
    if (issuer === undefined) continue;
    const issuerName = issuer.type === 'local' ? resourceName(issuer.name) : acmeIssuerName(issuer, certificate);
    if (issuer.type === 'local') {
      for (const resource of localIssuer(issuerName))
        add(resource, String(resource['kind']), String((resource['metadata'] as Resource)['name']));
    } else add(acmeIssuer(issuer, issuerName, certificate, notes), 'Issuer', issuerName);
    if (issuer.type === 'acme' && issuer.fallback !== undefined) notes.push(noFallback(issuer, 'cert-manager'));
    if (certificate.csr !== undefined)
      notes.push(
        `${certificate.name}: a signing request of your own goes into a CertificateRequest; cert-manager makes a key here.`,
      );
    if (certificate.mustStaple) notes.push(noMustStaple(certificate, 'cert-manager'));
    if (certificate.after !== undefined)
      notes.push(`${certificate.name}: after was left out: have the Pod that uses its Secret read it again.`);
    add(certificateResource(certificate, issuerName), 'Certificate', resourceName(certificate.name));
  }
  const documents = [...resources.values()].map((resource) => stringify(resource, { lineWidth: 0 }));
  return { text: documents.join('---\n'), notes: [...new Set(notes)] };
}

function certificateResource(certificate: PlannedCertificate, issuerName: string): Resource {
  const name = resourceName(certificate.name);
  const [family, size = ''] = certificate.key.split('-');
  const names = dnsNames(certificate);
  const ips = addresses(certificate);
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name },
    spec: {
      secretName: `${name}-tls`,
      ...(names.length === 0 ? {} : { dnsNames: names }),
      ...(ips.length === 0 ? {} : { ipAddresses: ips }),
      privateKey: {
        algorithm: family === 'rsa' ? 'RSA' : 'ECDSA',
        size: family === 'rsa' ? Number(size) : Number(size.slice(1)),
        rotationPolicy: certificate.reuseKey ? 'Never' : 'Always',
      },
      usages: ['digital signature', 'key encipherment', 'server auth'],
      issuerRef: { name: issuerName, kind: 'Issuer', group: 'cert-manager.io' },
    },
  };
}

function acmeIssuer(issuer: AcmeIssuer, name: string, certificate: PlannedCertificate, notes: string[]): Resource {
  if (issuer.eab !== undefined)
    notes.push(
      `Issuer ${name}: put the secret of ${issuer.eab.kid} under the key "secret" into a Secret called ${name}-eab.`,
    );
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name },
    spec: {
      acme: {
        server: issuer.directory,
        ...(issuer.contact[0] === undefined ? {} : { email: issuer.contact[0] }),
        ...(issuer.ca === undefined ? {} : caBundle(issuer.ca, notes)),
        ...(certificate.preferredChain === undefined ? {} : { preferredChain: certificate.preferredChain }),
        ...(certificate.profile === undefined ? {} : { profile: certificate.profile }),
        ...(issuer.eab === undefined
          ? {}
          : {
              externalAccountBinding: { keyID: issuer.eab.kid, keySecretRef: { name: `${name}-eab`, key: 'secret' } },
            }),
        privateKeySecretRef: { name: `${name}-account` },
        solvers: [solver(certificate.challenge, name, notes)],
      },
    },
  };
}

function solver(challenge: ChallengePlan | undefined, name: string, notes: string[]): Resource {
  if (challenge?.type !== 'dns-01') {
    if (challenge?.type === 'tls-alpn-01')
      notes.push(`Issuer ${name}: cert-manager has no tls-alpn-01; http-01 through the ingress was taken.`);
    return { http01: { ingress: { ingressClassName: 'nginx' } } };
  }
  if (challenge.how.by !== 'rfc2136') {
    notes.push(
      `Issuer ${name}: dns-01 needs the solver of your DNS provider; a webhook without a name was written in its place.`,
    );
    return { dns01: { webhook: { groupName: 'acme.example.com', solverName: 'change-me' } } };
  }
  const { server, key } = challenge.how;
  if (key !== undefined)
    notes.push(
      `Issuer ${name}: put the TSIG secret of ${key.name} under the key "secret" into a Secret called ${name}-tsig.`,
    );
  return {
    dns01: {
      rfc2136: {
        nameserver: `${hostText(server.host ?? '127.0.0.1')}:${server.port}`,
        ...(key === undefined
          ? {}
          : {
              tsigKeyName: key.name,
              tsigAlgorithm: key.algorithm.replace('-', '').toUpperCase(),
              tsigSecretSecretRef: { name: `${name}-tsig`, key: 'secret' },
            }),
      },
    },
  };
}

function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** A development CA: a self-signed root, and the issuer that signs by it. */
function localIssuer(name: string): readonly Resource[] {
  const api = 'cert-manager.io/v1';
  return [
    { apiVersion: api, kind: 'Issuer', metadata: { name: `${name}-root` }, spec: { selfSigned: {} } },
    {
      apiVersion: api,
      kind: 'Certificate',
      metadata: { name: `${name}-root` },
      spec: {
        isCA: true,
        commonName: `${name} development CA`,
        secretName: `${name}-root`,
        privateKey: { algorithm: 'ECDSA', size: 256 },
        issuerRef: { name: `${name}-root`, kind: 'Issuer', group: 'cert-manager.io' },
      },
    },
    { apiVersion: api, kind: 'Issuer', metadata: { name }, spec: { ca: { secretName: `${name}-root` } } },
  ];
}

function acmeIssuerName(issuer: AcmeIssuer, { challenge, preferredChain, profile }: PlannedCertificate): string {
  const parts = [issuer.name, challenge?.type === 'dns-01' ? 'dns' : '', preferredChain ?? '', profile ?? ''];
  return resourceName(parts.filter(Boolean).join('-'));
}

function caBundle(file: string, notes: string[]): Resource {
  try {
    return { caBundle: readFileSync(file).toString('base64') };
  } catch {
    notes.push(`${file} cannot be read, so the issuer got no caBundle.`);
    return {};
  }
}

/** RFC 1123 subdomain, as Kubernetes wants names. */
function resourceName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/^\*\./, 'wildcard.')
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return name.slice(0, 240) || 'certificate';
}
