import { readRedirect } from '../answers/redirect.ts';
import { withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';

/** `<Location admin>` or `Alias icons …`, which takes no request: every path begins with a slash (measured with 2.4.71). */
export const pathSlashMissing: ApacheRule = {
  id: 'path-slash-missing',
  title: 'Path without the slash that every path begins with',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const key of [
      'location',
      'alias',
      'scriptalias',
      'redirect',
      'redirectpermanent',
      'redirecttemp',
      'redirectmatch',
      'rewriterule',
      'proxypass',
      'proxypassreverse',
    ]) {
      for (const statement of withKey(context.evaluation, key)) {
        const index = statement.uncertain ? -1 : pathIndex(statement);
        const report = index < 0 ? undefined : check(statement, index, context);
        if (report) yield report;
      }
    }
  },
};

/** Where the path stands among the arguments, or -1. */
function pathIndex(statement: Statement): number {
  const { key, args } = statement;
  if (key === 'rewriterule') return 0;
  if (key.startsWith('redirect')) return readRedirect(statement)?.fromIndex ?? -1;
  if (key === 'location') return args.length === 1 ? 0 : -1;
  return args.length > 1 && !(key === 'proxypass' && args[0]?.value.includes(':')) ? 0 : -1;
}

function check(statement: Statement, index: number, context: ApacheContext): ApacheReport | undefined {
  const path = statement.args[index]?.value ?? '';
  if (hasQuery(statement, path)) {
    return {
      message: `No request matches "${path}": only the path is compared with it, which ends before the question mark. Use a RewriteRule for the path, with a RewriteCond for %{QUERY_STRING} before it.`,
      location: wordLocation(statement, index),
      statement,
      severity: 'information',
      effect: 'advice',
    };
  }
  if (/^re.*(?:match|rule)$/.test(statement.key)) return undefined;
  const advice = insteadOfAddress(statement, path, statement.args[index + 1]?.value ?? '');
  // What a client asks a forward proxy for is an address.
  if (advice !== undefined && withKey(context.evaluation, 'proxyrequests').length === 0) {
    return {
      message: `No request has this path: "${path}" is a whole address, so it has no effect. ${advice}.`,
      location: wordLocation(statement, index),
      statement,
      severity: 'information',
      effect: 'advice',
    };
  }
  // Addresses of proxies are no paths; what begins with a sign may be another mistake.
  if (!/^[\w.*?^~-]/.test(path) || path === '*' || path.includes(':')) return undefined;
  const isPattern = /[\\^$*?(|]/.test(path);
  const refuses = statement.children.some(({ key }) => refusing.has(key));
  const outcome = refuses ? 'it blocks nothing' : 'it has no effect';
  const location = wordLocation(statement, index);
  const start = rangeOfStart(location, path.slice(0, 1), context);
  const slash = start && { file: statement.file, range: { start: start.start, end: start.start }, newText: '/' };
  return {
    message: `No request has this path: every path begins with a slash, and "${path}" does not, so ${outcome}. ${isPattern ? 'For expressions use the directive whose name ends with Match' : `Write /${path}`}.`,
    location,
    statement,
    ...(refuses ? {} : { severity: 'information', effect: 'advice' }),
    fixes: isPattern || !slash ? [] : [fix('Write a slash before it', false, slash)],
  };
}

/** It asks for a question mark, in whatever way the path goes on: measured with 2.4.71, where a client may only write it as `%3F`. */
function hasQuery({ key, args }: Statement, path: string): boolean {
  if (!path.includes('?')) return false;
  if (/^redirect(?:permanent|temp)?$/.test(key)) return !/[%$]\{/.test(path);
  if (!/^re.*(?:match|rule)$/.test(key) || /^!|\||unsafeallow3f/i.test(path + (args[2]?.value ?? ''))) return false;
  // Not in a class, nor in a group that may be left out.
  return /^(?:[^\\()[\]]|\\[^?])*\\\?(?![?*{])/.test(path);
}

/** What to write instead of `Redirect http://example.com/ …`, or of `ProxyPassReverse` with its arguments swapped. */
function insteadOfAddress({ key, node }: Statement, path: string, target: string): string | undefined {
  const [, host, rest] = /^https?:\/\/([\w.-]+)(?::\d+)?(\/[^?#]*)?$/i.exec(path) ?? [];
  if (host === undefined) return undefined;
  if (key === 'proxypassreverse') {
    return target.startsWith('/') ? `The path comes first: ${node.name} ${target} ${path}` : undefined;
  }
  if (!key.startsWith('redirect')) return undefined;
  return `Write only its path, ${rest ?? '/'}, in the virtual host that has the name ${host}`;
}

const refusing = new Set([
  'require',
  'requireall',
  'requireany',
  'order',
  'deny',
  'authtype',
  'sslverifyclient',
  'sslrequire',
]);
