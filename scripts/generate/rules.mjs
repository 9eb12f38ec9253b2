import { readFileSync } from 'node:fs';
import { load } from '../load.mjs';

/** Every rule there is: those about the model, and those about a language's own text, each id once. In the order of ids. */
async function allRules() {
  const { rules } = await load('src/rules/index.ts');
  const { languages } = await load('src/analysis/languages.ts');
  const { suppressionRules } = await load('src/analysis/comments/suppression.ts');
  const byId = new Map();
  for (const rule of rules) byId.set(rule.id, { ...rule, about: ['the server model'] });
  for (const language of languages) {
    for (const rule of language.rules) {
      const about = [...(byId.get(rule.id)?.about ?? []), language.name ?? language.id];
      byId.set(rule.id, { ...(byId.get(rule.id) ?? rule), about });
    }
  }
  for (const rule of suppressionRules) byId.set(rule.id, { ...rule, about: ['comments'] });
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The table of rules, and the rules that settings and plan file may name. */
export async function generateRules() {
  const rules = await allRules();
  return [ruleTable(rules), settings(rules), planSchema(rules)];
}

function ruleTable(rules) {
  const rows = rules.map(
    ({ id, title, severity, effect, about }) =>
      `| [\`${id}\`](rules/${id}.md) | ${title} | ${severity} | ${effect} | ${about.join(', ')} |`,
  );
  const text = `# Rules

Written by \`npm run generate\`. Severity and effect are the usual ones; a finding may carry a lower one where less is known.
\`start\`: the server does not start; \`connect\`: clients cannot connect; \`security\`: weaker than the profile in force;
\`advice\`: good to know.

| rule | finds | severity | effect | about |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  return { file: 'docs/rules.md', text };
}

function settings(rules) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const setting = manifest.contributes.configuration
    .map(({ properties }) => properties['tlsWorkbench.rules'])
    .find((found) => found !== undefined);
  const { enum: levels } =
    setting.additionalProperties === false ? Object.values(setting.properties)[0] : setting.additionalProperties;
  setting.additionalProperties = false;
  setting.properties = Object.fromEntries(
    rules.map(({ id, title, severity }) => [
      id,
      { type: 'string', enum: levels, description: `${title} (${severity})` },
    ]),
  );
  return { file: 'package.json', text: JSON.stringify(manifest) };
}

function planSchema(rules) {
  const file = 'media/tls-workbench.schema.json';
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const setting = schema.properties.lint.properties.rules;
  setting.properties = Object.fromEntries(
    rules.map(({ id, title }) => [id, { ...setting.additionalProperties, description: title }]),
  );
  return { file, text: JSON.stringify(schema) };
}
