import { type Disposable, languages as editorLanguages, SymbolInformation, SymbolKind } from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import type { Location } from '../../../text/range.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { editorLocation } from '../../convert.ts';
import { documentsOf } from '../workspace/views.ts';
import type { WorkspaceServers } from '../workspace/workspace-servers.ts';

/** Ctrl+T: the servers of the workspace by their names, and what else its configurations name, whether or not a file is open. */
export function registerWorkspaceSymbols(servers: WorkspaceServers): Disposable {
  let looked: Promise<void> | undefined;
  return editorLanguages.registerWorkspaceSymbolProvider({
    async provideWorkspaceSymbols(query) {
      // From then on it looks again by itself when files change.
      servers.start();
      looked ??= servers.look();
      await looked.catch(() => {
        looked = undefined;
      });
      const symbols = new Map<string, SymbolInformation>();
      for (const run of servers.runs()) {
        for (const { name, kind, container, location } of [...sitesIn(run), ...namesIn(run)]) {
          const place = isAsked(name, query) ? editorLocation(location, documentsOf(run)) : undefined;
          if (!place) continue;
          const key = `${name}\0${place.uri.toString()}\0${place.range.start.line}`;
          symbols.set(key, new SymbolInformation(name, kind, container, place));
        }
      }
      return [...symbols.values()];
    },
  });
}

interface NamedThing {
  readonly name: string;
  readonly kind: SymbolKind;
  /** What it is, in a few words. */
  readonly container: string;
  readonly location: Location;
}

function sitesIn({ model }: Run): readonly NamedThing[] {
  return model.sites.flatMap((site) =>
    site.names.map(({ text, location }) => ({
      name: text,
      kind: SymbolKind.Module,
      container: addressesOf(site),
      location,
    })),
  );
}

function addressesOf({ bindings }: Site): string {
  const ports = new Set(bindings.map(({ listener }) => listener.slice(listener.lastIndexOf(':') + 1)));
  return `server ${[...ports].join(' ')}`.trim();
}

/** Definitions that people look for by name; variables are too many. */
function namesIn({ language, project }: Run): readonly NamedThing[] {
  return language.names(project).flatMap(({ kind, role, location }) => {
    if (role !== 'definition' || kind.word === 'variable') return [];
    const text = project.files.get(location.file)?.document.text ?? '';
    const name = text.slice(location.range.start, location.range.end);
    return [{ name, kind: SymbolKind.Key, container: kind.word, location }];
  });
}

/** VS Code asks with what is typed, and sorts; its letters have to come in that order. */
function isAsked(name: string, query: string): boolean {
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = name.toLowerCase().indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
