import type { Version } from '../../../text/version.ts';

/** What a value has to be. */
export type SettingType = 'switch' | 'seconds' | 'text' | 'list' | 'same-site' | 'header' | 'other';

export interface SettingFact {
  readonly name: string;
  readonly type: SettingType;
  /** As Python writes it; of the first version that has the row's `since`, and of others from a version on. */
  readonly default: string;
  readonly later?: readonly { readonly since: Version; readonly default: string }[];
  readonly since: Version;
  /** First version that does not look at it any more. */
  readonly removed?: Version;
  /** SecurityMiddleware alone looks at it. */
  readonly byMiddleware?: true;
  /** Proposed values, as Python writes them, the most usual one first. */
  readonly values?: readonly string[];
  /** Markdown, own words. */
  readonly summary: string;
}

const yesNo = ['True', 'False'] as const;
const sites = ["'Lax'", "'Strict'", "'None'"] as const;
const policies = ["'same-origin'", "'strict-origin-when-cross-origin'", "'no-referrer'"] as const;

/**
 * Settings about TLS and about what it protects. Source: django/conf/global_settings.py of 1.8 to 6.1 and the release notes of the
 * versions named; test/servers/django-settings.test.ts compares the defaults with those of the Django that is installed.
 */
export const settingFacts: readonly SettingFact[] = [
  // Release notes 1.0 and 2.1.
  {
    name: 'SESSION_COOKIE_SECURE',
    type: 'switch',
    default: 'False',
    since: '1.0',
    values: yesNo,
    summary:
      'Whether browsers send the session cookie over HTTPS alone. Without it, one request over plain HTTP is enough for somebody on the way to take over the session.',
  },
  {
    name: 'SESSION_COOKIE_HTTPONLY',
    type: 'switch',
    default: 'True',
    since: '1.3',
    values: yesNo,
    summary: 'Whether scripts in a page cannot read the session cookie.',
  },
  {
    name: 'SESSION_COOKIE_SAMESITE',
    type: 'same-site',
    default: "'Lax'",
    since: '2.1',
    values: sites,
    summary:
      "Which requests from other sites carry the session cookie. Chrome and others take `'None'` only together with `Secure`, and drop the cookie otherwise.",
  },
  {
    name: 'SESSION_COOKIE_NAME',
    type: 'text',
    default: "'sessionid'",
    since: '1.0',
    values: ["'__Host-sessionid'", "'__Secure-sessionid'"],
    summary:
      'What the session cookie is called. Browsers take `__Secure-` only with `Secure`, and `__Host-` also only with the path `/` and no domain.',
  },
  {
    name: 'CSRF_COOKIE_SECURE',
    type: 'switch',
    default: 'False',
    since: '1.4',
    values: yesNo,
    summary: 'Whether browsers send the cookie with the CSRF token over HTTPS alone.',
  },
  {
    name: 'CSRF_COOKIE_HTTPONLY',
    type: 'switch',
    default: 'False',
    since: '1.6',
    values: yesNo,
    summary:
      'Whether scripts in a page cannot read the cookie with the CSRF token. Scripts that send forms often need it.',
  },
  {
    name: 'CSRF_COOKIE_SAMESITE',
    type: 'same-site',
    default: "'Lax'",
    since: '2.1',
    values: sites,
    summary:
      "Which requests from other sites carry the cookie with the CSRF token. Chrome and others take `'None'` only together with `Secure`.",
  },
  {
    name: 'CSRF_COOKIE_NAME',
    type: 'text',
    default: "'csrftoken'",
    since: '1.2',
    values: ["'__Host-csrftoken'", "'__Secure-csrftoken'"],
    summary:
      'What the cookie with the CSRF token is called. `__Secure-` and `__Host-` before it are promises as in `SESSION_COOKIE_NAME`. Scripts that read the cookie have to know the name.',
  },
  {
    name: 'CSRF_COOKIE_MASKED',
    type: 'switch',
    default: 'False',
    since: '4.1',
    removed: '5.0',
    summary: 'Whether the CSRF cookie is written as before 4.1, for the time in which both versions run.',
  },
  {
    name: 'CSRF_USE_SESSIONS',
    type: 'switch',
    default: 'False',
    since: '1.11',
    values: yesNo,
    summary: 'Whether the CSRF token is kept in the session, so that it needs no cookie of its own.',
  },
  {
    name: 'CSRF_TRUSTED_ORIGINS',
    type: 'list',
    default: '[]',
    since: '1.9',
    values: ["['https://example.com']"],
    summary:
      'Other origins that may send forms here over HTTPS. From 4.0 on each one has its scheme: `https://example.com`, `https://*.example.com`; before, it was a host alone.',
  },
  {
    name: 'LANGUAGE_COOKIE_SECURE',
    type: 'switch',
    default: 'False',
    since: '3.0',
    values: yesNo,
    summary: 'Whether browsers send the cookie with the chosen language over HTTPS alone.',
  },
  {
    name: 'LANGUAGE_COOKIE_SAMESITE',
    type: 'same-site',
    default: 'None',
    since: '3.0',
    values: sites,
    summary: 'Which requests from other sites carry the cookie with the chosen language.',
  },
  // Release notes 1.8, where django-secure became a part of Django.
  {
    name: 'SECURE_SSL_REDIRECT',
    type: 'switch',
    default: 'False',
    since: '1.8',
    byMiddleware: true,
    values: yesNo,
    summary:
      'Whether SecurityMiddleware answers requests over plain HTTP by a redirect to HTTPS. Behind a proxy that ends TLS, `SECURE_PROXY_SSL_HEADER` has to be set too, or the redirect never ends.',
  },
  {
    name: 'SECURE_SSL_HOST',
    type: 'text',
    default: 'None',
    since: '1.8',
    byMiddleware: true,
    summary: 'The host that `SECURE_SSL_REDIRECT` leads to; without one, the host of the request.',
  },
  {
    name: 'SECURE_REDIRECT_EXEMPT',
    type: 'list',
    default: '[]',
    since: '1.8',
    byMiddleware: true,
    summary:
      'Expressions for paths, without their first slash, that `SECURE_SSL_REDIRECT` leaves alone: the address that a load balancer asks for health, say.',
  },
  {
    name: 'SECURE_HSTS_SECONDS',
    type: 'seconds',
    default: '0',
    since: '1.8',
    byMiddleware: true,
    values: ['63072000', '31536000', '3600', '300'],
    summary:
      'For how many seconds browsers insist on HTTPS after each answer (`Strict-Transport-Security`). 0: the header is not sent. It cannot be taken back for that long, so raise it step by step.',
  },
  {
    name: 'SECURE_HSTS_INCLUDE_SUBDOMAINS',
    type: 'switch',
    default: 'False',
    since: '1.8',
    byMiddleware: true,
    values: yesNo,
    summary:
      'Whether HSTS binds all subdomains too. Each of them then needs HTTPS. Without `SECURE_HSTS_SECONDS` it does nothing.',
  },
  {
    name: 'SECURE_HSTS_PRELOAD',
    type: 'switch',
    default: 'False',
    since: '1.11',
    byMiddleware: true,
    values: yesNo,
    summary:
      "Whether the header asks for a place in the browsers' own list. That takes months to leave, and wants a year and all subdomains.",
  },
  {
    name: 'SECURE_PROXY_SSL_HEADER',
    type: 'header',
    default: 'None',
    since: '1.4',
    values: ["('HTTP_X_FORWARDED_PROTO', 'https')"],
    summary:
      'Header and value by which a proxy says that a client came over HTTPS. The header is named as WSGI does: `HTTP_`, upper case, underscores. Set it only where the proxy sets or removes that header in every request: a client could send it, too.',
  },
  {
    name: 'SECURE_CONTENT_TYPE_NOSNIFF',
    type: 'switch',
    default: 'False',
    later: [{ since: '3.0', default: 'True' }],
    since: '1.8',
    byMiddleware: true,
    values: yesNo,
    summary: 'Whether answers say `X-Content-Type-Options: nosniff`, so that browsers keep to the type that is stated.',
  },
  {
    name: 'SECURE_BROWSER_XSS_FILTER',
    type: 'switch',
    default: 'False',
    since: '1.8',
    removed: '4.0',
    byMiddleware: true,
    summary: 'Whether answers said `X-XSS-Protection: 1; mode=block`, for a filter that browsers no longer have.',
  },
  {
    name: 'SECURE_REFERRER_POLICY',
    type: 'text',
    default: 'None',
    later: [{ since: '3.1', default: "'same-origin'" }],
    since: '3.0',
    byMiddleware: true,
    values: policies,
    summary: 'What `Referrer-Policy` says: how much of an address other sites are told.',
  },
  {
    name: 'SECURE_CROSS_ORIGIN_OPENER_POLICY',
    type: 'text',
    default: "'same-origin'",
    since: '4.0',
    byMiddleware: true,
    values: ["'same-origin'", "'same-origin-allow-popups'", "'unsafe-none'"],
    summary: 'What `Cross-Origin-Opener-Policy` says: whether pages of other sites keep a hold on the window.',
  },
  {
    name: 'SECURE_CSP',
    type: 'other',
    default: '{}',
    since: '6.0',
    summary: 'The Content Security Policy, by directive. ContentSecurityPolicyMiddleware sends it.',
  },
  {
    name: 'SECURE_CSP_REPORT_ONLY',
    type: 'other',
    default: '{}',
    since: '6.0',
    summary: 'A Content Security Policy that browsers only report about. ContentSecurityPolicyMiddleware sends it.',
  },
  // Release notes 1.5.
  {
    name: 'ALLOWED_HOSTS',
    type: 'list',
    default: '[]',
    since: '1.5',
    values: ["['example.com']", "['.example.com']"],
    summary:
      'Hosts that requests may ask for, without scheme and port; `.example.com` stands for the domain and all below it, `*` for any. Others get 400. Where it is empty and `DEBUG` is on, this machine alone.',
  },
  {
    name: 'USE_X_FORWARDED_HOST',
    type: 'switch',
    default: 'False',
    since: '1.3.1',
    values: yesNo,
    summary: 'Whether `X-Forwarded-Host` counts more than `Host`. Only behind a proxy that sets it.',
  },
  {
    name: 'USE_X_FORWARDED_PORT',
    type: 'switch',
    default: 'False',
    since: '1.9',
    values: yesNo,
    summary:
      'Whether `X-Forwarded-Port` counts more than the port of the connection. Only behind a proxy that sets it.',
  },
  {
    name: 'EMAIL_USE_TLS',
    type: 'switch',
    default: 'False',
    since: '1.0',
    values: yesNo,
    summary:
      'Whether mail is handed over after STARTTLS, usually on port 587. Not together with `EMAIL_USE_SSL`. From 6.1 on, `use_tls` in `MAILERS` takes its place.',
  },
  {
    name: 'EMAIL_USE_SSL',
    type: 'switch',
    default: 'False',
    since: '1.7',
    values: yesNo,
    summary:
      'Whether mail is handed over by TLS from the start, usually on port 465. Not together with `EMAIL_USE_TLS`. From 6.1 on, `use_ssl` in `MAILERS` takes its place.',
  },
  {
    name: 'EMAIL_SSL_CERTFILE',
    type: 'text',
    default: 'None',
    since: '1.8',
    summary:
      'PEM file with the certificate that mail is sent with, where the mail server asks for one. From 4.2 on, Django then trusts no CA, and sends nothing.',
  },
  {
    name: 'EMAIL_SSL_KEYFILE',
    type: 'text',
    default: 'None',
    since: '1.8',
    summary: 'PEM file with the key of `EMAIL_SSL_CERTFILE`.',
  },
  // Release notes 6.1; until 7.0 it may be left out.
  {
    name: 'MAILERS',
    type: 'other',
    default: 'not set',
    later: [{ since: '7.0', default: '{}' }],
    since: '6.1',
    summary:
      'Ways to send mail, by name: a `BACKEND` and its `OPTIONS`, such as `host`, `use_tls` (STARTTLS, port 587) or `use_ssl` (TLS from the start, port 465). With it, `EMAIL_HOST`, `EMAIL_USE_TLS` and the like are an error.',
  },
];
