import type { ApacheNode } from '../syntax.ts';
import { commentBehindTag } from './comment-behind.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';
import { textOf } from './source.ts';

/**
 * `</IfModule> # words`: where the condition holds, httpd compares the whole line with the tag (`ap_build_cont_config`). It does
 * not where it skips what is inside, nor at the end of any other section.
 */
export function* behindClosingTags(context: ApacheContext): Iterable<ApacheReport> {
  const { startConditions, taken, all } = context.evaluation;
  for (const { section, file, ...around } of startConditions) {
    const { close, name } = section;
    if (close === undefined) continue;
    const tag = `</${name}>`;
    const line = textOf(file, context).slice(close.start, close.end).trim().replaceAll('\t', ' ');
    // What stands right behind it is told of every section; and a template may have taken the words away.
    if (!line.toLowerCase().startsWith(`${tag.toLowerCase()} `) || /[%{}$@]|__/.test(line)) continue;
    const statement = taken.has(section)
      ? around
      : all.find((each) => each.file === file && isWithin(each.node, section));
    if (statement === undefined) continue;
    const comment = commentBehindTag(textOf(file, context), file, close);
    yield {
      message: `${tag} without matching <${name}> section: where its condition holds, nothing may stand behind this tag${comment ? `, no comment either. ${comment.hint}` : '. Remove it.'}`,
      location: { file, range: comment?.range ?? close },
      statement,
      fixes: comment?.fixes ?? [fix(`Change to ${tag}`, false, { file, range: close, newText: tag })],
    };
  }
}

function isWithin(
  { range }: ApacheNode,
  { header, range: { end } }: ApacheNode & { readonly kind: 'section' },
): boolean {
  return header.end <= range.start && range.end <= end;
}
