import { fileSafe } from '../../acme/plan/certificate.ts';
import type { AcmeIssuer, Plan, PlannedCertificate } from '../../acme/plan/plan.ts';
import { challengePath } from '../../acme/plan/plan.ts';
import { shellLine, shellWord } from '../../text/shell.ts';

/** A plan in another program's words, and what could not be said in them. */
export interface ExportedPlan {
  readonly text: string;
  readonly notes: readonly string[];
}

export const dnsNames = ({ identifiers }: PlannedCertificate): readonly string[] =>
  identifiers.filter(({ type }) => type === 'dns').map(({ value }) => value);

export const addresses = ({ identifiers }: PlannedCertificate): readonly string[] =>
  identifiers.filter(({ type }) => type === 'ip').map(({ value }) => value);

/** Document root of a challenge folder; undefined where it is the folder behind an alias. */
function webrootOf(folder: string): string | undefined {
  return folder.endsWith(challengePath) ? folder.slice(0, -challengePath.length) || '/' : undefined;
}

/** Commands for certbot 4 and later, one for each certificate. */
export function exportCertbot(plan: Plan): ExportedPlan {
  const notes: string[] = [];
  const lineages = new Set<string>();
  const commands = [...plan.certificates.values()].flatMap((certificate) => {
    const issuer = plan.issuers.get(certificate.issuer);
    if (issuer?.type !== 'acme') {
      notes.push(
        `${certificate.name}: issuer ${certificate.issuer} is a development CA, which certbot has not. It was left out.`,
      );
      return [];
    }
    const lineage = lineageOf(certificate, lineages);
    if (certificate.csr === undefined) lineages.add(lineage);
    const options = [
      ...(certificate.csr === undefined ? [['--cert-name', lineage]] : requestFiles(certificate)),
      ['--server', issuer.directory],
      ...(issuer.contact.length === 0
        ? [['--register-unsafely-without-email']]
        : [['--email', issuer.contact.join(',')]]),
      ...(issuer.agreeToTerms ? [['--agree-tos']] : []),
      ...(issuer.eab === undefined
        ? []
        : [
            ['--eab-kid', issuer.eab.kid],
            ['--eab-hmac-key', '$EAB_HMAC_KEY'],
          ]),
      ...certbotChallenge(certificate, notes),
      ...certbotKey(certificate),
      ...(certificate.mustStaple ? [['--must-staple']] : []),
      ...(certificate.profile === undefined ? [] : [['--preferred-profile', certificate.profile]]),
      ...(certificate.preferredChain === undefined ? [] : [['--preferred-chain', certificate.preferredChain]]),
      ...(certificate.after === undefined ? [] : [['--deploy-hook', shellLine(certificate.after)]]),
    ];
    if (issuer.ca !== undefined)
      notes.push(`${certificate.name}: set REQUESTS_CA_BUNDLE=${issuer.ca} for certbot, which has no option for it.`);
    notes.push(
      certificate.csr === undefined
        ? `${certificate.name}: certbot keeps its files in /etc/letsencrypt/live/${lineage}; point the server there.`
        : `${certificate.name}: certbot renews no certificate of a signing request, and replaces no file with one: move the old files away, and run the command again.`,
    );
    if (issuer.fallback !== undefined) notes.push(noFallback(issuer, 'certbot'));
    const words = options.map((option) =>
      option.map((word) => (word === '$EAB_HMAC_KEY' ? `"${word}"` : shellWord(word))).join(' '),
    );
    // By hand, somebody has to be there to be asked.
    const mode = certificate.challenge?.type === 'dns-01' ? '' : ' --non-interactive';
    if (addresses(certificate).length > 0) notes.push(`${certificate.name}: --ip-address needs certbot 5.3 or later.`);
    return [`certbot certonly${mode} \\\n  ${words.join(' \\\n  ')}\n`];
  });
  return { text: commands.join('\n'), notes: [...new Set(notes)] };
}

/** certbot's name of a certificate becomes a folder; under one that is taken, it would replace the other certificate. */
function lineageOf({ name }: PlannedCertificate, taken: ReadonlySet<string>): string {
  const wanted = fileSafe(name.replace(/^\*\./, ''));
  for (let count = 1; ; count++) {
    const lineage = count === 1 ? wanted : `${wanted}-${count}`;
    if (!taken.has(lineage)) return lineage;
  }
}

/** Without these, certbot would write into the folder in which it happens to run. */
function requestFiles({ output: { files } }: PlannedCertificate): readonly (readonly string[])[] {
  return [
    ['--cert-path', files.certificate],
    ['--chain-path', files.chain],
    ['--fullchain-path', files.fullchain ?? files.combined],
  ].flatMap(([option = '', file]) => (file === undefined ? [] : [[option, file]]));
}

