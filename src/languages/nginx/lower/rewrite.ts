import type { PathAnswer } from '../../../tls/model/server-model.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import type { Request } from './answer.ts';
import { compileExpression } from './pattern.ts';

/** What the rewriting phase of one block leads to: an answer, or a path to go on with (`again`: look for its location). */
export type RewriteResult =
  | { readonly kind: 'answer'; readonly answer: PathAnswer }
  | { readonly kind: 'go-on'; readonly path: string; readonly again: boolean };

/** Runs `return`, `rewrite` and `if` of one block in their order (ngx_http_rewrite_module). */
export function runRewrites(scope: Scope, request: Request): RewriteResult {
  let { path } = request;
  let changed = false;
  for (const item of scope.items) {
    switch (item.name) {
      case 'return':
        return { kind: 'answer', answer: returned(item, { ...request, path }) };
      case 'rewrite': {
        const result = rewrite(item, path);
        if (result === 'unknown') return unknownAnswer('a "rewrite" cannot be evaluated here');
        if (result === undefined) break;
        if ('answer' in result) return { kind: 'answer', answer: result.answer };
        path = result.path;
        changed = true;
        if (result.flag === 'last') return { kind: 'go-on', path, again: true };
        if (result.flag === 'break') return { kind: 'go-on', path, again: false };
        break;
      }
      case 'break':
        return { kind: 'go-on', path, again: false };
      case 'if': {
        if (!item.inner) break;
        const holds = evaluate(item, { ...request, path });
        if (holds === false) break;
        const inside = runRewrites(item.inner, { ...request, path });
        if (holds === undefined) {
          if (inside.kind === 'answer' || inside.path !== path) return unknownAnswer('an "if" depends on the request');
          break;
        }
        if (inside.kind === 'answer' || inside.again) return inside;
        path = inside.path;
        break;
      }
      default:
        break;
    }
  }
  return { kind: 'go-on', path, again: changed };
}

function unknownAnswer(reason: string): RewriteResult {
  return { kind: 'answer', answer: { kind: 'unknown', reason } };
}

/** `return 301 https://…`, `return 404`, `return https://…` (which is a 302). */
function returned(item: Item, request: Request): PathAnswer {
  const [first = '', second] = item.directive.args.map(({ value }) => value);
  if (item.directive.args.some(({ templated }) => templated)) {
    return { kind: 'unknown', reason: 'a template fills in what "return" answers' };
  }
  const status = /^\d+$/.test(first) ? Number(first) : 302;
  const target = /^\d+$/.test(first) ? second : first;
  const redirects = [301, 302, 303, 307, 308].includes(status);
  if (!redirects || target === undefined) return { kind: 'status', status, location: locate(item) };
  return { kind: 'redirect', status, to: fill(target, request), location: locate(item) };
}

/** Puts in what the request tells: `$host`, `$request_uri`, `$uri`, `$scheme`, `$server_name`. */
function fill(text: string, request: Request): string {
  const values: Readonly<Record<string, string>> = {
    host: request.host,
    http_host: request.host,
    server_name: request.host,
    request_uri: request.path,
    uri: request.path,
    document_uri: request.path,
    scheme: request.scheme,
  };
  return text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (whole, braced?: string, bare?: string) => values[braced ?? bare ?? ''] ?? whole,
  );
}

type Rewritten = { readonly path: string; readonly flag: string } | { readonly answer: PathAnswer };

function rewrite(item: Item, path: string): Rewritten | 'unknown' | undefined {
  const [pattern, replacement, flag] = item.directive.args;
  if (!pattern || !replacement) return undefined;
  if (pattern.templated || replacement.templated) return 'unknown';
  const expression = compileExpression(pattern.value, false);
  if (!expression) return 'unknown';
  const match = expression.exec(path);
  if (!match) return undefined;
  const filled = replacement.value.replace(/\$(\d)/g, (_, digit: string) => match[Number(digit)] ?? '');
  const isRedirect = /^(?:https?:\/\/|\$scheme)/.test(replacement.value);
  if (isRedirect || flag?.value === 'redirect' || flag?.value === 'permanent') {
    const status = flag?.value === 'permanent' ? 301 : 302;
    return { answer: { kind: 'redirect', status, to: filled, location: locate(item) } };
  }
  const target = filled.split('?')[0] ?? filled;
  if (target.includes('$'))
    return target === '$uri' || target === '$request_uri' ? { path, flag: flag?.value ?? '' } : 'unknown';
  return { path: target, flag: flag?.value ?? '' };
}

/** Whether an `if` holds; undefined where it depends on what nobody can know here. */
function evaluate(item: Item, request: Request): boolean | undefined {
  const text = item.directive.args
    .map(({ value }) => value)
    .join(' ')
    .replace(/^\(\s*|\s*\)$/g, '');
  const match = /^\$(\w+)(?:\s+(=|!=|~\*?|!~\*?)\s+(.*))?$/s.exec(text);
  if (!match) return undefined;
  const value = knownVariable(match[1] ?? '', request);
  if (value === undefined) return undefined;
  const [, , operator, operand = ''] = match;
  switch (operator) {
    case undefined:
      return value !== '' && value !== '0';
    case '=':
      return value === operand;
    case '!=':
      return value !== operand;
    default: {
      const expression = compileExpression(operand, operator.endsWith('*'));
      if (!expression) return undefined;
      return expression.test(value) !== operator.startsWith('!');
    }
  }
}

function knownVariable(name: string, request: Request): string | undefined {
  switch (name) {
    case 'host':
    case 'http_host':
    case 'server_name':
    case 'ssl_server_name':
      return name === 'ssl_server_name' && request.scheme === 'http' ? '' : request.host;
    case 'uri':
    case 'request_uri':
    case 'document_uri':
      return request.path;
    case 'scheme':
      return request.scheme;
    case 'https':
      return request.scheme === 'https' ? 'on' : '';
    case 'request_method':
      return 'GET';
    case 'args':
    case 'query_string':
      return '';
    case 'ssl_protocol':
    case 'ssl_cipher':
      return request.scheme === 'http' ? '' : undefined;
    default:
      return undefined;
  }
}
