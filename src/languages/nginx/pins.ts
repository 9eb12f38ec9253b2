import { compareVersions, type Version } from '../../text/version.ts';
import type { Language } from '../language.ts';

/** The last release of each series, which an image's tag of a series means (nginx.org/en/CHANGES, 2026-10). */
const lastReleases: readonly Version[] =
  '1.18.0 1.19.10 1.20.2 1.21.6 1.22.1 1.23.4 1.24.0 1.25.5 1.26.3 1.27.5 1.28.2 1.29.8 1.30.6 1.31.6'.split(' ');

const compose = /^(?:docker-)?compose[\w.-]*\.ya?ml$/i;
const dockerfile = /^(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$|\.Dockerfile$/;

/** `image: nginx:1.29-alpine`, `FROM nginxinc/nginx-unprivileged:1.27`: official ones, whose tag is the version of nginx. */
const image =
  /^[ \t]*(?:(?:- )?image:|FROM(?: --\S+)?)\s+["']?(?:(?:docker\.io\/|mirror\.gcr\.io\/)?(?:library\/)?|public\.ecr\.aws\/(?:docker\/library|nginx)\/|nginxinc\/|ghcr\.io\/nginx\/)nginx(?:-unprivileged)?:(\d+\.\d+(?:\.\d+)?)(?![\w.])/gm;

/** The nginx of the images that Docker Compose starts, or that a Dockerfile starts from. */
export const pins: NonNullable<Language['pins']> = {
  rank: (path) => (compose.test(path) ? 0 : dockerfile.test(path) ? 1 : undefined),
  read(_path, text) {
    if (!text.includes('nginx')) return undefined;
    const versions = [...text.matchAll(image)].flatMap(([, tag = '']) => releaseOf(tag) ?? []).sort(compareVersions);
    const [lowest] = versions;
    return lowest === undefined ? undefined : { lowest, highest: versions.at(-1) };
  },
  // What a Dockerfile adds to it is not known.
  build: { distribution: { id: 'image', hasPolicies: false }, loadedModules: [] },
};

/** None of a series before those, of which nobody has an image any more. */
function releaseOf(tag: string): Version | undefined {
  const last = lastReleases.find((release) => release.startsWith(`${tag}.`));
  return last ?? (/\..*\./.test(tag) || compareVersions(tag, '1.31') > 0 ? tag : undefined);
}
