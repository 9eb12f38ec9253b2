import type { Located, Location } from '../../text/range.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { Program, Target } from '../target.ts';
import type { Application } from './application.ts';
import type { CertificatePair } from './certificate-pair.ts';
import type { Setting, Value } from './setting.ts';
import type { UpstreamConnection } from './upstream-connection.ts';

/** What one server program would do with one configuration, whatever its language. Plain data. */
export interface ServerModel {
  /** Program that reads the configuration. */
  readonly server: Program;
  readonly target: Target;
  /** True where the main file was read, so that an absence is really one. False for a snippet seen alone. */
  readonly complete: boolean;
  /** The file that analysis started from. */
  readonly file: string;
  readonly listeners: readonly Listener[];
  readonly sites: readonly Site[];
  readonly endpoints: readonly Endpoint[];
  /** False where surely no name is ignored on a listener because another site has it. */
  readonly ignoresNames?: boolean;
  readonly upstreams: readonly UpstreamConnection[];
  /** Where requests of clients without a verified certificate are refused. Absent where lowering does not tell. */
  readonly clientDemands?: readonly ClientDemand[];
  /** False where surely nothing sees whether a client had a certificate that it was asked for. Absent where lowering does not tell. */
  looksAtClients?(): boolean;
  /** Programs that answer themselves. Absent for a server that has none in its own configuration. */
  readonly applications?: readonly Application[];
  /** Present where the file is one that servers read from a folder, and no server is at hand. */
  readonly folder?: LoneFolder;
  /** TLS session caches that are shared between processes, one entry per directive that names one. */
  readonly sessionCaches: readonly SharedCache[];
  /** Every path that a directive names and the server opens at start, in the order of the text. */
  readonly paths: readonly NamedPath[];
  /**
   * PEM of certificates and keys that stand in the configuration itself, by what the model has in place of their paths
   * (`data: at FILE:LINE:COLUMN`). Absent where there is none.
   */
  readonly inline?: ReadonlyMap<string, string>;
  /**
   * Directives whose whole effect is history, for rules that say so: HPKP, Expect-CT, `ssl on`. Parts of a site that ask for a
   * client certificate after the handshake: `client-certificate-required`, `-optional`, `-from-any` CA.
   */
  readonly notes: readonly ModelNote[];
  /** Absent: this server program, or its version, has no such setting. */
  readonly sniPolicy?: Setting<SniPolicy>;
  /** The only settings to which some condition can give several values (`one-of`). Absent where lowering does not tell. */
  readonly mayVary?: readonly (keyof TlsSettings | 'headers')[];
  /** What may be there or not, by a condition that nobody can decide here. Absent where nothing is, or lowering does not tell. */
  readonly conditional?: readonly Location[];
}

/**
 * How alike two sites have to be for a connection that was made to one to carry requests for the other, which else get 421
 * (`SSLVHostSNIPolicy`): `strict` never, `secure` with equal TLS settings, `authonly` with equal settings for client
 * certificates, `insecure` always.
 */
export type SniPolicy = 'strict' | 'secure' | 'authonly' | 'insecure';

/** An address and port that the server binds. */
export interface Listener {
  /** `0.0.0.0:443`, `[::]:443`, `192.0.2.1:8443`, `unix:/run/web.sock`; `*:443` where Apache binds every family. */
  readonly id: string;
  /** `0.0.0.0`, `[::]`, `*`, a literal address, or a `unix:` path. */
  readonly address: string;
  /** 0 for a unix socket. */
  readonly port: number;
  readonly transport: 'tcp' | 'quic' | 'udp';
  readonly family: 'ipv4' | 'ipv6' | 'both' | 'unix';
  readonly tls: Setting<boolean>;
  readonly http2: Setting<boolean>;
  /** Site that answers a client whose name no site has. */
  readonly defaultSite: string;
  /** No line opens it: the snippet may be part of any server, on any port. */
  readonly assumed?: boolean;
}

