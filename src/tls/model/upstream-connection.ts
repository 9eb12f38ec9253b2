import type { Location } from '../../text/range.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { CertificatePair } from './certificate-pair.ts';
import type { Setting } from './setting.ts';

/** A connection that the server opens itself, to something behind it. */
export interface UpstreamConnection {
  readonly site: string;
  /** `https://backend:8443`, `grpcs://…`. */
  readonly to: string;
  /** Addresses of all servers that share the connections, where the host is the name of a group of them. Absent where lowering does not tell. */
  readonly group?: readonly string[] | undefined;
  readonly tls: Setting<boolean>;
  readonly verify: Setting<boolean>;
  /** The certificate has to be for the host that is asked. Absent where `verify` includes that. */
  readonly verifyName?: Setting<boolean>;
  /** Intermediate certificates that may stand between the backend's certificate and a trusted root. */
  readonly verifyDepth: Setting<number>;
  readonly trustedCertificate: Setting<string | null>;
  /** Lists of revoked certificates. Absent where lowering does not tell. */
  readonly revocationLists?: Setting<string | null>;
  /** TLS sessions are kept, and taken up again by all connections to the same address. Absent where lowering does not tell. */
  readonly sessionReuse?: Setting<boolean>;
  readonly serverName: Setting<boolean>;
  /** What the backend is asked for and its certificate has to be for; null for the host of `to`. Absent where lowering does not tell. */
  readonly wantedName?: Setting<string | null>;
  readonly protocols: Setting<readonly ProtocolVersion[]>;
  readonly cipherString: Setting<string>;
  readonly certificates: Setting<readonly CertificatePair[]>;
  readonly location: Location;
}
