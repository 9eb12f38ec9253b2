import type { PathAnswer } from '../../../tls/model/server-model.ts';
import type { RewriteRequest } from './rewrite-conditions.ts';

type Result = { readonly kind: string; readonly answer?: PathAnswer };

/** More names than this are not tried one by one. */
const mostNames = 30;

/** What comes of a request under every name of its site, which is the first one's; undefined where that is not one thing. */
export function underEachName<R extends Result>(
  request: RewriteRequest,
  ask: (request: RewriteRequest) => R,
): R | undefined {
  const [first, ...others] = request.names.slice(0, mostNames);
  if (first === undefined) return ask(request);
  const result = ask({ ...request, names: [first] });
  const isOneThing = others.every((name) => isAlike(ask({ ...request, names: [name] }), name, result, first));
  return isOneThing ? result : undefined;
}

/** Whether two results say the same, the name of the host left open. */
function isAlike(one: Result, oneName: string, other: Result, otherName: string): boolean {
  const [a, b] = [one.answer, other.answer];
  if (a?.kind === 'redirect' && b?.kind === 'redirect' && a.location.range.start === b.location.range.start) {
    return a.status === b.status && withoutName(a.to, oneName) === withoutName(b.to, otherName);
  }
  return withoutName(JSON.stringify(one), oneName) === withoutName(JSON.stringify(other), otherName);
}

function withoutName(text: string, name: string): string {
  return text.replaceAll(`//${name}`, '//*');
}