/** How a site is bound to a listener. */
export interface Binding {
  readonly listener: string;
  /** The `listen` directive, or the address in `<VirtualHost …>`. */
  readonly location: Location;
  /** Parameters as written, lower case: `ssl`, `http2`, `default_server`, `reuseport`, … */
  readonly parameters: readonly string[];
  /** Equal for addresses of a site that it has or not together, where that is open; else undefined. */
  readonly condition?: string | undefined;
  /** A comparison of versions decides whether it is there, so that what the target does with it says nothing. */
  readonly isForSomeVersions?: boolean;
  /** Where one of the parameters stands. */
  locationOf(parameter: string): Location;
}

export interface SiteName {
  /** As written: `example.com`, `*.example.com`, `.example.com`, `~^www\d`, `_`. */
  readonly text: string;
  readonly kind: 'exact' | 'wildcard' | 'regex' | 'catch-all' | 'unknown';
  readonly location: Location;
}

/** A `server` block or `<VirtualHost>`, or what the Apache main server does outside of all. */
export interface Site {
  /** Stable within the model: file and offset of its block. */
  readonly id: string;
  /** As a message calls it: `server example.com`, `virtual host *:443`. */
  readonly label: string;
  /** Word that opens the block, where findings about an absence are shown. */
  readonly location: Location;
  readonly block: Location;
  /** Equal for sites that are there or not together, where that is open (`<IfDefine>`, a template); else undefined. */
  readonly condition?: string | undefined;
  /** The `ServerName`, or what nginx calls the first name. */
  readonly names: readonly SiteName[];
  /** It surely has none, and of those nginx takes one for each listener. Absent where lowering does not tell. */
  readonly isNameless?: boolean;
  readonly bindings: readonly Binding[];
  /** What the block itself asks for, inheritance applied; see `Endpoint` for what clients get. */
  readonly tls: TlsSettings;
  /** The same before commands for OpenSSL overrule it, where there are any: the server reads that too when it starts. */
  readonly tlsBeforeCommands?: TlsSettings | undefined;
  /** Response headers of the site's own answers (nginx: location level may replace them, see `routes`). */
  readonly headers: Setting<readonly ResponseHeader[]>;
  /** Headers of the block around, which the site's own take the place of; absent where it has these too, or where there is no such block. */
  readonly headersAround?: Setting<readonly ResponseHeader[]> | undefined;
  /** Of the answer to `/`, where a part of the site gives it others than the site's own; absent where it has those. */
  readonly rootHeaders?: Setting<readonly ResponseHeader[]> | undefined;
  readonly routes: readonly Route[];
  /** True where surely every route sends the site's own headers, as far as that is told without making them. */
  readonly routesShareHeaders?: boolean;
  /** What answers `/.well-known/acme-challenge/TOKEN`, all rewriting and access control considered. */
  readonly challengeAnswer: PathAnswer;
  /** The same over plain HTTP, as a CA asks first, where the site speaks TLS too and its answers may depend on that. */
  readonly plainChallengeAnswer?: PathAnswer;
  /** True where no answer of the site is a redirect, as far as that is told without following a request. */
  readonly neverRedirects?: boolean;
  /** What answers `/`, over TLS where the site speaks it. */
  readonly rootAnswer: PathAnswer;
  /** A file in the folder that `/` is served from, which may redirect and set headers: it is read with each request. */
  readonly folderRules?: string | undefined;
  /** What answers `/` over plain HTTP, where the site speaks both and its answers may depend on that. */
  readonly plainAnswer?: PathAnswer;
  /** What answers `/`, or the path, to whoever asks by one of the names, with `:` and a port that is not the scheme's own; absent where lowering does not tell. The other answers are for the first. */
  answerUnder?(name: string, scheme: 'http' | 'https', path?: string): PathAnswer;
  /**
   * Headers, in small letters, that the configuration may set in requests to backends of the site, `host` for the client's; a client's
   * own go there too. Absent where lowering does not tell.
   */
  backendHeaders?(): Value<readonly string[]>;
  /** True where the site answers nothing of worth: `ssl_reject_handshake on`, `return 444`. */
  readonly refusesAll: boolean;
  /** HTTP, or a TCP proxy (nginx stream) or mail proxy that has no headers. */
  readonly application: 'http' | 'stream' | 'mail';
}

