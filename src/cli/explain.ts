import { allRules, ruleIds } from '../operations/all-rules.ts';
import { suggest } from '../text/suggest.ts';
import { type Command, UsageError } from './io.ts';
import { commonHelp, readArguments } from './options.ts';
import { rulePages } from './package-files.ts';

const usage = `usage: tls-workbench explain [RULE…]

The page of a rule, whose name stands in brackets behind a finding: what it means, what the server really does, how to
mend it, with a bad and a good sample. Without a name: all rules, with the severity that they mostly have.

${commonHelp(20)}
Exit code: 0, or 2 could not run.
`;

export const explain: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, {});
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const ofCertificates = positionals.every((id) => ruleIds.has(id)) ? undefined : await certificatePages();
  for (const id of positionals)
    if (!ruleIds.has(id) && !ofCertificates?.has(id)) throw new UsageError(unknown(id, ofCertificates));
  if (positionals.length === 0) io.stdout(list());
  const pages = positionals.length === 0 ? undefined : await rulePages();
  for (const id of positionals) {
    const page = pages?.[id] ?? ofCertificates?.get(id);
    if (page === undefined) throw new UsageError('The pages of the rules are not in this package. Install it again.');
    io.stdout(page);
  }
  return 0;
};

function list(): string {
  const width = Math.max(...allRules.map(({ id }) => id.length));
  return [...allRules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd('information'.length)}  ${title}\n`)
    .join('');
}

/** What is told of certificates themselves has no pages: its message says what breaks and what to do. */
async function certificatePages(): Promise<ReadonlyMap<string, string>> {
  const { lints } = await import('../certificates/lint/lint.ts');
  const { otherTitles, togetherTitles } = await import('../certificates/finding-titles.ts');
  const page = (id: string, title: string, what: string, reference = '') =>
    `# ${title}\n\n\`${id}\` · told ${what}"inspect"\n\nThe message says what breaks and what to do.${reference}\n`;
  return new Map([
    ...Object.entries({ ...togetherTitles, ...otherTitles }).map(
      ([id, title]) => [id, page(id, title, 'by ')] as const,
    ),
    ...lints.map(({ id, title, reference }) => {
      return [id, page(id, title, 'of a certificate by ', ` It rests on ${reference}.`)] as const;
    }),
  ]);
}

function unknown(id: string, ofCertificates: ReadonlyMap<string, string> = new Map()): string {
  const near = suggest(id, [...ruleIds, ...ofCertificates.keys()]);
  return `lint has no rule "${id}". ${near === undefined ? 'Without a name all rules are listed.' : `Did you mean ${near}?`}`;
}
