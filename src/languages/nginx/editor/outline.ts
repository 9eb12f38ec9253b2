import { entryOf } from '../../../text/entry-of.ts';
import { isAbsolute } from '../../../text/path.ts';
import type { Range } from '../../../text/range.ts';
import type { Link, OutlineItem } from '../../language.ts';
import { absolutePath, configurationPath, prefixPath } from '../includes.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Directive } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';
import { headRange } from '../scope.ts';

/** Blocks and includes, with what tells a server from another: its names and addresses. */
export function outline(file: NginxFile): readonly OutlineItem[] {
  return items(file.directives);
}

function items(directives: readonly Directive[]): readonly OutlineItem[] {
  return directives.flatMap((directive): readonly OutlineItem[] => {
    const { nameWord: name, args, block } = directive;
    const words = args.map(({ value }) => value).join(' ');
    const selection = headRange(directive);
    const range = { start: directive.start, end: directive.end };
    if (name.value === 'include') {
      return [{ name: 'include', detail: words, kind: 'include', range, selection, children: [] }];
    }
    if (!block) return [];
    const children = block.content === 'directives' ? items(block.directives) : [];
    const label = name.value === 'server' ? 'server' : [name.value, words].filter((word) => word !== '').join(' ');
    return [{ name: label, detail: detailOf(block.directives), kind: 'section', range, selection, children }];
  });
}

/** `example.com · 443 ssl` for a server; empty for other blocks. */
function detailOf(directives: readonly Directive[]): string {
  const of = (name: string) =>
    directives
      .filter((directive) => directive.nameWord.value === name)
      .map(({ args }) => args.map(({ value }) => value));
  const addresses = of('listen').map((words) => words.join(' '));
  return [...of('server_name').map(listed), ...addresses].join(' · ');
}

/** As many names as somebody reads before the addresses that follow: a server may have thousands. */
const listedNames = 8;

function listed(names: readonly string[]): string {
  const more = names.length - listedNames;
  return more <= 1 ? names.join(' ') : `${names.slice(0, listedNames).join(' ')} and ${more} more`;
}

/** Blocks and runs of comments, from their first line's end to where they end. */
export function folding(file: NginxFile): readonly Range[] {
  const { text } = file.document;
  const ranges: Range[] = [];
  const visit = (directives: readonly Directive[]) => {
    for (const { block, start } of directives) {
      if (!block) continue;
      if (text.slice(start, block.end).includes('\n')) ranges.push({ start, end: block.end });
      visit(block.directives);
    }
  };
  visit(file.directives);
  return [...ranges, ...commentRuns(file)];
}

function commentRuns({ comments, document }: NginxFile): readonly Range[] {
  const runs: Range[] = [];
  let run: Range | undefined;
  for (const comment of comments) {
    const joins = run !== undefined && /^\r?\n[ \t]*$/.test(document.text.slice(run.end, comment.start));
    if (run && joins) run = { start: run.start, end: comment.end };
    else {
      if (run) runs.push(run);
      run = comment;
    }
  }
  if (run) runs.push(run);
  return runs.filter(({ start, end }) => document.text.slice(start, end).includes('\n'));
}

const linked: Readonly<Record<string, Link['kind']>> = {
  include: 'include',
  ssl_certificate: 'certificate',
  ssl_trusted_certificate: 'certificate',
  ssl_client_certificate: 'certificate',
  ssl_certificate_key: 'key',
  ssl_dhparam: 'other',
  ssl_crl: 'other',
  ssl_password_file: 'other',
  ssl_session_ticket_key: 'other',
  ssl_stapling_file: 'other',
  auth_basic_user_file: 'other',
  root: 'other',
  alias: 'other',
};

/** Paths that lead to a file: includes, certificates, keys and their like. */
export function links(file: NginxFile, entry: string): readonly Link[] {
  const found: Link[] = [];
  const visit = (directives: readonly Directive[]) => {
    for (const directive of directives) {
      const { nameWord: name, args, block } = directive;
      if (block) {
        if (block.content !== 'lua') visit(block.directives);
        continue;
      }
      const kind = entryOf(linked, name.value.replace(/^(?:proxy|grpc|uwsgi)_(?=ssl_)/, ''));
      const word = args[0];
      if (!kind || !word || word.templated || word.value === '' || word.value.includes('$')) continue;
      const resolve =
        name.value === 'root' || name.value === 'alias'
          ? prefixPath
          : kind === 'include'
            ? absolutePath
            : configurationPath;
      const path = resolve(word.value, entry);
      if (isAbsolute(path)) found.push({ range: rangeOf(directive, word), path, kind });
    }
  };
  visit(file.directives);
  return found;
}
