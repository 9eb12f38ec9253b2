import { absentOnce } from '../analysis/absent-files.ts';
import type { ParseCache } from '../analysis/project/gather.ts';
import { mainFilesAbove } from '../analysis/project/main-file.ts';
import { analyseDump, analyseFile, type Run, type RunOptions } from '../analysis/run.ts';
import type { Language } from '../languages/language.ts';
import type { InputFile } from './inputs.ts';

/**
 * Analyses every input once: main files first, then what no main file included. A snippet is judged within the main file
 * beside or above it that includes it, and only its own findings are kept.
 */
export async function analyseInputs(
  inputs: readonly InputFile[],
  asked: Omit<RunOptions, 'mainFiles' | 'cache' | 'pins'>,
): Promise<readonly Run[]> {
  const cache: ParseCache = new Map();
  const options = { ...asked, pins: new Map() };
  const runs: Run[] = [];
  const covered = new Set<string>();
  const snippets: Snippet[] = [];
  for (const input of inputs) {
    if (input.dump) {
      const place = (path: string) => `${input.file}\0${path}`;
      if (covered.has(place(input.dump.main))) continue;
      const run = await analyseDump(input.dump, input.language, options);
      runs.push(run);
      for (const path of run.project.files.keys()) covered.add(place(path));
      continue;
    }
    const run = await analyseFile(input.file, input.text, input.language, { ...options, cache });
    // Where any file may be taken over, even a whole one may be a part of another.
    if (!run.project.complete || input.language.takenOverBy) {
      snippets.push({ input, alone: run });
      continue;
    }
    runs.push(run);
  }
  for (const file of snippets.length === 0 ? [] : runs.flatMap(({ project }) => [...project.files.keys()])) {
    covered.add(file);
    // A site that is enabled by a link is one site.
    covered.add(await options.host.files.realPath(file));
  }
  const mains = runs.map(({ project }) => project.entry);
  // Applications come last: what stands in front of them says something about them.
  const isServer = ({ language }: { readonly language: Language }) => language.home !== undefined;
  const inOrder = [
    ...snippets.filter(({ input }) => isServer(input)),
    ...snippets.filter(({ input }) => !isServer(input)),
  ];
  const named = new Set(inputs.map(({ file }) => file));
  const isAsked = (file: string) => named.has(file);
  for (const { input, alone } of inOrder) {
    if (covered.has(input.file) || covered.has(await options.host.files.realPath(input.file))) continue;
    const above = await mainFilesAbove(input.file, input.language, options.host.files);
    const mainFiles = input.language.isReadPerFolder?.(input.file)
      ? [...above, ...mains]
      : withTakers(above, input, snippets);
    const servers = isServer(input) ? [] : runs.filter(isServer).map(({ model }) => model);
    if (mainFiles.length === 0 && servers.length === 0) {
      runs.push(alone);
      continue;
    }
    const within = { ...options, cache, mainFiles, servers, isAsked };
    const run = await analyseFile(input.file, input.text, input.language, within);
    const isMain = run.project.entry === input.file;
    runs.push(isMain ? run : { ...run, findings: run.findings.filter(({ location }) => location.file === input.file) });
  }
  // Only now: the first place may be in a file that nobody asked for.
  return runs.map((run) => ({ ...run, findings: absentOnce(run.findings) }));
}

interface Snippet {
  readonly input: InputFile;
  readonly alone: Run;
}

/** Also whole files of other folders that take this one over, as those of several sites do with what is common to them. */
function withTakers(
  beside: readonly string[],
  { file, language: { takenOverBy } }: InputFile,
  snippets: readonly Snippet[],
): readonly string[] {
  if (takenOverBy === undefined) return beside;
  const takers = snippets
    .filter(({ alone: { project } }) => project.complete && project.entry !== file && project.files.has(file))
    .map(({ alone: { project } }) => project.entry);
  const all = [...new Set([...beside, ...takers])];
  return all.sort((one, other) => takenOverBy.rank(one) - takenOverBy.rank(other));
}
