import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { answerHttp, answerTlsAlpn } from '../../src/network/challenge-server.ts';
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
