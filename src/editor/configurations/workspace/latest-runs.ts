/** The last run of each file. One run holds the texts of a whole configuration, so it stays only while one of them is open. */
export interface LatestRuns<Run> {
  of(file: string): Run | undefined;
  add(run: Run): void;
  /** Lets go of runs of which none of these files is a part. */
  keep(open: ReadonlySet<string>): void;
}

/** @param namesOf files that a run is the last one of */
export function createLatestRuns<Run>(namesOf: (run: Run) => readonly string[]): LatestRuns<Run> {
  const byFile = new Map<string, Run>();
  return {
    of: (file) => byFile.get(file),
    add(run) {
      for (const name of namesOf(run)) byFile.set(name, run);
    },
    keep(open) {
      const kept = new Set([...new Set(byFile.values())].filter((run) => namesOf(run).some((name) => open.has(name))));
      for (const [name, run] of byFile) if (!kept.has(run)) byFile.delete(name);
    },
  };
}
