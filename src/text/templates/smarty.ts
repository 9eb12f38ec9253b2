import { comment, statement, stepOf, value } from './marks.ts';

/** Smarty, as hosting panels have it: `{if $tls}…{/if}`, `{$vhost.name}`. */
export function withSmarty(text: string): string {
  if (!/\{\/(?:if|foreach|section|for|while)\}/.test(text)) return text;
  return text
    .replace(/\{\*[\s\S]{0,2000}?\*\}/g, comment)
    .replace(tag, (mark, closing: string, word: string) => statement(mark, stepOf(word, closing !== '')))
    .replace(/\{(\$[\w.>[\]'":|@-]+)\}/g, (mark, name: string) => value(mark, name));
}

const tag =
  /\{(\/?)(if|elseif|else|foreachelse|foreach|sectionelse|section|for|while|literal|strip|capture|assign|include|ldelim|rdelim)\b(?:"[^"\n]*"|'[^'\n]*'|[^{}"'\n])*\}/g;
