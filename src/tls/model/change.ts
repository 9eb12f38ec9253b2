import type { FileEdit } from '../../text/edit.ts';
import type { Located, Location } from '../../text/range.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { ApplicationCookie } from './application.ts';
import type { CertificatePair } from './certificate-pair.ts';

/** The settings that a change can speak of, and the type of their values. `undefined` removes the setting. */
export interface ChangeableSettings {
  readonly protocols: readonly ProtocolVersion[];
  readonly cipherString: string;
  readonly tls13CipherSuites: string;
  readonly groups: string;
  readonly serverPreference: boolean;
  readonly certificates: readonly CertificatePair[];
  readonly dhParameters: string;
  readonly sessionTickets: boolean;
  readonly sessionCache: string;
  readonly sessionTimeout: number;
  readonly stapling: boolean;
  readonly staplingCache: string;
  readonly compression: boolean;
  readonly insecureRenegotiation: boolean;
  readonly earlyData: boolean;
  readonly http2: boolean;
  readonly http3: boolean;
  /** `acme-tls/1` among the protocols of the site, for tls-alpn-01 challenges. */
  readonly acmeProtocol: boolean;
  /** How long before its end a managed certificate is renewed, at the place where that is written. */
  readonly renewalWindow: Located<string>;
  /** TLS on a listener of the site (`listen … ssl`, `SSLEngine on`). */
  readonly tls: boolean;
  /**
   * A response header by name; `route` is the `Route.location` of a block that has headers of its own, `setAt` the directive that
   * sets the header, of which a site may have several that say the same.
   */
  readonly header: {
    readonly name: string;
    readonly value: string;
    readonly route?: Location;
    readonly setAt?: Location;
    /**
     * Nothing but the directive of `setAt` is meant, where others beside it set the same header; other changes may take away
     * headers of these names, in small letters.
     */
    readonly alone?: ReadonlySet<string>;
    /** With errors too, where what is there is sent with success alone. */
    readonly always?: true;
  };
  /** One of the names, at the place where it is written. */
  readonly siteName: { readonly text: string; readonly location: Location };
  /** One more address for the site: the counterpart of another family, say. */
  readonly listener: { readonly address: string; readonly port: number; readonly like: string };
  /** `/.well-known/acme-challenge/` answered by files of this directory, before anything else is. */
  readonly challengeDirectory: string;
  /** The route that is meant for ACME challenges reached before the redirect of the whole site; its `Route.location`. */
  readonly challengeRoute: Location;
  /** Plain HTTP answered by a redirect to the same host over HTTPS. */
  readonly redirectToHttps: true;
  /** The redirect to `http://` of the directive that stands there, to `https://` instead. */
  readonly redirectOverTls: Location;
  /** The redirect of the directive that stands there, which leads to a host alone, to the path that was asked for. */
  readonly redirectKeepsPath: Location;
  /** The redirect to `https://` of the directive that stands there, in the rules of a folder (no site), for plain HTTP alone. */
  readonly redirectOnlyPlain: Location;
  readonly upstreamVerify: {
    readonly location: Location;
    readonly trustedCertificate?: string;
    /** Intermediate certificates to allow. */
    readonly depth?: number;
    /** The name that the certificate has to have, where it is not the host of the connection. */
    readonly name?: string;
    /** The one part of a verification that is there which is to change. */
    readonly only?: 'depth' | 'name';
  };
  /** Whether a cookie of an application goes over HTTPS alone. */
  readonly cookieSecure: { readonly cookie: ApplicationCookie['kind']; readonly secure: boolean };
  /** What an application tells browsers by Strict-Transport-Security itself. */
  readonly applicationHsts: { readonly maxAge: number; readonly includeSubDomains: boolean; readonly preload: boolean };
  /** Plain HTTP answered by a redirect of the application itself. */
  readonly applicationRedirect: boolean;
  /** The host that this redirect leads to. */
  readonly applicationRedirectHost: string | null;
  /** Protocols of a connection to a backend, which is told by its `UpstreamConnection.location`. */
  readonly upstreamProtocols: { readonly location: Location; readonly protocols: readonly ProtocolVersion[] };
}
export type SettingName = keyof ChangeableSettings;

/**
 * One wish about the model, written back as text by `Language.write`. `site` is the id of a site or of an application.
 * `scope: 'origin'` edits the directive where the value comes from, whoever inherits it; `scope: 'site'` sets it in the
 * site's own block.
 */
export type Change = {
  readonly [Name in SettingName]: {
    readonly setting: Name;
    readonly site: string;
    readonly from: ChangeableSettings[Name] | undefined;
    readonly to: ChangeableSettings[Name] | undefined;
    readonly scope: 'site' | 'origin';
  };
}[SettingName];

export type WriteResult =
  | {
      readonly kind: 'edits';
      readonly edits: readonly FileEdit[];
      readonly affectedEndpoints: readonly AffectedEndpoint[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface AffectedEndpoint {
  readonly listener: string;
  readonly site: string;
  readonly name: string;
}
