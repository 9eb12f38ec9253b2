import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRetryAfter, problemFromResponse } from '../../../src/acme/client/problem.ts';

const now = new Date('2026-11-25T00:00:00Z');

test('Retry-After in seconds and as a date', () => {
  assert.equal(parseRetryAfter('120', now)?.toISOString(), '2026-11-25T00:02:00.000Z');
  assert.equal(parseRetryAfter('Wed, 25 Nov 2026 01:00:00 GMT', now)?.toISOString(), '2026-11-25T01:00:00.000Z');
  const [date, sent] = ['Wed, 25 Nov 2026 01:00:00 GMT', 'Wed, 25 Nov 2026 00:59:30 GMT'];
  assert.equal(parseRetryAfter(date, now, sent)?.toISOString(), '2026-11-25T00:00:30.000Z', 'by the clock of the CA');
  for (const none of ['soon', '-5', '1.5', '']) assert.equal(parseRetryAfter(none, now), undefined, none);
  assert.equal(parseRetryAfter(undefined, now), undefined);
  assert.equal(parseRetryAfter('Tue, 24 Nov 2026 23:59:59 GMT', now), undefined, 'it has passed');
});

test('subproblems are told with their names', () => {
  const problem = problemFromResponse(
    'staging',
    400,
    {
      type: 'urn:ietf:params:acme:error:compound',
      detail: 'Several names were refused',
      subproblems: [
        {
          type: 'urn:ietf:params:acme:error:caa',
          detail: 'CAA forbids it',
          identifier: { type: 'dns', value: 'a.example' },
        },
      ],
    },
    undefined,
  );
  assert.equal(
    problem.detail,
    'staging: Several names were refused. a.example: CAA forbids it. Allow this CA in the CAA records of the name.',
  );
  assert.equal(problem.subproblems[0]?.identifier, 'a.example');
});

test('a name that is none is to be taken out, though its order is only called malformed', () => {
  const body = {
    type: 'urn:ietf:params:acme:error:malformed',
    detail: "Order included DNS identifier with a value containing an illegal character: '_'",
  };
  assert.match(
    problemFromResponse('ca', 400, body, undefined).detail,
    /'_'\. Remove the name from the certificate, or choose another issuer\.$/,
  );
});

test('where a CA sends its users is told, and a signature that does not fit is explained', () => {
  const action = { type: 'urn:ietf:params:acme:error:userActionRequired', detail: 'Terms changed' };
  const detail = (body: object) => problemFromResponse('ca', 403, body, undefined).detail;
  assert.equal(
    detail({ ...action, instance: 'https://ca.example/agree?x=1' }),
    'ca: Terms changed. Do what https://ca.example/agree?x=1 asks for, and run it again.',
  );
  assert.match(detail({ ...action, instance: 'urn:x' }), /Do what the CA asks for on its own site/);
  const signature = 'JWS verification error: go-jose/go-jose: error in cryptographic primitive';
  assert.match(
    detail({ type: 'urn:ietf:params:acme:error:malformed', detail: signature }),
    /primitive\. If the account's key was changed at the same time, run it again\.$/,
  );
  // Of an external account, who sent it tells what to check.
  const bound = `external account binding ${signature}`;
  assert.match(detail({ type: 'urn:ietf:params:acme:error:unauthorized', detail: bound }), /primitive\.$/);
});

test('a problem of no type, and a limit without its end, are told with what to do', () => {
  const detail = (body: unknown) => problemFromResponse('ca', 400, body, undefined).detail;
  assert.equal(detail({ detail: 'nope' }), 'ca: nope. Run it again; if it stays, report it to the CA.');
  const type = 'urn:ietf:params:acme:error:rateLimited';
  assert.equal(detail({ type, detail: 'slow down' }), 'ca: slow down. Run it again when the limit has passed.');
});

test('what a CA says cannot drive a terminal or fill it', () => {
  const { detail } = problemFromResponse('x', 400, { detail: `a\u001b[2Jb\r\n\u202e${'y'.repeat(5000)}` }, undefined);
  assert.match(detail, /^x: a \[2Jb y/);
  assert.ok(detail.length < 1100);
});
