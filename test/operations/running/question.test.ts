import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { viewEndpoints } from '../../../src/analysis/endpoints/endpoints.ts';
import { type Place, questionFor, readHost } from '../../../src/operations/running/question.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

/** How each endpoint of some servers would be asked: `HOST:PORT NAME`, or why not. */
function questions(text: string, place: Place = { kind: 'here' }): readonly string[] {
  const { model } = analyseText(text, { file: '/etc/nginx/nginx.conf' });
  return viewEndpoints(model, unseenFile, new Date(0)).map((view) => {
    const question = questionFor(view, model, place);
    return typeof question === 'string' ? question : `${question.host}:${question.port} ${question.serverName}`.trim();
  });
}

const server = (listen: string, names: string, more = '') =>
  `server { listen ${listen} ssl; server_name ${names}; ssl_certificate a.pem; ssl_certificate_key a.key; ${more} }`;
const http = (...servers: readonly string[]) => `events {}\nhttp {\n${servers.join('\n')}\n}\n`;

describe('where a server is asked', () => {
  const text = http(server('443', 'shop.example.com'));

  test('on this machine at the addresses that it listens on', () => {
    assert.deepEqual(questions(text), ['127.0.0.1:443 shop.example.com']);
    assert.deepEqual(questions(http(server('[::]:8443', 'a.example.com'))), ['::1:8443 a.example.com']);
    assert.deepEqual(questions(http(server('192.0.2.7:443', 'a.example.com'))), ['192.0.2.7:443 a.example.com']);
  });

  test('elsewhere at one machine, or where each name leads', () => {
    assert.deepEqual(questions(text, { kind: 'host', host: 'web1' }), ['web1:443 shop.example.com']);
    assert.deepEqual(questions(text, { kind: 'dns' }), ['shop.example.com:443 shop.example.com']);
  });

  test('what listens to its own machine alone is not asked from elsewhere', () => {
    for (const address of ['127.0.0.1:8443', '[::1]:8443', 'localhost:8443']) {
      const own = http(server(address, 'a.example.com'));
      const not = ['it listens to its own machine alone; compare it there'];
      assert.deepEqual(questions(own, { kind: 'host', host: 'web1' }), not);
      assert.deepEqual(questions(own, { kind: 'dns' }), not);
    }
    const here = http(server('127.0.0.1:8443', 'a.example.com'));
    assert.deepEqual(questions(here, { kind: 'host', host: 'localhost' }), ['localhost:8443 a.example.com']);
  });

  test('an address is not asked for listeners of the other family', () => {
    const both = http(server('443', 'a.example.com', 'listen [::]:443 ssl;'));
    const at = (host: string) => questions(both, { kind: 'host', host });
    const [first, second] = ['192.0.2.7:443 a.example.com', '2001:db8::7:443 a.example.com'];
    assert.deepEqual(at('192.0.2.7'), [first, '192.0.2.7 is no address of IPv6, to which alone it listens']);
    assert.deepEqual(at('2001:db8::7'), ['2001:db8::7 is no address of IPv4, to which alone it listens', second]);
    assert.deepEqual(at('web1'), ['web1:443 a.example.com', 'web1:443 a.example.com']);
    const open = http(server('[::]:443 ipv6only=off', 'a.example.com'));
    assert.deepEqual(questions(open, { kind: 'host', host: '192.0.2.7' }), [first]);
  });

  test('a listener of all addresses is not asked at one that another listener has for itself', () => {
    const both = http(server('443', 'a.example.com'), server('127.0.0.1:443', 'a.example.com'));
    assert.deepEqual(questions(both), [
      'another listener of these files answers at 127.0.0.1:443',
      '127.0.0.1:443 a.example.com',
    ]);
    const one = http(server('443', 'a.example.com'), server('192.0.2.7:443', 'a.example.com'));
    assert.deepEqual(questions(one), ['127.0.0.1:443 a.example.com', '192.0.2.7:443 a.example.com']);
    assert.deepEqual(questions(one, { kind: 'host', host: '192.0.2.7' }), [
      'another listener of these files answers at 192.0.2.7:443',
      '192.0.2.7:443 a.example.com',
    ]);
  });
});

describe('by which name', () => {
  test('a wildcard by one that nobody else has', () => {
    assert.deepEqual(questions(http(server('443', '*.shop.example'))), ['127.0.0.1:443 tls-workbench.shop.example']);
  });

  test('a name in letters that no client sends stands for nobody', () => {
    const all = questions(http(server('443', 'a.example'), server('443', 'bücher.example')));
    assert.deepEqual(all, ['127.0.0.1:443 a.example', 'bücher.example is no name that can be asked for']);
  });

  test('none where the default server answers whoever asks for nothing that is known', () => {
    assert.deepEqual(questions(http(server('443 default_server', '_'))), ['127.0.0.1:443']);
    assert.deepEqual(questions(http(server('443 default_server', '_')), { kind: 'dns' }), [
      'without a name DNS cannot be asked',
    ]);
  });

  test('a pattern, and a name that leads to another server, are not asked for', () => {
    const all = questions(
      http(
        server('443', 'a.example.com'),
        server('443', '~^w\\d+\\.example\\.com$'),
        server('443', '*.example.org'),
        server('443', 'tls-workbench.example.org'),
      ),
    );
    assert.deepEqual(all, [
      '127.0.0.1:443 a.example.com',
      '~^w\\d+\\.example\\.com$ is no name that can be asked for',
      '*.example.org is no name that can be asked for',
      '127.0.0.1:443 tls-workbench.example.org',
    ]);
  });
});

test('what does not begin with a handshake over TCP is left alone', () => {
  assert.deepEqual(questions(http(server('443 proxy_protocol', 'a.example.com'))), [
    'a proxy in front of it has to begin (PROXY protocol)',
  ]);
  const shared = http(server('443 proxy_protocol', 'a.example.com'), server('443', 'b.example.com'));
  assert.deepEqual(new Set(questions(shared)), new Set(['a proxy in front of it has to begin (PROXY protocol)']));
  assert.deepEqual(questions(http(server('unix:/run/web.sock', 'a.example.com'))), ['a Unix socket is not asked']);
  const both = http(server('443', 'a.example.com', 'listen 443 quic;'));
  assert.deepEqual(questions(both), ['127.0.0.1:443 a.example.com', 'only TCP is asked, not QUIC or UDP']);
});

test('an address that no line names, or that something else fills in, is not asked', () => {
  assert.deepEqual(questions('ssl_protocols TLSv1.3;'), ['no line of these files opens an address']);
  const filledIn = http(server('{{ port }}', 'a.example.com'), server('$address:443', 'b.example.com'));
  assert.deepEqual(new Set(questions(filledIn)), new Set(['its address is not known']));
});

test('a machine is a name or an address, and has no port', () => {
  assert.equal(readHost(' web1.example.com '), 'web1.example.com');
  assert.equal(readHost('192.0.2.1'), '192.0.2.1');
  assert.equal(readHost('2001:db8::1'), '2001:db8::1');
  assert.equal(readHost('[2001:db8::1]'), '2001:db8::1');
  for (const other of ['', 'web1:8443', '[::1]:443', 'https://web1', 'web1/a', 'a:b:c']) {
    assert.equal(readHost(other), undefined, other);
  }
});
