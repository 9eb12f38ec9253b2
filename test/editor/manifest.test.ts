import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { languages } from '../../src/analysis/languages.ts';
import {
  commands,
  contextKeys,
  effectiveLanguage,
  languageIds,
  panels,
  pemLanguage,
  programLanguages,
  rulePageScheme,
  scriptLanguages,
  section,
  servedLanguages,
  settings,
  undecidedLanguages,
  viewContainer,
  views,
  yamlLanguages,
} from '../../src/editor/ids.ts';

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly enablement?: string;
    }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly { readonly language: string; readonly path: string; readonly scopeName: string }[];
    readonly yamlValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string } }[];
    }[];
  };
}
interface Setting {
  readonly default?: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
}

const text = readFileSync('package.json', 'utf8');
const { contributes, activationEvents, icon } = JSON.parse(text) as Manifest;
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'editor/ids.ts')
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');

function sorted(values: Iterable<string>): readonly string[] {
  return [...values].sort();
}

test('the manifest and the code know the same commands', () => {
  assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(Object.values(commands)));
});

test('every command has a handler', () => {
  const missing = Object.keys(commands).filter(
    (name) => !new RegExp(`registerCommand\\(\\s*commands\\.${name}\\b`).test(sources),
  );
  assert.deepEqual(missing, []);
});

test('commands carry the category and their titles do not repeat it', () => {
  for (const { title, category } of contributes.commands) {
    assert.equal(category, 'TLS', title);
    assert.doesNotMatch(title, /TLS|[.!]$/, title);
  }
});

test('the manifest and the code know the same settings', () => {
  const declared = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  assert.deepEqual(sorted(declared), sorted(Object.values(settings).map((key) => `${section}.${key}`)));
  const unread = Object.keys(settings).filter((name) => !new RegExp(`(settings|keys)\\.${name}\\b`).test(sources));
  assert.deepEqual(unread, [], 'settings that nobody reads');
});

test('every setting has a default, a scope, an order and a description', () => {
  for (const { properties } of contributes.configuration) {
    for (const [name, setting] of Object.entries(properties)) {
      assert.ok('default' in setting, name);
      assert.ok(setting.scope, name);
      assert.ok(setting.order, name);
      assert.ok(setting.markdownDescription, name);
    }
  }
});

test('the manifest and the code know the same views, container and panels', () => {
  assert.deepEqual(sorted(contributes.viewsContainers.activitybar.map(({ id }) => id)), [viewContainer]);
  const declared = (contributes.views[viewContainer] ?? []).map(({ id }) => id);
  assert.deepEqual(sorted(declared), sorted(Object.values(views)));
  for (const { view } of contributes.viewsWelcome) assert.ok(declared.includes(view), view);
  const restored = activationEvents.filter((event) => event.startsWith('onWebviewPanel:'));
  assert.deepEqual(sorted(restored), sorted(Object.values(panels).map((id) => `onWebviewPanel:${id}`)));
});

test('a page of a rule that VS Code opens again wakes the extension, which has its text', () => {
  assert.ok(activationEvents.includes(`onFileSystem:${rulePageScheme}`));
});

test('menus name commands that exist, and context keys that are set', () => {
  const known: readonly string[] = Object.values(commands);
  for (const item of Object.values(contributes.menus).flat()) assert.ok(known.includes(item.command), item.command);
  const keys: readonly string[] = [...Object.values(contextKeys), ...Object.values(views)];
  const conditions = [...text.matchAll(/"(?:when|enablement)": "([^"]*)"|"onContext:([^"]*)"/g)].map(
    ([, when, context]) => (when ?? context) as string,
  );
  for (const condition of conditions) {
    for (const [key] of condition.matchAll(/tlsWorkbench\.[\w.]+/g))
      assert.ok(keys.includes(key), `${key} in ${condition}`);
  }
  const used = conditions.join(' ');
  for (const key of Object.values(contextKeys)) assert.ok(used.includes(key), `${key} is set and never asked for`);
});

test('what arranges the certificates of a folder is not offered without one', () => {
  const arranging = /Workbench\.(?:group|sort|filter|refresh)/;
  for (const { command, enablement } of contributes.commands.filter((each) => arranging.test(each.command)))
    assert.match(enablement ?? '', /workspaceFolderCount > 0/, command);
});

test('what looks into files of certificates is offered for the same ones everywhere, and for no folder', () => {
  const menus = ['explorer/context', 'editor/title/context'].map((menu) => contributes.menus[menu] ?? []);
  const endings = menus.flat().map(({ when = '' }) => /resourceExtname =~ .*/.exec(when)?.[0]);
  assert.equal(new Set(endings).size, 1);
  for (const { when = '' } of menus[0] ?? []) assert.match(when, /!explorerResourceIsFolder/);
});

test('what needs files on a disk is not offered where there are none', () => {
  for (const { command, enablement = '' } of contributes.commands)
    if (enablement.includes('isWorkspaceTrusted')) assert.match(enablement, /&& !virtualWorkspace/, command);
  const links = /tlsWorkbench\.(?:requestCertificate|importPlan)/;
  for (const { contents, when = '' } of contributes.viewsWelcome)
    if (links.test(contents)) assert.match(when, /!virtualWorkspace/, contents);
});

test('links in welcome texts and the walkthrough run commands that exist', () => {
  const known: readonly string[] = [...Object.values(commands), ...Object.values(views).map((view) => `${view}.focus`)];
  const prose = [
    ...contributes.viewsWelcome.map(({ contents }) => contents),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
  ].join('\n');
  for (const [, command] of prose.matchAll(/command:(tlsWorkbench\.[\w.]+)/g)) {
    assert.ok(known.includes(command as string), command);
  }
});

test('languages and grammars keep the established ids', () => {
  assert.deepEqual(
    sorted(contributes.languages.map(({ id }) => id)),
    sorted([...Object.values(languageIds), pemLanguage, effectiveLanguage, 'erb']),
  );
  for (const { language, scopeName } of contributes.grammars) assert.equal(scopeName, `source.${language}`);
});

test('documents of every id that a language is known by are served', () => {
  assert.deepEqual(sorted(languages.flatMap(({ editorLanguages }) => editorLanguages)), sorted(servedLanguages));
  assert.deepEqual(
    languages.flatMap(({ editorLanguages }) => editorLanguages.slice(0, 1)).sort(),
    sorted(Object.values(languageIds)),
  );
});

test('documents of programs whose settings are read are looked at', () => {
  assert.deepEqual(
    languages.flatMap(({ amongLanguages = [] }) => amongLanguages),
    programLanguages,
  );
});

test('a document of every language that is looked at wakes the extension, but plain text', () => {
  // VS Code wakes it by itself for what has a configuration.
  const own = contributes.languages.filter(({ configuration }) => configuration).map(({ id }) => id);
  const asked = [servedLanguages, undecidedLanguages, yamlLanguages, scriptLanguages, programLanguages].flat();
  const wanted = asked.filter((id) => !own.includes(id) && id !== 'plaintext').map((id) => `onLanguage:${id}`);
  assert.deepEqual(activationEvents.filter((event) => event.startsWith('onLanguage:')).sort(), sorted(wanted));
});

test('every file that the manifest names exists', () => {
  const files = [
    icon,
    ...contributes.languages.flatMap(({ configuration = [] }) => configuration),
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.viewsContainers.activitybar.map((container) => container.icon),
    ...Object.values(contributes.views).flatMap((list) => list.map((view) => view.icon)),
    ...contributes.yamlValidation.map(({ url }) => url),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
  ];
  assert.deepEqual(
    files.filter((file) => !existsSync(file)),
    [],
  );
});
