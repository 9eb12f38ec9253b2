import type { Location } from '../../text/range.ts';
import type { Setting, Value } from './setting.ts';

/** A program behind a server that answers requests itself, as far as its settings say what it does about TLS. Plain data. */
export interface Application {
  /** Stable within the model. */
  readonly id: string;
  /** Where findings about an absence are shown. */
  readonly location: Location;
  /** Some setting shows that clients reach it over HTTPS. */
  readonly isServedOverHttps: boolean;
  /** Names that it answers, as exact ones or with a dot before all names below one. */
  readonly hosts: Value<readonly string[]>;
  /** The header by which it learns that a client came over HTTPS, in small letters; null: it goes by the connection alone. */
  readonly schemeHeader: NamedSetting<string | null>;
  /** Origins that may send forms besides its own, as `https://*.example.com`; absent where it compares none, or nobody can tell. */
  readonly formOrigins?: readonly string[];
  /** Cookies that it really sets. */
  readonly cookies: readonly ApplicationCookie[];
  /** Requests over plain HTTP are answered by a redirect; absent where surely nothing in it does so. */
  readonly redirectsToHttps?: NamedSetting<boolean>;
  /** The host that this redirect leads to, as it is written behind `https://`; null: the one that was asked for. */
  readonly redirectHost?: NamedSetting<string | null>;
  /** Strict-Transport-Security of its answers over HTTPS; absent where surely nothing in it sends that. */
  readonly hsts?: ApplicationHsts;
}

/** A setting, as the application calls it. */
export interface NamedSetting<T> extends Setting<T> {
  readonly name: string;
}

export interface ApplicationCookie {
  readonly kind: 'session' | 'csrf';
  /** False where nobody can tell here whether anything sets it. */
  readonly isCertain: boolean;
  /** What browsers know it by; `name` of it is that of the setting. */
  readonly called: NamedSetting<string>;
  /** Null: the attribute is left out. */
  readonly path: NamedSetting<string | null>;
  /** Null: the attribute is left out. */
  readonly domain: NamedSetting<string | null>;
  readonly secure: NamedSetting<boolean>;
  /** Null: the attribute is left out. */
  readonly sameSite: NamedSetting<'strict' | 'lax' | 'none' | null>;
}

export interface ApplicationHsts {
  /** Seconds; 0: the header is not sent. */
  readonly maxAge: NamedSetting<number>;
  /** What may follow `max-age=`, of each line that sets it; nothing that is not sent. */
  readonly sent: readonly NamedSetting<string>[];
  readonly includeSubDomains: NamedSetting<boolean>;
  readonly preload: NamedSetting<boolean>;
}