/** TLS as one block configures it. Absent means: this server program has no such setting. */
export interface TlsSettings {
  /** TLS is spoken here (`listen … ssl`, `SSLEngine on`). */
  readonly enabled: Setting<boolean>;
  readonly protocols: Setting<readonly ProtocolVersion[]>;
  /** Versions of a list that a later one in the same place replaces without a word (Apache): somebody may want them. */
  readonly replacedProtocols?: Setting<readonly ProtocolVersion[]>;
  /** OpenSSL cipher string of TLS 1.2 and older, as written. */
  readonly cipherString: Setting<string>;
  /** What the server program itself appends to that string before OpenSSL reads it (mod_ssl: `:!aNULL:!eNULL:!EXP`). */
  readonly cipherStringAppended?: string;
  /** TLS 1.3 suites, OpenSSL's colon list. */
  readonly tls13CipherSuites: Setting<string>;
  /** OpenSSL group list as written (`auto` means the library's default). */
  readonly groups: Setting<string>;
  readonly serverPreference: Setting<boolean>;
  /** In the server's order ChaCha20 goes first for clients that put it first themselves (`SSL_OP_PRIORITIZE_CHACHA`). */
  readonly chachaFirst: Setting<boolean>;
  readonly certificates: Setting<readonly CertificatePair[]>;
  readonly dhParameters: Setting<string | null>;
  readonly sessionTickets: Setting<boolean>;
  readonly ticketKeys: Setting<readonly string[]>;
  /** `none`, `off`, `builtin`, `shared:NAME:SIZE`, `shmcb:PATH(SIZE)`, … as written. */
  readonly sessionCache: Setting<string>;
  /** Seconds. */
  readonly sessionTimeout: Setting<number>;
  readonly stapling: Setting<boolean>;
  readonly staplingVerify?: Setting<boolean>;
  /** File with a DER response that is stapled as it is (`ssl_stapling_file`). */
  readonly staplingFile?: Setting<string | null>;
  readonly staplingResponder?: Setting<string | null>;
  /** Apache's `SSLStaplingCache`. */
  readonly staplingCache?: Setting<string | null>;
  /** `resolver` addresses, which stapling and OCSP checking need in nginx. */
  readonly resolver?: Setting<readonly string[]>;
  readonly trustedCertificate?: Setting<string | null>;
  /** The file or program that has the passphrases of keys; null: whoever starts the server is asked at the terminal. */
  readonly passphrases: Setting<string | null>;
  readonly clientVerification: Setting<'off' | 'optional' | 'required' | 'optional-no-ca'>;
  readonly clientCertificates: Setting<string | null>;
  /** Certificates that may stand above a client's own; absent where that is not looked at, as of the next two. */
  readonly clientDepth?: Setting<number>;
  /** Apache's `SSLCACertificatePath` and what clients are told of CAs: a directive, a line. */
  readonly clientAuthorities?: Setting<string>;
  /** Whether and where Apache asks for the state of client certificates: a directive, a line. */
  readonly clientOcsp?: Setting<string>;
  /** File with lists of revoked client certificates; null: none is checked. Absent where that is not looked at. */
  readonly revocationLists?: Setting<string | null>;
  readonly rejectHandshake?: Setting<boolean>;
  readonly earlyData?: Setting<boolean>;
  readonly compression?: Setting<boolean>;
  readonly insecureRenegotiation?: Setting<boolean>;
  /** `ssl_conf_command`, `SSLOpenSSLConfCmd`: command and value. */
  readonly confCommands: Setting<
    readonly { readonly name: string; readonly value: string; readonly location: Location }[]
  >;
  /** Certificates that the server itself gets over ACME (nginx's ACME module, mod_md): names and where it is said. */
  readonly managed?: Setting<readonly ManagedCertificate[]>;
  /** Offered by ALPN, in the server's order. */
  readonly alpn: Setting<readonly string[]>;
}

