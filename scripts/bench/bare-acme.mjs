import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The least that a client has to send for a certificate, over one connection, with each answer's nonce used for the next
 * request. `requestFor(name)` gives the request for the certificate in DER; `pollEvery`: milliseconds between two looks at
 * what the CA has still to do. Returns `issue(name)`.
 */
export async function bareClient({ directory, ca, webroot, requestFor, pollEvery }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca });
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  const jwk = { crv, kty, x, y };
  const thumbprint = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
  const urls = JSON.parse((await send(directory, 'GET')).body);
  let nonce = (await send(urls.newNonce, 'HEAD')).headers['replay-nonce'];
  const kid = (await post(urls.newAccount, { termsOfServiceAgreed: true }, { jwk })).headers.location;

  function send(url, method, body) {
    return new Promise((done, failed) => {
      const headers =
        body === undefined
          ? {}
          : { 'content-type': 'application/jose+json', 'content-length': Buffer.byteLength(body) };
      const outgoing = request(url, { method, agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => done({ headers: response.headers, body: text }));
      });
      outgoing.on('error', failed).end(body);
    });
  }

  async function post(url, payload, key = { kid }) {
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = encode({ alg: 'ES256', nonce, url, ...key });
    const body = payload === '' ? '' : encode(payload);
    const signature = sign('sha256', Buffer.from(`${head}.${body}`), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    }).toString('base64url');
    const answer = await send(url, 'POST', JSON.stringify({ protected: head, payload: body, signature }));
    nonce = answer.headers['replay-nonce'];
    return answer;
  }

  async function poll(url) {
    for (;;) {
      const state = JSON.parse((await post(url, '')).body);
      if (state.status === 'valid') return state;
      if (state.status === 'invalid') throw new Error(JSON.stringify(state));
      await pause(pollEvery);
    }
  }

  return async function issue(name) {
    const order = await post(urls.newOrder, { identifiers: [{ type: 'dns', value: name }] });
    const { authorizations, finalize } = JSON.parse(order.body);
    const authorization = JSON.parse((await post(authorizations[0], '')).body);
    const challenge = authorization.challenges.find(({ type }) => type === 'http-01');
    const folder = join(webroot, '.well-known/acme-challenge');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, challenge.token), `${challenge.token}.${thumbprint}`);
    await post(challenge.url, {});
    await poll(authorizations[0]);
    await post(finalize, { csr: requestFor(name).toString('base64url') });
    const { certificate } = await poll(order.headers.location);
    const { body } = await post(certificate, '');
    rmSync(join(folder, challenge.token));
    return body;
  };
}
