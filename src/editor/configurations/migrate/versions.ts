import { type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import { type Program, programNames, type Target } from '../../../tls/target.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';

/** Versions to migrate to. */
export interface WantedVersions {
  readonly target: Target;
  /** As people call them: `Debian 13`. */
  readonly label: string;
  /** As the setting `target` has them. */
  readonly setting: Readonly<Record<string, string>>;
}

type Item = QuickPickItem & { readonly setting?: Readonly<Record<string, string>> };

/** Asks for a distribution or for single versions. Undefined where it was left. */
export async function askForVersions(run: Run): Promise<WantedVersions | undefined> {
  const { platforms } = await import('../../../analysis/platforms.ts');
  const { parseTarget } = await import('../../../analysis/target.ts');
  const server = run.language.id;
  const name = programNames[server];
  const items: Item[] = Object.entries(platforms).flatMap(([system, releases]) =>
    Object.entries(releases)
      .filter(([, platform]) => platform[server] !== undefined)
      .reverse()
      .map(([release, platform]) => ({
        label: platform.name,
        description: `${name} ${platform[server]} · OpenSSL ${platform.openssl}`,
        setting: { [system]: release },
      })),
  );
  items.push({ label: '', kind: QuickPickItemKind.Separator }, { label: '$(edit) Other versions…' });
  const title = `Migrate from ${name} ${run.model.target[server]}`;
  return runWizard(async (wizard) => {
    const picked = await wizard.pick(items, {
      title,
      placeHolder: 'To which versions?',
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    const setting = picked.setting ?? (await askForText(wizard, title, server));
    return { target: parseTarget(setting), label: picked.setting ? picked.label : textOf(setting), setting };
  });
}

const examples: Readonly<Record<Program, string>> = {
  nginx: 'nginx=1.28.0,openssl=3.5',
  apache: 'apache=2.4.66,openssl=3.5',
  django: 'django=5.2',
};

async function askForText(wizard: Wizard, title: string, server: Program) {
  const { parseTargetText } = await import('../../../analysis/target.ts');
  const problem = (value: string): string | undefined => {
    try {
      parseTargetText(value);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const example = examples[server];
  const text = await wizard.input({
    title,
    prompt: `Versions to migrate to, such as ${example}`,
    placeHolder: example,
    validateInput: problem,
    ignoreFocusOut: true,
  });
  return Object.fromEntries(text.split(',').map((part) => part.split('=').map((word) => word.trim()))) as Readonly<
    Record<string, string>
  >;
}

function textOf(setting: Readonly<Record<string, string>>): string {
  return Object.entries(setting)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}
