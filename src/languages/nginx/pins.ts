import { compareVersions, type Version } from '../../text/version.ts';
import type { Language, VersionRange } from '../language.ts';

/** The last release of each series, which an image's tag of a series means (nginx.org/en/CHANGES, 2026-10). */
const lastReleases: readonly Version[] =
  '1.18.0 1.19.10 1.20.2 1.21.6 1.22.1 1.23.4 1.24.0 1.25.5 1.26.3 1.27.5 1.28.2 1.29.8 1.30.6 1.31.6'.split(' ');

const compose = /^(?:docker-)?compose[\w.-]*\.ya?ml$/i;
const dockerfile = /^(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$|\.Dockerfile$/;
const plain = /^(?:(?:docker-)?compose\.ya?ml|Dockerfile|Containerfile)$/i;

/** An image, and the name of a stage: `image: nginx:1.29-alpine`, `FROM --platform=linux/amd64 nginx:1.29 AS web`. */
const image = /^[ \t]*(?:(?:- )?image:|FROM(?:[ \t]+--\S+)*)[ \t]+["']?([^\s"'#]+)["']?(?:[ \t]+AS[ \t]+(\S+))?/gim;

/** Official ones, whose tag is the version of nginx. */
const official =
  /^(?:(?:docker\.io\/|mirror\.gcr\.io\/)?(?:library\/)?|public\.ecr\.aws\/(?:docker\/library|nginx)\/|nginxinc\/|ghcr\.io\/nginx\/)nginx(?:-unprivileged)?:(\d+\.\d+(?:\.\d+)?)(?![\w.])/;

/** What is nginx by its name, or was made from it. */
const related = /nginx|openresty|angie|tengine/i;

/** Some nginx, which need not be that of another folder either. */
const anyVersion: VersionRange = { lowest: '0' };

/** The nginx of the images that Docker Compose starts, or that a Dockerfile starts from. */
export const pins: NonNullable<Language['pins']> = {
  // What has a name of its own is for somebody's machine, or for tests.
  rank(path) {
    if (compose.test(path)) return plain.test(path) ? 0 : 2;
    return dockerfile.test(path) ? (plain.test(path) ? 1 : 3) : undefined;
  },
  read(_path, text) {
    if (!related.test(text)) return undefined;
    const stages = new Set<string>();
    const versions: Version[] = [];
    for (const [, name = '', stage] of text.matchAll(image)) {
      const own = name.slice(name.lastIndexOf('/') + 1);
      const isOther = stages.has(name) || !related.test(own) || own.includes('exporter');
      if (stage) stages.add(stage);
      if (isOther) continue;
      const version = releaseOf(official.exec(name)?.[1] ?? '');
      // One that nobody can tell here may be the one that reads the configuration.
      if (version === undefined) return anyVersion;
      versions.push(version);
    }
    const [lowest, ...others] = versions.sort(compareVersions);
    return lowest === undefined ? anyVersion : { lowest, highest: others.at(-1) ?? lowest };
  },
  // What a Dockerfile adds to it is not known.
  build: { distribution: { id: 'image', hasPolicies: false }, loadedModules: [], fork: undefined },
};

/** None of a series before those, of which nobody has an image any more. */
function releaseOf(tag: string): Version | undefined {
  if (tag === '') return undefined;
  const last = lastReleases.find((release) => release.startsWith(`${tag}.`));
  return last ?? (/\..*\./.test(tag) || compareVersions(tag, '1.31') > 0 ? tag : undefined);
}
