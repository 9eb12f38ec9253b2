import type { Certificate } from '../../certificates/certificate.ts';
import type { Grade } from '../../tls/grade/graded.ts';
import type { CertificatePair } from '../../tls/model/certificate-pair.ts';
import type { Endpoint, Listener, Site } from '../../tls/model/server-model.ts';
import type { Value } from '../../tls/model/setting.ts';
import type { Offer } from '../../tls/offer/offer.ts';

/** One listener seen by one name, with all that can be said of it before the server runs. */
export interface EndpointView {
  readonly endpoint: Endpoint;
  readonly listener: Listener;
  readonly site: Site;
  /** What handshakes find; undefined where the endpoint speaks no TLS. */
  readonly offer: Offer | undefined;
  readonly tls: boolean | undefined;
  /** Served certificate of each file, as far as files could be read. */
  readonly leaves: readonly Certificate[];
  /** Why not all certificates are known; undefined where they are. */
  readonly certificatesUnknown: string | undefined;
  readonly pairs: readonly CertificatePair[];
  readonly hsts: Value<Hsts | null>;
  /** Predicted from the configuration; a string says why it cannot be, undefined: no TLS is spoken. */
  readonly grade: Grade | string | undefined;
}

/** RFC 6797 section 6.1. */
export interface Hsts {
  /** Seconds. */
  readonly maxAge: number;
  readonly includeSubDomains: boolean;
  readonly preload: boolean;
}
