import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { answerHttp, answerTlsAlpn, tryToListen } from '../../src/network/challenge-server.ts';
import { freePort } from '../support/ports.ts';

for (const kind of ['http', 'tls'] as const) {
  test(`a ${kind} server ends although somebody who connected says nothing`, { timeout: 20_000 }, async () => {
    const place = { host: '127.0.0.1', port: await freePort() };
    const answer =
      kind === 'http' ? await answerHttp(place, '/x', 'y') : await answerTlsAlpn(place, 'a.example', '', '');
    const silent = connect(place.port, place.host);
    await new Promise((resolve) => silent.once('connect', resolve));
    const closed = new Promise((resolve) => silent.once('close', resolve));
    await answer.stop();
    await closed;
    assert.ok(silent.destroyed);
  });
}

test('answers share a port until the last one is stopped, and nothing else is answered', async () => {
  const place = { host: '127.0.0.1', port: await freePort() };
  const [one, two] = [await answerHttp(place, '/one', 'first'), await answerHttp(place, '/two', 'second')];
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${place.port}${path}`, { method });
    return [response.status, await response.text()];
  };
  assert.deepEqual(await get('/one'), [200, 'first']);
  assert.deepEqual(await get('/two'), [200, 'second']);
  assert.deepEqual(await get('/three'), [404, '']);
  assert.deepEqual(await get('/one', 'POST'), [404, '']);
  await assert.rejects(tryToListen(place), /EADDRINUSE/);
  await one.stop();
  await one.stop();
  assert.deepEqual(await get('/one'), [404, '']);
  assert.deepEqual(await get('/two'), [200, 'second']);
  await two.stop();
  await tryToListen(place);
  await assert.rejects(get('/two'));
});
