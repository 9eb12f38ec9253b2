import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EndpointView } from '../../../src/analysis/endpoints/endpoint-view.ts';
import { couldSpeak, type DialledProtocol } from '../../../src/operations/running/versions.ts';
import type { TlsSettings } from '../../../src/tls/model/server-model.ts';
import { unknown } from '../../../src/tls/model/setting.ts';
import type { LeafCertificate } from '../../../src/tls/offer/certificates.ts';
import { offer } from '../../../src/tls/offer/offer.ts';
import { ecdsa, rsa, set, target, tlsSettings } from '../../tls/support/settings.ts';

/** The versions in which we would surely meet a server. */
function spoken(
  settings: Partial<TlsSettings> = {},
  leaves: readonly LeafCertificate[] = [rsa],
  certificatesUnknown?: string,
): readonly DialledProtocol[] {
  const tls = tlsSettings(settings);
  const view = {
    endpoint: { tls },
    offer: offer(tls, { server: 'nginx', target, certificates: leaves }),
    leaves,
    certificatesUnknown,
  } as unknown as EndpointView;
  return (['TLSv1.3', 'TLSv1.2', 'TLSv1'] as const).filter((version) => couldSpeak(version, view));
}

/** A suite of TLS 1.2 alone, and one of TLS 1.0. */
const [newer, older] = ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA'];

describe('a server is surely met', () => {
  test('by a suite of the version for its key', () => {
    assert.deepEqual(spoken({ cipherString: set(newer) }), ['TLSv1.3', 'TLSv1.2']);
    assert.deepEqual(spoken({ cipherString: set(older) }), ['TLSv1.3', 'TLSv1.2', 'TLSv1']);
    assert.deepEqual(spoken({ cipherString: set(newer) }, [ecdsa]), ['TLSv1.3']);
    assert.deepEqual(spoken({ cipherString: set(newer) }, [rsa, ecdsa]), ['TLSv1.3', 'TLSv1.2']);
  });

  test('not by suites and groups that a build may lack', () => {
    const ccm = { tls13CipherSuites: set('TLS_AES_128_CCM_SHA256') };
    assert.deepEqual(spoken({ ...ccm, cipherString: set(newer) }), ['TLSv1.2']);
    assert.deepEqual(spoken({ cipherString: set('RSA-PSK-AES128-GCM-SHA256') }), ['TLSv1.3']);
    assert.deepEqual(spoken({ groups: set('secp521r1') }), []);
    assert.deepEqual(spoken({ groups: set('secp521r1:X25519'), cipherString: set(newer) }), ['TLSv1.3', 'TLSv1.2']);
  });

  test('not with a key whose signatures a build may lack, whichever others there are', () => {
    const curve: LeafCertificate = { publicKey: { algorithm: 'EC', bits: 521, curve: 'P-521' }, keyUsage: [] };
    assert.deepEqual(spoken({}, [curve]), []);
    assert.deepEqual(spoken({}, [rsa, curve]), []);
    assert.deepEqual(spoken({}, []), []);
    assert.deepEqual(spoken({}, [{ publicKey: { algorithm: 'RSA', bits: 512 }, keyUsage: [] }]), []);
  });

  test('not where something of it is unknown', () => {
    const open = <T>(): { value: ReturnType<typeof unknown>; origin: ReturnType<typeof set<T>>['origin'] } => ({
      ...set(undefined as T),
      value: unknown('a variable decides'),
    });
    assert.deepEqual(spoken({ groups: open() }), []);
    assert.deepEqual(spoken({ cipherString: open() }), ['TLSv1.3']);
    assert.deepEqual(spoken({ tls13CipherSuites: open(), cipherString: set(newer) }), ['TLSv1.2']);
    assert.deepEqual(spoken({ confCommands: open() }), []);
    assert.deepEqual(spoken({}, [rsa], 'a file cannot be read'), []);
  });
});