export interface ManagedCertificate {
  readonly issuer: string;
  readonly names: readonly string[];
  /** `http-01`; several, in the order in which they are tried, with spaces between. */
  readonly challenge: string;
  /** Something before the server maps the ports of challenges to others (`MDPortMap`), so that its own say nothing. */
  readonly portsMapped?: boolean;
  /** An authority that gives nobody an account who does not accept its terms, and nothing here does. */
  readonly needsTerms?: boolean;
  /** How long before the end it is renewed, as written: `30d`, `33%` (`MDRenewWindow`). Absent where nobody wrote it. */
  readonly renewalWindow?: Located<string>;
  readonly location: Location;
}

/** One listener seen by one name: what a client that asks for that name there gets. */
export interface Endpoint {
  readonly listener: string;
  readonly site: string;
  /** Name that the client asks for; the site's label where it has none; `*` for the default of a listener. */
  readonly name: string;
  /** True for the site that also answers clients without a name or with an unknown one. */
  readonly isDefault: boolean;
  /** In force during the handshake: not always what the block says (default server, version). */
  readonly tls: TlsSettings;
  readonly headers: Setting<readonly ResponseHeader[]>;
}

export interface ResponseHeader {
  /** As written. Compare without case. */
  readonly name: string;
  /** May hold variables (`$name`) where what they stand for is not known. */
  readonly value: string;
  /** The value as the text has it, where that is something else: variables whose value is known are put in. */
  readonly written?: string;
  /** Also sent with errors (`always`). */
  readonly always: boolean;
  /** True where a condition keeps it from answers over plain HTTP. */
  readonly overTls?: true;
  readonly location: Location;
}

/** A `location`, an `if` with headers of its own, `<Directory>`, `<Location>`, `Alias` or `Redirect` of a site. */
export interface Route {
  readonly pattern: string;
  /** `condition`: an `if` inside a block, whose pattern is its text. */
  readonly kind: 'exact' | 'prefix' | 'regex' | 'named' | 'condition';
  readonly answer: PathAnswer;
  /** What the block itself would answer to an ACME challenge if nothing came before it; absent where it is for other paths. */
  readonly own?: PathAnswer | undefined;
  /** Headers that this route sends; where it sets none of its own they are the site's. */
  readonly headers: Setting<readonly ResponseHeader[]>;
  /** Headers that it takes out by name; absent where none is, as with servers whose blocks lose all others by their own. */
  readonly removed?: readonly { readonly name: string; readonly location: Location }[];
  /** Of a condition: the headers of the block that it stands in. */
  readonly outside?: Setting<readonly ResponseHeader[]>;
  readonly location: Location;
}

/** What answers a request path. `first`: the site itself, before any route of it is looked for. */
export type PathAnswer =
  | { readonly kind: 'files'; readonly directory: string; readonly location: Location }
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly to: string;
      readonly first?: boolean;
      readonly location: Location;
    }
  | { readonly kind: 'status'; readonly status: number; readonly first?: boolean; readonly location: Location }
  | { readonly kind: 'proxy'; readonly to: string; readonly location: Location }
  | {
      readonly kind: 'denied';
      readonly by: string;
      /** What those get who are let in, by a password or their address; absent where nobody is. */
      readonly admitted?: PathAnswer | undefined;
      readonly location: Location;
    }
  | { readonly kind: 'managed'; readonly location: Location }
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What a server reads from a folder with each request (`.htaccess`), where none that does is at hand; its headers are those of the only site. */
export interface LoneFolder {
  /** Hosts that its redirects lead to, as they are written, in small letters. */
  readonly targets: readonly string[];
  /** What answers `/` by these rules alone, as if nobody else had a say. */
  answerUnder(name: string, scheme: 'http' | 'https'): PathAnswer;
}

