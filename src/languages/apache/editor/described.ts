/** Markdown about something that is written. `summary`: without its full stop, or empty; `page`: below the manual's root */
export function describeWith(written: string, summary: string, since: string, page: string): string {
  const lines = [`\`\`\`apacheconf\n${written}\n\`\`\``];
  if (summary !== '') lines.push(`${summary}.`);
  if (since !== '') lines.push('', `Since: Apache ${since}`);
  lines.push('', `[Documentation](https://httpd.apache.org/docs/2.4/${page})`);
  return lines.join('\n');
}
