import { debianModules as loadedModules } from '../languages/nginx/data/modules.ts';
import type { Version } from '../text/version.ts';

export interface Platform {
  readonly name: string;
  readonly nginx: Version;
  readonly apache: Version;
  readonly django: Version;
  readonly openssl: Version;
  readonly securityLevel: number;
  /** What its nginx has only as files (`loadedModules` of Target). */
  readonly loadedModules?: readonly string[];
}

/** What distributions ship, by the key and value of `target`. Source: the distributions' package indexes and security notices, 2026-11. */
export const platforms: Readonly<Record<string, Readonly<Record<string, Platform>>>> = {
  debian: {
    10: {
      name: 'Debian 10',
      nginx: '1.14.2',
      apache: '2.4.59',
      django: '1.11',
      openssl: '1.1.1',
      securityLevel: 2,
      loadedModules,
    },
    11: {
      name: 'Debian 11',
      nginx: '1.18.0',
      apache: '2.4.66',
      django: '2.2',
      openssl: '1.1.1',
      securityLevel: 2,
      loadedModules,
    },
    12: {
      name: 'Debian 12',
      nginx: '1.22.1',
      apache: '2.4.68',
      django: '3.2',
      openssl: '3.0',
      securityLevel: 2,
      loadedModules,
    },
    13: {
      name: 'Debian 13',
      nginx: '1.26.3',
      apache: '2.4.71',
      django: '4.2',
      openssl: '3.5',
      securityLevel: 2,
      loadedModules,
    },
  },
  ubuntu: {
    '20.04': {
      name: 'Ubuntu 20.04',
      nginx: '1.18.0',
      apache: '2.4.41',
      django: '2.2',
      openssl: '1.1.1',
      securityLevel: 2,
      loadedModules,
    },
    '22.04': {
      name: 'Ubuntu 22.04',
      nginx: '1.18.0',
      apache: '2.4.52',
      django: '3.2',
      openssl: '3.0',
      securityLevel: 2,
      loadedModules,
    },
    '24.04': {
      name: 'Ubuntu 24.04',
      nginx: '1.24.0',
      apache: '2.4.58',
      django: '4.2',
      openssl: '3.0',
      securityLevel: 2,
      loadedModules,
    },
    '26.04': {
      name: 'Ubuntu 26.04',
      nginx: '1.28.3',
      apache: '2.4.66',
      django: '5.2',
      openssl: '3.5',
      securityLevel: 2,
      loadedModules,
    },
  },
};

export const defaultPlatform: Platform = {
  name: 'Debian 13',
  nginx: '1.26.3',
  apache: '2.4.71',
  django: '4.2',
  openssl: '3.5',
  securityLevel: 2,
};
