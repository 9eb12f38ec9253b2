import { describeProtocol } from '../../../tls/describe.ts';
import { listOfCommand, type OfferedList } from '../../../tls/offered-list.ts';
import { protocolVersions } from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';
import type { Hover, Project } from '../../language.ts';
import { hoverList } from '../../list-hover.ts';
import { furtherSummary } from '../data/further-summaries.ts';
import { summaries, upstreamSummaries } from '../data/summaries.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { documentationUrl, factsOf, isAllowedIn } from '../facts/directives.ts';
import { reaches } from '../facts/versions.ts';
import type { NginxFile } from '../parse/file.ts';
import { rangeOf } from '../parse/tree.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { hoverVariable } from './variables.ts';
import { describeWord } from './words.ts';

/** What a directive is, or what the cipher string or group list under the cursor gives. */
export function hover(project: Project<NginxFile>, path: string, offset: number): Hover | undefined {
  const cursor = cursorAt(project, path, offset);
  if (!cursor?.item || !cursor.word) return undefined;
  const { item, word, scope } = cursor;
  const range = rangeOf(item, word);
  if (word !== item.nameWord) {
    if (word.templated) return undefined;
    const variable = hoverVariable(project, cursor, offset);
    if (variable) return variable;
    const list = listIn(item.name, word.value, item.args.indexOf(word), item.args[0]?.value ?? '');
    if (list) {
      const text = cursor.file.document.text.slice(range.start, range.end);
      return hoverList(list, { text, range, quote: word.quote }, offset, project.target);
    }
    const contents = describeValue(item.name, word.value, project.target) ?? describeArgument(cursor);
    return contents === undefined ? undefined : { range, contents };
  }
  const facts = factsOf(item.nameWord.value);
  const here = facts.filter((fact) => scope.context !== undefined && isAllowedIn(fact, scope.context));
  const shown = here.length > 0 ? here : facts;
  if (shown.length === 0) return undefined;
  return { range, contents: shown.map((fact) => describe(fact, project.target)).join('\n\n---\n\n') };
}

/** Markdown about one directive: syntax, default, contexts, versions, link. */
export function describe(fact: DirectiveFact, target: Target): string {
  const syntax = fact.syntax.length > 0 ? fact.syntax : [argumentsText(fact)];
  const lines = ['```nginx', ...syntax.map((text) => signatureLine(fact, text)), '```'];
  const summary = summaryOf(fact);
  if (summary !== undefined) lines.push(`${summary}.`, '');
  if (fact.byDefault !== '') lines.push(`Default: \`${fact.byDefault}\`  `);
  if (fact.contexts.length > 0)
    lines.push(`Context: ${fact.contexts.map((context) => context.replace('if-', 'if in ')).join(', ')}  `);
  lines.push(`${sourceText(fact)}  `);
  const since = fact.present[0]?.[0] ?? '';
  if (since !== '')
    lines.push(`Since: nginx ${since}${reaches(target.nginx, since) ? '' : ` (newer than ${target.nginx})`}  `);
  if (fact.obsoleteSince !== undefined)
    lines.push(`Obsolete since nginx ${fact.obsoleteSince}${fact.successor ? `: use \`${fact.successor}\`` : ''}  `);
  const url = documentationUrl(fact);
  if (url !== '') lines.push('', `[Documentation](${url})`);
  return lines.join('\n');
}

/** What it does: a directive of another module may have the same name and do something else. */
export function summaryOf({ name, source }: DirectiveFact): string | undefined {
  const upstream = /^(?:proxy|grpc|uwsgi)_ssl_(.+)$/.exec(name)?.[1];
  if (upstream !== undefined) return upstreamSummaries[upstream];
  return source === 'open' || source === 'removed' ? (summaries[name] ?? furtherSummary(name)) : undefined;
}

function signatureLine(fact: DirectiveFact, text: string): string {
  return `${[fact.name, text].filter((part) => part !== '').join(' ')}${fact.block ? ' { … }' : ';'}`;
}

function argumentsText({ signature: { min, max } }: DirectiveFact): string {
  const known = Math.max(min, max === Number.POSITIVE_INFINITY ? min : max);
  const words = Array.from({ length: known }, (_, index) =>
    index < min ? `<value${known > 1 ? index + 1 : ''}>` : '[…]',
  );
  return [...words, ...(max === Number.POSITIVE_INFINITY ? ['…'] : [])].join(' ');
}

function sourceText(fact: DirectiveFact): string {
  switch (fact.source) {
    case 'open':
      return `Module: ngx_${fact.module}_module`;
    case 'commercial':
      return `NGINX Plus: ngx_${fact.module}_module`;
    case 'removed':
      return `No longer part of nginx (last release: ${fact.present.at(-1)?.[1] || 'unknown'})`;
    default:
      return `Third-party module: ${fact.module}`;
  }
}

/** The list that a word of a directive is. */
function listIn(name: string, text: string, index: number, first: string): OfferedList | undefined {
  if (/(?:^|_)ssl_ciphers$/.test(name)) return { kind: 'cipher-string', text };
  if (name === 'ssl_ecdh_curve') return { kind: 'groups', text };
  return index === 1 && /(?:^|_)ssl_conf_command$/.test(name) ? listOfCommand(first, text) : undefined;
}

/** What a word means that stands for something, such as `last` behind a `rewrite`. */
function describeArgument({ item, word, scope }: Cursor): string | undefined {
  if (!item || !word) return undefined;
  const fact = factsOf(item.name).find((each) => scope.context !== undefined && isAllowedIn(each, scope.context));
  const before = item.args.slice(0, item.args.indexOf(word)).map(({ value }) => value);
  const meaning = describeWord(item.name, fact, before, word.value);
  return meaning === undefined ? undefined : `\`${word.value}\`: ${meaning}.`;
}

function describeValue(name: string, value: string, target: Target): string | undefined {
  const protocol = /(?:^|_)ssl_protocols$/.test(name) ? protocolVersions.find((known) => known === value) : undefined;
  return protocol && describeProtocol(protocol, target);
}
