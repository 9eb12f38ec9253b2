/** Texts of so many pieces that begin something and do not end it, or are read in many ways, by what reads them. */
export const hostile = {
  placeholders: ['@', '%a', '<A', '__A', '@a', '_', '<', '@a-', '!A', '!'].map((part) => repeated(part)),
  templateMarks: [
    ...[
      '<#if ',
      '[#if ',
      `\${`,
      '%{ if ',
      '{if ',
      '{/if}{if "',
      '[[ a',
      '{* ',
      '|*if ',
      '|?A',
      '@!@',
      '@%@',
      '$$a{',
      '<#-- ',
      '$aa\n',
    ].map((part) => repeated(part)),
    repeated('{a', 'server {{\n', '\n}}\n'),
    repeated('("', '<#if a>'),
  ],
  pem: ['-----BEGIN ', '-'].map((part) => repeated(part)),
  nginx: [
    '{{ ',
    '"',
    'a {',
    '}',
    "'\n",
    'server {\n',
    'x\\',
    'content_by_lua_block { [[ ',
    'listen\n',
    '{% ',
    'a "',
    '{% if a %}{% ',
    '{% if a %}{',
    'a{% ',
    '<%- ',
    '<%- if a %>{',
    '${{',
    '${a[',
    `\${A}A_A\n`,
    ' % if\n',
    '> end',
  ].map((part) => repeated(part)),
  apache: [
    ...['<A>\n', '</A>\n', '<A>\n</B>\n', 'A \\\n', '"', '<'].map((part) => repeated(part)),
    ...['{{', '{{ '].map((part) => repeated(part, 'A ')),
  ],
  yaml: [
    ...['a: |\n', '- ', 'a: |\n  server {\n', ' ', '"a": |\n b\n', "'a", '{{\n'].map((part) =>
      repeated(part, 'a: |\n'),
    ),
    repeated(' ', 'nginx.conf: |\n  server { listen 80; }\na', '\n'),
  ],
  scripts: ['a <<EOF\n', '<<', 'EOF\n', '<<a\na\n', '$(', '`', '\\$', '> ', 'tee -a ', 'x<<"E"\nE\n'].map((part) =>
    repeated(part, 'a <<E\n', '\nE\n'),
  ),
  typed: [repeated('x', 'a ', '; b'), repeated('"\\', 'a ', ';'), repeated('${', 'a '), repeated('{', 'a ')],
  formats: [repeated('%{'), repeated('%<')],
} as const;

function repeated(part: string, before = '', after = ''): (count: number) => string {
  return (count) => `${before}${part.repeat(count)}${after}`;
}