/** A refusal of whoever brings no verified certificate (`if ($ssl_client_verify != SUCCESS) { return 403; }`, `Require ssl-verify-client`). */
export interface ClientDemand {
  /** Null: of every site. */
  readonly site: string | null;
  /** Every request of the site has to meet it. */
  readonly ofAll: boolean;
  readonly location: Location;
}

export interface SharedCache {
  readonly name: string;
  /** Whose it is: a cache of one application is none of another's, whatever it is called. */
  readonly application: Site['application'];
  /** Bytes. */
  readonly size: number;
  readonly location: Location;
}

export interface NamedPath {
  readonly path: string;
  readonly purpose:
    | 'certificate'
    /** With its key, for backends that want one; what it holds is looked at only when one asks. */
    | 'client-certificate'
    | 'key'
    | 'dh-parameters'
    | 'client-ca'
    /** CAs that are named to whoever is asked for a certificate, and trusted by nobody for that (`RequestCAFile`). */
    | 'named-ca'
    | 'trusted-ca'
    | 'chain'
    | 'crl'
    /** CAs and revocation lists that backends are verified with. */
    | 'upstream-ca'
    | 'upstream-crl'
    | 'ticket-key'
    /** What QUIC derives its tokens from. */
    | 'quic-host-key'
    | 'password-file'
    /** Who may come in, where passwords are asked for. */
    | 'users'
    | 'stapling-response'
    /** Passwords of TLS-SRP (RFC 5054), as verifiers. */
    | 'srp-verifiers'
    /** Media types by the endings of file names. */
    | 'mime-types'
    | 'document-root'
    /** Apache's, which it looks for when it starts. */
    | 'main-document-root'
    /** What Apache's relative paths start from. */
    | 'server-root'
    | 'challenge-directory'
    /** A library that the server loads a part of itself from. */
    | 'module'
    /** What the server only looks for when it reads its configuration: maps, programs, sources of random numbers. */
    | 'source'
    /** In which the server makes files or one more folder as it starts: of logs, of caches. */
    | 'writable-folder'
    /** Extensions that a certificate is sent with (`ServerInfoFile`). */
    | 'server-info';
  /** True where the server refuses to start without it. */
  readonly required: boolean;
  /** Files without which the server passes over the directive (`<IfFile>`). */
  readonly onlyWith?: readonly string[];
  /** True where the directive wants a folder, and not a file. */
  readonly wantsFolder?: boolean;
  /** Of a folder: there is nothing else to take CAs from, and the server does not start where it holds none. */
  readonly onlyAuthorities?: boolean;
  /** Of a file of users: it holds digests (`htdigest`). */
  readonly isForDigest?: boolean;
  /** The directive that would name another, where the server reads this one as nothing does. */
  readonly namedBy?: string | undefined;
  /** What backends are verified with: whether the start reads it. Absent where only their connections tell. */
  readonly isReadAtStart?: boolean | undefined;
  /** A command of OpenSSL reads it (`SSL_CONF_cmd`), which takes fewer forms. */
  readonly isForCommand?: boolean;
  /** The folder that a relative path counts from, where that is another one than that of the file that it stands in. */
  readonly countsFrom?: string | undefined;
  readonly site: string | null;
  readonly location: Location;
}

export interface ModelNote {
  readonly kind: string;
  readonly text: string;
  readonly site: string | null;
  readonly location: Location;
  /** Of what a part asks clients for: something else that it requires opens it too (`Satisfy Any`), or it requires nothing else. */
  readonly alternative?: 'required' | 'anybody';
  /** Of such a part: it refuses clients by their address (`Deny`). */
  readonly refusesOthers?: boolean;
}
