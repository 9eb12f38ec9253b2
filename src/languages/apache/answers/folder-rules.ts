import type { PathAnswer } from '../../../tls/model/server-model.ts';
import { isConditional, locationOf, type Statement } from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';
import { linksFollowed } from './links-followed.ts';
import { mappingOf } from './mapping.ts';
import { readRedirect, redirectAnswer } from './redirect.ts';
import { engineOf, inherits } from './rewrite.ts';
import type { RewriteRequest } from './rewrite-conditions.ts';
import { applyRules, leavesPath } from './rewrite-rules.ts';
import { folderOf, inOrder, isWildcard, nameOf, type Sections } from './sections.ts';
import { underEachName } from './under-each-name.ts';

/** What becomes of a request that is let in: answered, told to go on with another path, or with its file. */
export type FolderResult =
  | { readonly kind: 'answer'; readonly answer: PathAnswer }
  | { readonly kind: 'again'; readonly path: string; readonly isFinal: boolean }
  | { readonly kind: 'go-on' };

const goOn: FolderResult = { kind: 'go-on' };

interface Folder {
  readonly sections: Sections;
  /** `Options` of the servers, the main one's first. */
  readonly options: readonly Statement[];
  /** What the rules of the servers are, the main one's first: whether they are obeyed holds for their folders too. */
  readonly outerRules: readonly (readonly Statement[])[];
}

/**
 * The rules of mod_rewrite and the redirects in the sections of a file, which come behind access control (fixups). A path
 * that rules only changed is asked for anew, unless a redirect answers it first.
 */
export function answerInFolder(folder: Folder, request: RewriteRequest, isFinal: boolean): FolderResult {
  const { sections } = folder;
  const answer = answerInSections(folder, request, isFinal);
  if (answer.kind !== 'go-on' || !request.path.endsWith('/')) return answer;
  // The file that a folder answers with is asked for by itself, whatever was final before.
  for (const name of indexNames) {
    const index = { ...request, path: request.path + name, file: `${request.file}${name}`, isIndex: true };
    if (answerInFolder(folder, index, false).kind !== 'go-on') return unfollowed(inOrder(sections).at(-1));
  }
  return goOn;
}

/** The same of the path alone, without what a folder answers with. */
export function answerInSections(folder: Folder, request: RewriteRequest, isFinal: boolean): FolderResult {
  const { sections } = folder;
  const crowded = inOrder(sections).find(({ children }) => {
    const { rewriting, redirects } = mappingOf(children);
    return rewriting.length + redirects.length > mostRules;
  });
  if (crowded) return unfollowed(crowded);
  const rewritten = isFinal ? goOn : rewriteInFolder(folder, request);
  if (rewritten.kind === 'answer' && rewritten.answer.kind !== 'proxy') return rewritten;
  return redirectInFolder(inOrder(sections), request.path) ?? rewritten;
}

/** What a folder answers with, mostly (`DirectoryIndex`). */
export const indexNames: readonly string[] = ['index.html', 'index.php'];

/** Sections with more are not followed: thousands of virtual hosts may inherit them. */
const mostRules = 300;

function rewriteInFolder({ sections, options: outer, outerRules }: Folder, request: RewriteRequest): FolderResult {
  const speaking = inOrder(sections).filter(({ children }) => mappingOf(children).rewriting.length > 0);
  // A section takes over from those before whether rules are obeyed, but none of the rules.
  const deciding = speaking.at(-1);
  if (deciding === undefined) return goOn;
  const rules = speaking.map(({ children }) => mappingOf(children).rewriting);
  const engine = [...outerRules, ...rules].map(engineOf).findLast((says) => says !== undefined);
  if (engine === undefined || engine === 'off') return goOn;
  const isJoined = rules.flat().some((each) => inherits(each, 'inherit'));
  const folder = folderOf(deciding);
  const isPlain = sections.directories.includes(deciding) && folder !== undefined && !isWildcard(folder);
  const links = linksFollowed([...outer, ...inOrder(sections).flatMap(({ children }) => mappingOf(children).options)]);
  if (links.followed === false) {
    const by = `RewriteEngine on where ${links.by.node.name} has no FollowSymLinks`;
    return { kind: 'answer', answer: { kind: 'denied', by, location: locationOf(links.by) } };
  }
  // An `<If>` comes behind all sections, and its rules instead of theirs.
  const isOpen = [...speaking, ...rules.flat()].some(isConditional);
  const { rewriting } = mappingOf(deciding.children);
  if ((isOpen || isJoined ? rules.flat() : rewriting).every(leavesPath)) return goOn;
  if (engine === 'open' || links.followed === undefined || isJoined || !isPlain || isOpen) return unfollowed(deciding);
  const base = rewriting.findLast(({ key }) => key === 'rewritebase')?.args[0]?.value;
  if (base !== undefined && (isUncertain(base) || !base.startsWith('/'))) return unfollowed(deciding);
  const inside = folder === '/' ? '' : folder;
  const place = { folder: inside, base: base?.endsWith('/') === false ? `${base}/` : base };
  const { file = '' } = request;
  return (
    underEachName(request, (asked): FolderResult => {
      const result = applyRules(rewriting, file, asked, place);
      if (result.kind === 'answer') return result;
      if (result.to === file) return goOn;
      const path = pathOf(result.to, place, request.documentRoot);
      return path === undefined ? unfollowed(deciding) : { kind: 'again', path, isFinal: result.isFinal };
    }) ?? unfollowed(deciding)
  );
}

function unfollowed(section: Statement | undefined): FolderResult {
  const by = section ? nameOf(section) : 'a section';
  return { kind: 'answer', answer: { kind: 'unknown', reason: `${by} may answer by itself` } };
}

/** The path under which clients see a file; what a rule began with a slash is a path already. */
function pathOf(
  to: string,
  { folder, base }: { readonly folder: string; readonly base: string | undefined },
  root: string | undefined,
): string | undefined {
  if (base !== undefined && to.startsWith(`${folder}/`)) return `${base}${to.slice(folder.length + 1)}`;
  if (root !== undefined && to.startsWith(`${root}/`)) return to.slice(root.length);
  return to.startsWith(`${folder}/`) ? undefined : to;
}

/** One without a path of its own first, then those of the last section, and so on. */
function redirectInFolder(sections: readonly Statement[], path: string): FolderResult | undefined {
  const redirects = sections.map(({ children }) => mappingOf(children).redirects);
  const alone = redirects.flat().findLast((each) => readRedirect(each)?.fromIndex === -1);
  const others = redirects.toReversed().flat();
  for (const statement of alone === undefined ? others : [alone, ...others]) {
    const answer = redirectAnswer(statement, path, path);
    if (!answer) continue;
    const reason = `${statement.node.name} depends on a condition`;
    return { kind: 'answer', answer: isConditional(statement) ? { kind: 'unknown', reason } : answer };
  }
  return undefined;
}
