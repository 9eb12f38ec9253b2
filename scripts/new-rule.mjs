// Makes a rule about the model: source, page and an entry in the list; the page's samples are its test.
// usage: npm run new:rule -- ID "Title, one line without a full stop"
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const [id, title = 'One line, sentence case, no full stop'] = process.argv.slice(2);
if (id === undefined || !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id)) {
  console.error('usage: npm run new:rule -- ID ["Title"]   ID in kebab-case says what is wrong: protocol-obsolete');
  process.exit(2);
}
const source = `src/rules/${id}.ts`;
const page = `docs/rules/${id}.md`;
for (const file of [source, page]) {
  if (existsSync(file)) {
    console.error(`${file} exists already.`);
    process.exit(1);
  }
}

writeFileSync(source, sourceText());
writeFileSync(page, pageText());
writeFileSync('src/rules/index.ts', indexText());
console.log(`Written: ${source}, ${page}, src/rules/index.ts.
Next: 1. write the check, 2. write the page with a bad and a good sample, 3. UPDATE_GOLDEN=1 npm run test:unit -- rules,
      4. npm run generate (rule table, settings).`);

function sourceText() {
  return `import type { Rule } from './rule.ts';
import { writtenSettings } from './support/shared-settings.ts';

/** What is wrong, in a sentence, with the section of the RFC or manual that says so. */
export const ${camelCase(id)}: Rule = {
  id: '${id}',
  title: ${quoted(title)},
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'protocols')) {
      yield { message: 'Name the thing, say what happens, say the next step.', location: shared.location };
    }
  },
};
`;
}

function pageText() {
  return `# ${title}

\`${id}\` · information · advice

## What it means

## Why it matters

What really happens, on the server and to its clients.

## How to fix

### Bad

\`\`\`nginx
server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate /etc/ssl/example.com.crt;
    ssl_certificate_key /etc/ssl/example.com.key;
    ssl_protocols TLSv1.2;
}
\`\`\`

### Good

\`\`\`nginx
server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate /etc/ssl/example.com.crt;
    ssl_certificate_key /etc/ssl/example.com.key;
}
\`\`\`

## Exceptions

None.

## Sources

- RFC 0000 section 0
`;
}

/** The list of rules holds every file of the folder, in the order of the ids. */
function indexText() {
  const ids = readdirSync('src/rules')
    .filter((file) => file.endsWith('.ts') && !['index.ts', 'rule.ts'].includes(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const lineOf = (name) => `import { ${camelCase(name)} } from './${name}.ts';`;
  const imports = [
    ...ids.map(lineOf),
    `import type { Rule } from './rule.ts';`,
    `import { inEveryBranch } from './support/branches.ts';`,
  ].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  const text = readFileSync('src/rules/index.ts', 'utf8');
  const comment = text.slice(text.indexOf('/**'), text.indexOf('export const'));
  return `${imports.join('\n')}

${comment}export const rules: readonly Rule[] = [
${ids.map((name) => `  ${camelCase(name)},`).join('\n')}
].map(inEveryBranch);
`;
}

function pathOf(line) {
  return line.slice(line.indexOf("'"));
}

function camelCase(name) {
  return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

function quoted(text) {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
