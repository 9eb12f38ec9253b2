import type { PlanDiagnostic } from './plan.ts';

/** What is told of a place once for each certificate that uses it, as behind an anchor, told once. */
export function distinctDiagnostics(diagnostics: readonly PlanDiagnostic[]): readonly PlanDiagnostic[] {
  return distinctBy(diagnostics, ({ code, range, message }) => `${code} ${range.start} ${message}`);
}

/** The first of each key, in their order. */
export function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}