function certbotChallenge(certificate: PlannedCertificate, notes: string[]): readonly (readonly string[])[] {
  const { challenge, name } = certificate;
  const domains = dnsNames(certificate).map((domain) => ['-d', domain]);
  const ips = addresses(certificate).map((address) => ['--ip-address', address]);
  if (certificate.csr !== undefined) domains.unshift(['--csr', certificate.csr]);
  if (challenge?.type === 'dns-01') {
    notes.push(
      `${name}: dns-01 is manual in this command, so nothing renews it automatically; certbot has a plugin for each DNS provider.`,
    );
    return [['--manual'], ['--preferred-challenges', 'dns'], ...domains];
  }
  if (challenge?.type === 'tls-alpn-01') notes.push(`${name}: certbot has no tls-alpn-01; port 80 is taken instead.`);
  if (challenge?.type !== 'http-01') return [['--standalone'], ...domains, ...ips];
  if (challenge.how === 'listen') {
    const { host, port } = challenge.address;
    const where = [
      ...(host === undefined ? [] : [['--http-01-address', host]]),
      ...(port === 80 ? [] : [['--http-01-port', String(port)]]),
    ];
    return [['--standalone'], ...where, ...domains, ...ips];
  }
  const byFolder = new Map<string, string[]>();
  for (const [identifier, folder] of challenge.folders) {
    const root = webrootOf(folder);
    if (root === undefined)
      notes.push(`${name}: certbot adds ${challengePath} to a webroot itself; ${folder} must be reachable that way.`);
    byFolder.set(root ?? folder, [...(byFolder.get(root ?? folder) ?? []), identifier]);
  }
  const ipValues = addresses(certificate);
  const roots = [...byFolder].flatMap(([folder, identifiers]) => [
    ['-w', folder],
    ...identifiers.map((identifier) => [ipValues.includes(identifier) ? '--ip-address' : '-d', identifier]),
  ]);
  return [['--webroot'], ...(certificate.csr === undefined ? [] : [['--csr', certificate.csr]]), ...roots];
}

function certbotKey({ key, reuseKey, csr }: PlannedCertificate): readonly (readonly string[])[] {
  if (csr !== undefined) return [];
  const [family, size = ''] = key.split('-');
  const type =
    family === 'rsa'
      ? [
          ['--key-type', 'rsa'],
          ['--rsa-key-size', size],
        ]
      : [
          ['--key-type', 'ecdsa'],
          ['--elliptic-curve', size === 'p384' ? 'secp384r1' : 'secp256r1'],
        ];
  return [...type, ...(reuseKey ? [['--reuse-key']] : [])];
}

/** A Caddyfile with one site for each certificate. Caddy proves the names and renews by itself. */
export function exportCaddy(plan: Plan): ExportedPlan {
  const notes: string[] = [];
  const taken = new Set<string>();
  const sites = [...plan.certificates.values()].flatMap((certificate) => {
    const issuer = plan.issuers.get(certificate.issuer);
    const all = certificate.identifiers.map(({ value }) => (value.includes(':') ? `[${value}]` : value));
    const names = all.filter((name) => !taken.has(name));
    if (names.length < all.length) {
      const doubles = all.filter((name) => taken.has(name)).join(', ');
      notes.push(`${certificate.name}: Caddy has one certificate for each name, and ${doubles} is above already.`);
    }
    if (names.length === 0) return [];
    for (const name of names) taken.add(name);
    const lines: string[] = [];
    const keyType = {
      'ecdsa-p256': 'p256',
      'ecdsa-p384': 'p384',
      'rsa-2048': 'rsa2048',
      'rsa-3072': 'rsa4096',
      'rsa-4096': 'rsa4096',
    }[certificate.key];
    if (certificate.key === 'rsa-3072')
      notes.push(`${certificate.name}: Caddy has no RSA keys of 3072 bits; 4096 were taken.`);
    lines.push(`key_type ${keyType}`);
    if (certificate.reuseKey) lines.push('reuse_private_keys');
    if (issuer?.type === 'local') lines.push('issuer internal');
    else if (issuer !== undefined) {
      const fallback = issuer.fallback === undefined ? undefined : plan.issuers.get(issuer.fallback);
      // Caddy asks them in this order.
      lines.push(...caddyIssuer(issuer, certificate));
      if (fallback?.type === 'acme') lines.push(...caddyIssuer(fallback, certificate));
      if (certificate.profile !== undefined)
        notes.push(
          `${certificate.name}: profile ${certificate.profile} needs Caddy 2.10; add "profile ${certificate.profile}" to its issuer there.`,
        );
    }
    if (certificate.challenge?.type === 'dns-01')
      notes.push(
        `${certificate.name}: dns-01 needs a Caddy built with your DNS provider's module, and "dns PROVIDER" in its tls block.`,
      );
    if (certificate.mustStaple) notes.push(noMustStaple(certificate, 'Caddy'));
    if (certificate.csr !== undefined)
      notes.push(`${certificate.name}: Caddy makes its own keys and takes no signing request.`);
    const block = lines.map((line) => `\t\t${line}`).join('\n');
    return [`# ${certificate.name}\n${names.join(', ')} {\n\ttls {\n${block}\n\t}\n}\n`];
  });
  notes.push('The sites answer nothing yet: add reverse_proxy or root and file_server to each.');
  return { text: sites.join('\n'), notes };
}

function caddyIssuer(issuer: AcmeIssuer, { preferredChain }: PlannedCertificate): readonly string[] {
  const [email] = issuer.contact;
  return [
    'issuer acme {',
    `\tdir ${caddyWord(issuer.directory)}`,
    ...(email === undefined ? [] : [`\temail ${caddyWord(email)}`]),
    ...(issuer.eab === undefined ? [] : [`\teab ${caddyWord(issuer.eab.kid)} {$EAB_HMAC_KEY}`]),
    ...(issuer.ca === undefined ? [] : [`\ttrusted_roots ${caddyWord(issuer.ca)}`]),
    ...(preferredChain === undefined
      ? []
      : ['\tpreferred_chains {', `\t\troot_common_name ${caddyWord(preferredChain)}`, '\t}']),
    '}',
  ];
}

export function noFallback({ name, fallback }: AcmeIssuer, program: string): string {
  return `Issuer ${name}: its fallback ${fallback} was left out, since ${program} asks one CA for each certificate.`;
}

export function noMustStaple({ name }: PlannedCertificate, program: string): string {
  return `${name}: mustStaple was left out: for ${program} nothing of the kind can be written here.`;
}

function caddyWord(word: string): string {
  return /^[^\s"{}#]+$/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`;
}
