import { forAdmitted } from '../../../tls/model/admitted.ts';
import type { LoneFolder, PathAnswer } from '../../../tls/model/server-model.ts';

type Redirect = PathAnswer & { readonly kind: 'redirect' };
type Scheme = 'http' | 'https';

/** An address whose start page the rules of a folder redirect to that of another one. */
export interface FolderHop {
  readonly scheme: Scheme;
  readonly host: string;
  readonly answer: Redirect;
  readonly to: { readonly scheme: Scheme; readonly host: string };
}

/** A name that nobody writes into rules, without `www.` and with it. */
const anyName = 'name.invalid';
const anyNames: readonly string[] = [anyName, `www.${anyName}`];

/** More are not tried. */
const mostNames = 20;

/** Names that a folder may be asked under: any, and those that its redirects lead to. */
export function namesOf({ targets }: LoneFolder): readonly string[] {
  return [...anyNames, ...targets.slice(0, mostNames)];
}

/** Where the rules lead from a start page, if to another one that they are for as well. */
function hopWithin(folder: LoneFolder, host: string, scheme: Scheme): FolderHop | undefined {
  const hop = hopFrom(folder, host, scheme);
  return hop && isOwn(folder, hop.to.host) ? hop : undefined;
}

/** Where the rules lead from a start page, if to another one. */
export function hopFrom(folder: LoneFolder, host: string, scheme: Scheme): FolderHop | undefined {
  const answer = forAdmitted(folder.answerUnder(host, scheme));
  if (answer.kind !== 'redirect') return undefined;
  const [, toScheme, toHost] = /^(https?):\/\/([\w.-]+)(?::(?:80|443))?\/?$/i.exec(answer.to) ?? [];
  if (toScheme === undefined || toHost === undefined) return undefined;
  const to = { scheme: toScheme.toLowerCase() as Scheme, host: toHost.toLowerCase() };
  return { scheme, host, answer, to };
}

/** The rules lead to a host over HTTPS: from its own plain HTTP, or as the one that they name. */
export function leadsToHttps(folder: LoneFolder, host: string): boolean {
  if (isOwn(folder, host) && hopFrom(folder, host, 'http')?.to.scheme === 'https') return true;
  return anyNames.some((name) => {
    const to = hopFrom(folder, name, 'http')?.to;
    return to?.scheme === 'https' && to.host === host;
  });
}

/** A host that rules send everybody to may be that of another server, whose rules these are not: for it they make no difference. */
function isOwn(folder: LoneFolder, host: string): boolean {
  if (host.endsWith(anyName)) return true;
  return (['http', 'https'] as const).some((scheme) => !anyNames.some((name) => isAlike(folder, scheme, host, name)));
}

/** Both are sent to one place, or each to the like of its own. */
function isAlike(folder: LoneFolder, scheme: Scheme, host: string, name: string): boolean {
  const [one, other] = [folder.answerUnder(host, scheme), folder.answerUnder(name, scheme)];
  if (one.kind !== 'redirect' || other.kind !== 'redirect') return one.kind === other.kind;
  return one.to === other.to || one.to.replaceAll(host, name) === other.to;
}

/** The hops by which the rules lead from an address over HTTPS back to where it has led to; empty where they do not. */
export function circleIn(folder: LoneFolder): readonly FolderHop[] {
  for (const name of namesOf(folder)) {
    const hops: FolderHop[] = [];
    let hop = hopWithin(folder, name, 'https');
    while (hop !== undefined && hops.length < mostNames) {
      hops.push(hop);
      const { scheme, host } = hop.to;
      const start = hops.findIndex((each) => each.scheme === scheme && each.host === host);
      if (start >= 0) {
        const circle = hops.slice(start);
        if (circle.some((each) => each.scheme === 'https')) return circle;
        break;
      }
      hop = hopWithin(folder, host, scheme);
    }
  }
  return [];
}

/** An address as a message shows it; any name is an example. */
export function shownAddress({ scheme, host }: Pick<FolderHop, 'scheme' | 'host'>): string {
  return `${scheme}://${host.replace(anyName, 'example.com')}/`;
}

/** The same with a word that it is one. */
export function shownStart(hop: FolderHop): string {
  return `${shownAddress(hop)}${hop.host.endsWith(anyName) ? ' (for example)' : ''}`;
}
