import { debianModules as loadedModules, nginxOrgModules } from '../languages/nginx/data/modules.ts';
import type { Version } from '../text/version.ts';
import type { Build, Distribution } from '../tls/target.ts';
import {
  alpine,
  debian,
  followsPolicy,
  freebsd,
  image,
  mayFollowPolicy,
  redHat,
  suse,
  ubuntu,
} from './distributions.ts';

/** A release, by what it brings. A program that is left out does not come with it. */
export interface Platform {
  readonly name: string;
  readonly nginx?: Version;
  readonly apache?: Version;
  readonly django?: Version;
  readonly openssl: Version;
  readonly securityLevel: number;
  readonly distribution: Distribution;
  /** What its nginx has only as files (`loadedModules` of Target). */
  readonly loadedModules?: readonly string[];
  /** Further releases of nginx that it has packages of, as streams of modules, and how each was built. */
  readonly streams?: Readonly<Record<Version, Build>>;
}

type Releases = Readonly<Record<string, Platform>>;

/** What is taken where nobody said anything: Debian stable. */
export const defaultPlatform = {
  name: 'Debian 13',
  nginx: '1.26.3',
  apache: '2.4.71',
  django: '4.2',
  openssl: '3.5',
  securityLevel: 2,
} as const;

/** Source: the distributions' package indexes and security notices, 2026-11. */
const debianReleases: Releases = {
  10: {
    name: 'Debian 10',
    nginx: '1.14.2',
    apache: '2.4.59',
    django: '1.11',
    openssl: '1.1.1',
    securityLevel: 2,
    distribution: debian,
    loadedModules,
  },
  11: {
    name: 'Debian 11',
    nginx: '1.18.0',
    apache: '2.4.67',
    django: '2.2',
    openssl: '1.1.1',
    securityLevel: 2,
    distribution: debian,
    loadedModules,
  },
  12: {
    name: 'Debian 12',
    nginx: '1.22.1',
    apache: '2.4.68',
    django: '3.2',
    openssl: '3.0',
    securityLevel: 2,
    distribution: debian,
    loadedModules,
  },
  13: { ...defaultPlatform, distribution: debian, loadedModules },
};

/** Source: as Debian's. */
const ubuntuReleases: Releases = {
  '20.04': {
    name: 'Ubuntu 20.04',
    nginx: '1.18.0',
    apache: '2.4.41',
    django: '2.2',
    openssl: '1.1.1',
    securityLevel: 2,
    distribution: ubuntu,
    loadedModules,
  },
  '22.04': {
    name: 'Ubuntu 22.04',
    nginx: '1.18.0',
    apache: '2.4.52',
    django: '3.2',
    openssl: '3.0',
    securityLevel: 2,
    distribution: ubuntu,
    loadedModules,
  },
  '24.04': {
    name: 'Ubuntu 24.04',
    nginx: '1.24.0',
    apache: '2.4.58',
    django: '4.2',
    openssl: '3.0',
    securityLevel: 2,
    distribution: ubuntu,
    loadedModules,
  },
  '26.04': {
    name: 'Ubuntu 26.04',
    nginx: '1.28.3',
    apache: '2.4.66',
    django: '5.2',
    openssl: '3.5',
    securityLevel: 2,
    distribution: ubuntu,
    loadedModules,
  },
};

/**
 * Red Hat Enterprise Linux and what is built from its sources. Source: nginx.spec, httpd.spec and openssl.spec of
 * openela-main with their patches; packages of el8_10, el9_8 and el10_2 in public installation logs, 2026.
 * The security level is that of the crypto policy DEFAULT.
 */
const redHatReleases = {
  8: {
    nginx: '1.14.1',
    apache: '2.4.37',
    openssl: '1.1.1',
    securityLevel: 2,
    distribution: redHat(mayFollowPolicy, 8),
    loadedModules,
    streams: {
      '1.16': mayFollowPolicy,
      '1.18': mayFollowPolicy,
      '1.20': followsPolicy,
      '1.22': mayFollowPolicy,
      '1.24': followsPolicy,
    },
  },
  9: {
    nginx: '1.20.1',
    apache: '2.4.62',
    openssl: '3.5',
    securityLevel: 2,
    distribution: redHat(followsPolicy, 9),
    loadedModules,
    streams: { '1.22': mayFollowPolicy, '1.24': followsPolicy, '1.26': {} },
  },
  10: {
    nginx: '1.26.3',
    apache: '2.4.63',
    openssl: '3.5',
    securityLevel: 2,
    distribution: redHat({}, 10),
    loadedModules,
  },
} as const satisfies Readonly<Record<number, Omit<Platform, 'name'>>>;

function builtFromRedHat(name: string, releases: readonly (8 | 9 | 10)[] = [8, 9, 10]): Releases {
  return Object.fromEntries(
    releases.map((release) => [release, { ...redHatReleases[release], name: `${name} ${release}` }]),
  );
}

/** Source: packages.fedoraproject.org, 2026: its servers are updated within releases. What Red Hat's are made from. */
function fedoraRelease(release: number, openssl: Version, apache: Version): Platform {
  return {
    name: `Fedora ${release}`,
    nginx: '1.30.1',
    apache,
    openssl,
    securityLevel: 2,
    distribution: redHat(mayFollowPolicy, undefined),
    loadedModules,
  };
}

