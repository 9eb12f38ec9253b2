import { X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../../rules/support/pages.ts';
import { isOpen } from '../../support/ports.ts';
import {
  connects,
  fails,
  handshake,
  isFreeForUdp,
  logIn,
  request,
  reusedConnection,
  secureHeader,
  secureRequest,
} from './clients.ts';
import { heardFile } from './directory.ts';
import type { RunningSample } from './servers.ts';

/** True where the effect that a page promises is seen on the running server. */
export type Probe = (running: RunningSample, sample: Sample) => Promise<boolean>;

/** A usual client that checks certificates cannot connect. */
export const refusesClients: Probe = (running) => fails(running, []);

/** A client without a certificate gets an answer. */
const answersAnybody: Probe = async (running) => {
  const text = 'GET / HTTP/1.0\r\nHost: example.com\r\n\r\n';
  const { output } = await handshake(running, ['-ign_eof'], 'example.com', text);
  return /HTTP\/1\.\d (?!40[03])/.test(output);
};

const withTls12 =
  (...options: readonly string[]): Probe =>
  (running) =>
    connects(running, ['-tls1_2', ...options]);
const refusesTls13: Probe = (running) => fails(running, ['-tls1_3']);
const refusesTls12: Probe = (running) => fails(running, ['-tls1_2']);
const sends =
  (header: string): Probe =>
  async (running) =>
    (await secureHeader(running, header)) !== undefined;
const lacks =
  (header: string): Probe =>
  async (running) =>
    (await secureHeader(running, header)) === undefined;
const logs =
  (message: string): Probe =>
  async ({ log }) =>
    log.includes(message);
/** The backend's answer does not come through. */
const badGateway: Probe = async (running) => (await request(running)).status >= 500;

/** What a client hears that shows its certificate. */
async function answerToClient(running: RunningSample, host?: string): Promise<string> {
  const [certificate, key] = ['client.crt', 'example.com.key'].map((name) => join(running.folder, name)) as [
    string,
    string,
  ];
  const options = ['-cert', certificate, '-cert_chain', certificate, '-key', key, '-ign_eof'];
  return (await handshake(running, options, host, 'GET / HTTP/1.0\r\nHost: example.com\r\n\r\n')).output;
}

const filledForm = new URLSearchParams({ httpd_username: 'somebody', httpd_password: 'secret' });

/** What else a page promises, by rule. */
export const probes: Readonly<Record<string, Probe>> = {
  'acme-challenge-unreachable': async (running) =>
    (await request(running, '/.well-known/acme-challenge/TOKEN')).status !== 200,
  // A challenge is not found, or a file beside the folder is.
  'alias-slash': async (running, { text }) =>
    text.includes('acme-challenge')
      ? (await request(running, '/.well-known/acme-challenge/TOKEN')).status !== 200
      : (await request(running, '/pages../http/acme-challenges/TOKEN')).status === 200,
  // What the section refuses is only not found.
  'foreign-character': async (running) => (await request(running, '/private')).status === 404,
  // A page of the application, for which it has one file.
  'try-files-alias': async (running) => (await request(running, '/shop/cart')).status === 404,
  // It answers as if the rule were not there.
  'rewrite-slash': async (running) => (await request(running)).status === 200,
  // A page is answered over plain HTTP, or is led to the program instead of its own address.
  'redirect-unreached': async (running) =>
    (await request(running, '/page')).headers.location?.endsWith('/index.php') !== false,
  // The site that was put aside says that it is gone.
  'left-over-included': async (running) => (await request(running)).status === 410,
  'user-file-missing': async (running) => (await request(running, '/', 'somebody:secret')).status !== 200,
  // What a client names is asked, where nothing listens.
  'open-proxy': async (running) => (await request(running, 'http://127.0.0.1:9/')).status === 503,
  'login-incomplete': async (running) => (await request(running)).status === 500,
  'satisfy-any-open': async (running) => (await request(running)).status === 200,
  'require-any-open': async (running) => (await secureRequest(running, '/')).status === 200,
  // The backend, which is not there, is asked for a file of the site.
  'path-taken': async (running) => (await request(running, '/index.html')).status !== 200,
  // Each header of a request is longer than that.
  'value-cut': async (running) => (await request(running)).status === 400,
  'rewrite-engine-missing': async (running) => (await request(running)).status === 200,
  'certificate-chain-order': async (running) => {
    const sent = await sentCertificates(running);
    return sent.some(({ issuer }, index) => index + 1 < sent.length && sent[index + 1]?.subject !== issuer);
  },
  'certificate-intermediate-missing': refusesClients,
  'certificate-name-mismatch': (running, { text }) =>
    fails(running, [], /(?:server_name|ServerAlias)(?: .*)? ([^\s;]+)/.exec(text)?.[1]),
  // One of the files is shown neither to clients that want ECDSA nor to those that want RSA.
  'certificate-replaced': async (running, { text }) => {
    const shown = new Set<string | undefined>();
    for (const kind of ['ECDSA', 'RSA']) {
      const { output } = await handshake(running, ['-tls1_2', '-cipher', `ECDHE-${kind}-AES128-GCM-SHA256`]);
      const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(output)?.[0];
      if (pem !== undefined) shown.add(new X509Certificate(pem).serialNumber);
    }
    const files = [...text.matchAll(/(?:ssl_certificate|SSLCertificateFile) \S*\/([\w.]+)/g)];
    return files.some(([, name = '']) => !shown.has(serialOf(join(running.folder, name))));
  },
  'certificate-root-sent': async (running) =>
    (await sentCertificates(running)).some(({ subject, issuer }) => subject === issuer),
  'certificate-self-signed': refusesClients,
  'certificate-without-tls': refusesClients,
  'cipher-authentication-mismatch': refusesTls12,
  'cipher-cbc': withTls12('-cipher', 'ECDHE-ECDSA-AES256-SHA384'),
  'cipher-no-forward-secrecy': withTls12('-cipher', 'kRSA'),
  'cipher-outside-profile': withTls12('-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256'),
  'cipher-unknown': async (running, sample) =>
    !(await withTls12('-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256')(running, sample)),
  // The string is there, and a suite that it does not have is negotiated.
  'cipher-unused': async (running, { text }) =>
    /(?:ssl_ciphers|SSLCipherSuite) EECDH\+AESGCM\b/.test(text) &&
    (await connects(running, ['-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'])),
  // A suite is negotiated that the block around the server leaves out.
  'conf-command-lost': (running) => connects(running, ['-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256']),
  'cipher-weak': withTls12('-cipher', 'eNULL:@SECLEVEL=0'),
  // A certificate whose intermediate one does not come along, so that nobody can verify it, opens the site.
  'client-certificate-unverified': async (running) => {
    const [certificate, key] = ['client.crt', 'example.com.key'].map((name) => join(running.folder, name)) as [
      string,
      string,
    ];
    const text = 'GET / HTTP/1.0\r\nHost: example.com\r\n\r\n';
    const { output } = await handshake(running, ['-cert', certificate, '-key', key, '-ign_eof'], 'example.com', text);
    return /HTTP\/1\.\d (?!40[03])/.test(output);
  },
  'client-ca-missing': async (running) => {
    const [certificate, key] = ['client.crt', 'example.com.key'].map((name) => join(running.folder, name)) as [
      string,
      string,
    ];
    return fails(running, ['-tls1_2', '-cert', certificate, '-key', key, '-cert_chain', certificate]);
  },
  'client-ca-unused': answersAnybody,
  // A client that has a certificate and announces no post-handshake authentication, as browsers do not.
  'client-certificate-late': async (running) => {
    const shown = ['-tls1_3', '-cert', join(running.folder, 'client.crt'), '-ign_eof'];
    const key = ['-key', join(running.folder, 'example.com.key')];
    const text = 'GET /admin HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n';
    return (await handshake(running, [...shown, ...key], 'example.com', text)).output.includes('403 Forbidden');
  },
  // The server wants to see the certificate that is ready here, and does not ask for it.
  'client-certificate-unasked': async (running) =>
    /No required SSL certificate was sent|403 Forbidden/.test(await answerToClient(running, 'example.com')),
  // The client of that very name is refused.
  'client-name-form': async (running) => (await answerToClient(running, 'example.com')).includes('403 Forbidden'),
  // The first line of an answer tells whether the client's certificate was taken.
  'client-revocation-stale': async (running) => !(await answerToClient(running)).includes('HTTP/1.1 200'),
  'comment-continues': async (running) => (await request(running, '/tls/example.com.crt')).status !== 200,
  // The client's own level must let it compress too.
  'compression-on': async (running) =>
    (await handshake(running, ['-tls1_2', '-comp', '-cipher', 'DEFAULT@SECLEVEL=0'])).output.includes(
      'Compression: zlib compression',
    ),
  // What a browser sends that has a connection to the other name already.
  'connection-reuse-refused': async (running) =>
    (await reusedConnection(running, 'example.com', 'www.example.com')) === 421,
  'content-type-sniffing': async (running) => (await secureHeader(running, 'x-content-type-options')) !== 'nosniff',
  'default-server-trap': async (running) => (await handshake(running, [], 'unknown.example')).code === 0,
  // The file has 4096 bits.
  'dh-parameters-unused': async (running, { text }) =>
    text.includes('dh4096.pem') &&
    (await handshake(running, ['-tls1_2', '-cipher', 'DHE'])).output.includes('DH, 2048 bits'),
  'dhe-without-parameters': refusesTls12,
  // The version of the first line is named, and not offered.
  'directive-replaced': async (running, { text }) => text.includes('+TLSv1.2') && (await fails(running, ['-tls1_2'])),
  'early-data-replay': async (running) => {
    const session = join(running.folder, 'session.pem');
    const early = join(running.folder, 'early.txt');
    const text = 'GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n';
    writeFileSync(early, text);
    await handshake(running, ['-tls1_3', '-sess_out', session, '-ign_eof'], undefined, text);
    const { output } = await handshake(running, ['-tls1_3', '-sess_in', session, '-early_data', early, '-ign_eof']);
    return output.includes('Early data was accepted');
  },
  'expect-ct-obsolete': sends('expect-ct'),
  // A browser's key shares: the server that wants another has the client say hello twice.
  'group-hello-retry': async (running) => {
    const { output } = await handshake(running, ['-tls1_3', '-groups', '*X25519:P-384', '-msg']);
    return (output.match(/>>> .*ClientHello/g)?.length ?? 0) > 1;
  },
  // The site's own list has it.
  'group-no-effect': async (running, { text }) =>
    text.includes('X25519MLKEM768') &&
    !(await connects(running, ['-tls1_3', '-groups', 'X25519MLKEM768'], 'www.example.com')),
  'group-no-post-quantum': (running) => fails(running, ['-tls1_3', '-groups', 'X25519MLKEM768']),
  'group-post-quantum-only': (running) => fails(running, ['-tls1_3', '-groups', 'X25519:P-256']),
  'hpkp-obsolete': sends('public-key-pins'),
  'hsts-invalid': async (running) =>
    !/^max-age=\d+/.test((await secureHeader(running, 'strict-transport-security')) ?? ''),
  'hsts-lost': lacks('strict-transport-security'),
  'hsts-missing': lacks('strict-transport-security'),
  'section-left-out': lacks('strict-transport-security'),
  'hsts-on-http': async (running) => (await request(running)).headers['strict-transport-security'] !== undefined,
  // Some site asks for the list, and the domain itself does not send what the list wants.
  'hsts-preload': async (running) => {
    const header = (name: string) => secureHeader(running, 'strict-transport-security', name);
    const domain = (await header('example.com')) ?? '';
    const asks = [domain, (await header('www.example.com')) ?? ''].some((value) => value.includes('preload'));
    return asks && !(domain.includes('includeSubDomains') && domain.includes('preload'));
  },
  'hsts-short': async (running) => {
    const value = (await secureHeader(running, 'strict-transport-security')) ?? '';
    return Number(/max-age=(\d+)/.exec(value)?.[1]) < 180 * 86_400;
  },
  // The browser insists on HTTPS for the subdomain, where no certificate has its name.
  'hsts-subdomain-plain': async (running, { text }) =>
    text.includes('wiki.example.com') &&
    /includeSubDomains/i.test((await secureHeader(running, 'strict-transport-security')) ?? '') &&
    (await fails(running, [], 'wiki.example.com')),
  'session-no-effect': async (running, { text }) => {
    const { output } = await handshake(running, ['-tls1_3', '-ign_eof'], 'www.example.com', 'GET / HTTP/1.0\r\n\r\n');
    return text.includes('ssl_early_data off;') && /Max Early Data: [1-9]/.test(output);
  },
  'tls13-cipher-no-effect': async (running, { text }) =>
    text.includes('Ciphersuites TLS_AES_256_GCM_SHA384;') &&
    (await connects(running, ['-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256'], 'www.example.com')),
  'http2-deprecated-parameter': logs('the "listen ... http2" directive is deprecated'),
  'http2-unspoken': async (running) =>
    !(await handshake(running, ['-alpn', 'h2,http/1.1'])).output.includes('ALPN protocol: h2'),
  'http2-missing': async (running) => (await handshake(running, ['-alpn', 'h2'])).output.includes('No ALPN negotiated'),
  'http3-not-advertised': lacks('alt-svc'),
  // The header names a port of UDP that nobody has taken.
  'http3-not-served': async (running) =>
    /h3=/.test((await secureHeader(running, 'alt-svc')) ?? '') && (await isFreeForUdp(running.tlsPort)),
  'ipv4-missing': async ({ plainPort }) => !(await isOpen(plainPort, '127.0.0.1')) && (await isOpen(plainPort, '::1')),
  'key-in-document-root': async (running, { text }) => {
    const path = /(?:ssl_certificate_key|SSLCertificateKeyFile) \/srv\/www([^\s;]+)/.exec(text)?.[1];
    return path !== undefined && (await secureRequest(running, path)).status === 200;
  },
  'module-misnamed': lacks('strict-transport-security'),
  'must-staple-ignored': async (running, { text }) =>
    text.includes('must-staple.crt') &&
    (await handshake(running, ['-status'])).output.includes('OCSP response: no response sent'),
  'obsolete-directive': async ({ log }) => /is obsolete|has no effect/.test(log),
  'protocol-gap': refusesTls12,
  // The site's own list has TLS 1.3 alone.
  'protocol-no-effect': async (running, { text }) =>
    text.includes('ssl_protocols TLSv1.3;') && (await connects(running, ['-tls1_2'], 'www.example.com')),
  'protocol-obsolete': (running) => connects(running, ['-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0']),
  'protocol-outside-profile': withTls12(),
  'protocol-refused': async (running, { text }) =>
    /TLSv1\.1|all -SSLv3/.test(text) && (await fails(running, ['-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'])),
  'protocols-lost': refusesTls12,
  'protocols-overridden': refusesTls12,
  'password-file-missing': async (running) => (await request(running)).status !== 401,
  // Backends that do not run answer 503 too; apache-modules.test.ts has one that runs.
  'balancer-empty': async (running) => {
    await request(running, '/app/');
    return readFileSync(join(running.folder, 'logs/error.log'), 'utf8').match(/AH01171|AH01144/) !== null;
  },
  'proxy-engine-lost': async (running) => (await request(running, '/app/')).status === 500,
  'proxy-engine-off': async (running) => (await request(running, '/app/')).status === 500,
  'query-repeated': async (running) =>
    (await request(running, '/page?x=1')).headers.location?.endsWith('?x=1?x=1') === true,
  // Where it leads, the same comes again.
  'redirect-loop': async (running) => {
    const host = /^https:\/\/([^/]+)\//.exec((await secureHeader(running, 'location')) ?? '')?.[1];
    return (
      host !== undefined && (await secureHeader(running, 'location', host))?.startsWith(`https://${host}/`) === true
    );
  },
  'redirect-missing': async (running) => (await request(running)).status === 200,
  'redirect-loses-path': async (running) => !/\w\/page$/.test((await request(running, '/page')).headers.location ?? ''),
  'redirect-to-plain': async (running) =>
    (await secureRequest(running, '/old/')).headers.location?.startsWith('http://') === true,
  'redirect-wrong-host': async (running) =>
    (await request(running)).headers.location?.startsWith('https://example.com/') === false,
  'security-header-lost': lacks('x-frame-options'),
  'forwarded-scheme-wrong': async (running) => (await secureHeader(running, 'x-told')) !== 'https',
  // It is there, and says something else.
  'header-malformed': async (running) => (await secureHeader(running, 'x-frame-options')) !== 'DENY',
  'path-slash-missing': async (running) => (await request(running, '/internal/')).status !== 403,
  'text-as-number': answersAnybody,
  // Nobody is redirected.
  'compared-value-wrong': async (running) => (await request(running)).status === 200,
  // What was meant as a variable is in the address.
  'variable-as-text': async (running) => /[%$]/.test((await request(running, '/page')).headers.location ?? ''),
  'name-unreachable': async (running) => (await request(running)).status === 404,
  // The virtual host before it answers, whatever the name.
  'virtual-host-nameless': async (running) => (await request(running)).status === 404,
  'server-name-duplicate': logs('conflicting server name'),
  'server-order-needless': async (running) => {
    const { output } = await handshake(running, ['-tls1_2', '-cipher', 'ECDHE+CHACHA20:ECDHE+AESGCM']);
    return /Cipher is \S*AES/.test(output);
  },
  // A server may keep a session only after the client has seen the end of its handshake: the answer to a request comes later.
  'session-cache-missing': async (running) => {
    const session = join(running.folder, 'cached-session.pem');
    rmSync(session, { force: true });
    await handshake(running, ['-tls1_2', '-sess_out', session, '-ign_eof'], undefined, 'GET / HTTP/1.0\r\n\r\n');
    const { output } = await handshake(running, ['-tls1_2', '-sess_in', session]);
    return !output.includes('Reused, TLSv1.2');
  },
  'session-timeout-long': async (running) => {
    const { output } = await handshake(running, ['-tls1_2']);
    return Number(/lifetime hint: (\d+)/.exec(output)?.[1]) > 86_400;
  },
  'signature-none': refusesTls13,
  'stapling-no-responder': async ({ log }) => /no OCSP responder URL|AH02218/.test(log),
  'tls-on-main-server': async (running) => (await request(running)).status === 400,
  'stapling-response-stale': async (running) => {
    const { output } = await handshake(running, ['-status']);
    const ends = new Date(/Next Update: (.+)/.exec(output)?.[1] ?? '');
    const asked = /^ *Serial Number: (\w+)$/m.exec(output)?.[1];
    const { serialNumber } = new X509Certificate(readFileSync(join(running.folder, 'ocsp.crt')));
    return ends < new Date() || asked !== serialNumber;
  },
  // The path becomes a part of the host, or a host that the server looks for and does not find.
  'target-slash-missing': async (running) => {
    const { status, headers } = await request(running, '/.evil.example/page');
    return status === 500 || headers.location?.includes('.com.evil.example/') === true;
  },
  'tls13-cipher-default': (running) => connects(running, ['-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256']),
  'tls13-cipher-none': (running) => fails(running, []),
  'tls13-missing': (running) => fails(running, ['-tls1_3']),
  'upstream-depth': badGateway,
  'upstream-name-missing': badGateway,
  // A certificate for another name, and the answer comes through.
  'upstream-name-unverified': async (running) => (await request(running)).status === 200,
  'upstream-protocol-obsolete': badGateway,
  // The second request takes up the session of the first.
  'upstream-session-unverified': async (running) =>
    (await request(running, '/status')).status === 200 && (await request(running)).status === 502,
  'upstream-trust-missing': badGateway,
  // Nobody has signed what the backend shows, and its answer comes through, list or none.
  'port-of-other-scheme': refusesClients,
  // The password goes to whoever knows it, where nobody answers.
  'mail-login-plain': async (running) => (await logIn(running)).includes('internal server error'),
  'section-ciphers': async (running) =>
    (
      await handshake(running, ['-tls1_2', '-ign_eof'], undefined, 'GET / HTTP/1.0\r\nHost: example.com\r\n\r\n')
    ).output.includes('HTTP/1.1 403'),
  'revocation-unchecked': logs('AH01902'),
  // What the directory hears is the password itself.
  'ldap-plain': async (running) => {
    await request(running, '/', 'somebody:secret');
    return readFileSync(join(running.folder, heardFile)).includes('secret');
  },
  // Nobody has signed what the directory shows, and its word lets somebody in.
  'ldap-unverified': async (running) => (await request(running, '/', 'somebody:secret')).status === 200,
  'session-password-readable': async ({ plainPort }) => {
    const { headers } = await fetch(`http://127.0.0.1:${plainPort}/`, { method: 'POST', body: filledForm });
    return headers.getSetCookie().some((cookie) => cookie.includes('=secret'));
  },
  'session-cookie-plain': async (running) => {
    const head = `Host: example.com\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${`${filledForm}`.length}`;
    const post = `POST / HTTP/1.0\r\n${head}\r\n\r\n${filledForm}`;
    const { output } = await handshake(running, ['-ign_eof'], undefined, post);
    const [cookie] = /^Set-Cookie: .*/m.exec(output) ?? [];
    return cookie !== undefined && !/;Secure/.test(cookie);
  },
  'upstream-revocation-unused': async (running) => (await request(running)).status === 200,
  // The same without a list.
  'upstream-unverified': async (running) => (await request(running)).status === 200,
  'xss-protection-obsolete': sends('x-xss-protection'),
};

/** What these pages promise cannot be seen on a server of this machine, and why. */
export const notShown: Readonly<Record<string, string>> = {
  'certificate-expires-soon': 'the effect lies in the future',
  'certificate-lifetime-shrinks': 'the effect lies in the future',
  'cipher-refused': 'OpenSSL cannot offer what it does not have',
  'client-authentication-ending': 'the effect lies in the future',
  'key-readable': 'another account is affected, not a client',
  'managed-certificate-unobtainable': 'it wants a CA, and ports 80 and 443',
  'provider-unverified': 'it wants a module of somebody else, which puts itself into the server when installed',
  'renegotiation-insecure': 'no client here lacks the extension',
  'renewal-window-fixed': 'the effect lies in the future',
  'session-tickets-static': 'only time shows it',
  'stapling-no-resolver': 'it wants an address in DNS that changes',
};

function serialOf(file: string): string {
  return new X509Certificate(readFileSync(file)).serialNumber;
}

/** Subject and issuer of each certificate of the handshake. */
async function sentCertificates(running: RunningSample) {
  const { output } = await handshake(running, ['-showcerts']);
  return [...output.matchAll(/^ *\d+ s:(.*)\n *i:(.*)$/gm)].map(([, subject, issuer]) => ({ subject, issuer }));
}