const fedoraReleases: Releases = {
  42: fedoraRelease(42, '3.2', '2.4.66'),
  43: fedoraRelease(43, '3.5', '2.4.67'),
  44: fedoraRelease(44, '3.5', '2.4.67'),
};

/** Source: package lists of the releases of 2026 (docs.aws.amazon.com). Its nginx and httpd are made from Fedora's. */
const amazonReleases: Releases = {
  2023: {
    name: 'Amazon Linux 2023',
    nginx: '1.28.3',
    apache: '2.4.66',
    openssl: '3.5',
    securityLevel: 2,
    distribution: redHat(mayFollowPolicy, undefined),
    loadedModules,
  },
};

/**
 * Source: main/nginx/APKBUILD of aports, package URLs in public scans of images (alpine-3.21 to 3.24). httpd is updated within
 * releases: 2.4.65 is the oldest that was seen, and 2.4.67 of 3.24. OpenSSL is built with its own default level.
 */
const alpineReleases: Releases = {
  '3.21': {
    name: 'Alpine 3.21',
    nginx: '1.26.2',
    apache: '2.4.65',
    openssl: '3.3',
    securityLevel: 2,
    distribution: alpine,
    loadedModules,
  },
  '3.22': {
    name: 'Alpine 3.22',
    nginx: '1.28.0',
    apache: '2.4.65',
    openssl: '3.5',
    securityLevel: 2,
    distribution: alpine,
    loadedModules,
  },
  '3.23': {
    name: 'Alpine 3.23',
    nginx: '1.28.3',
    apache: '2.4.65',
    openssl: '3.5',
    securityLevel: 2,
    distribution: alpine,
    loadedModules,
  },
  '3.24': {
    name: 'Alpine 3.24',
    nginx: '1.30.3',
    apache: '2.4.67',
    openssl: '3.5',
    securityLevel: 2,
    distribution: alpine,
    loadedModules,
  },
};

/**
 * openSUSE Leap and SUSE Linux Enterprise Server, which have the same packages. Source: openssl-3.spec of 3.1.4, start of httpd in
 * a public log of 2025, an installation log of nginx-1.21.5-150400 and the version that images of service pack 7 still check for. The
 * security level is that of the crypto policy DEFAULT.
 */
function suseRelease(name: string): Platform {
  return { name, nginx: '1.21.5', apache: '2.4.58', openssl: '3.1', securityLevel: 2, distribution: suse };
}

/**
 * OpenSSL of the base system: VERSION.dat of FreeBSD's sources, announcement of 15.0; it is built with its own default level. Ports
 * are the same in all releases: freshports.org, 2026-10 (nginx) and the oldest that was seen of 2026 (apache24).
 */
const freebsdReleases: Releases = {
  14: {
    name: 'FreeBSD 14',
    nginx: '1.30.6',
    apache: '2.4.66',
    openssl: '3.0',
    securityLevel: 1,
    distribution: freebsd,
  },
  15: {
    name: 'FreeBSD 15',
    nginx: '1.30.6',
    apache: '2.4.66',
    openssl: '3.5',
    securityLevel: 2,
    distribution: freebsd,
  },
};

function nginxImage(tag: string, nginx: Version): Platform {
  return {
    name: `the image nginx:${tag}`,
    nginx,
    openssl: '3.5',
    securityLevel: 2,
    distribution: image,
    loadedModules: nginxOrgModules,
  };
}

function httpdImage(tag: string): Platform {
  return {
    name: `the image httpd:${tag}`,
    apache: '2.4.69',
    openssl: '3.5',
    securityLevel: 2,
    distribution: image,
  };
}

/**
 * Official images of Docker, on Debian 13 and Alpine 3.23 or 3.24. Source: update.sh and mainline/debian/Dockerfile of
 * nginx/docker-nginx, docker-library/repo-info and docker-library/docs, 2026-10. Tags that move from release to release, as `stable`
 * does, name no version.
 */
const images: Releases = {
  'nginx:1.28': nginxImage('1.28', '1.28.2'),
  'nginx:1.28-alpine': nginxImage('1.28-alpine', '1.28.2'),
  'nginx:1.29': nginxImage('1.29', '1.29.8'),
  'nginx:1.29-alpine': nginxImage('1.29-alpine', '1.29.8'),
  'nginx:1.30': nginxImage('1.30', '1.30.6'),
  'nginx:1.30-alpine': nginxImage('1.30-alpine', '1.30.6'),
  'nginx:1.31': nginxImage('1.31', '1.31.6'),
  'nginx:1.31-alpine': nginxImage('1.31-alpine', '1.31.6'),
  'httpd:2.4': httpdImage('2.4'),
  'httpd:2.4-alpine': httpdImage('2.4-alpine'),
};

/** What distributions ship, by the key and value of `target`. */
export const platforms: Readonly<Record<string, Releases>> = {
  debian: debianReleases,
  ubuntu: ubuntuReleases,
  rhel: builtFromRedHat('RHEL'),
  rocky: builtFromRedHat('Rocky Linux'),
  almalinux: builtFromRedHat('AlmaLinux'),
  oracle: builtFromRedHat('Oracle Linux'),
  centos: builtFromRedHat('CentOS Stream', [9, 10]),
  fedora: fedoraReleases,
  amazon: amazonReleases,
  opensuse: { 15.6: suseRelease('openSUSE Leap 15.6') },
  sles: { 15.6: suseRelease('SLES 15 SP6') },
  alpine: alpineReleases,
  freebsd: freebsdReleases,
  image: images,
};
