import { folderOf } from '../../text/path.ts';
import type { Range } from '../../text/range.ts';
import { readCertificate } from './certificate.ts';
import { checkPlan } from './check.ts';
import { readIssuer } from './issuer.ts';
import type { Issuer, Plan, PlanDiagnostic, PlannedCertificate } from './plan.ts';
import { yamlFaults } from './yaml-faults.ts';
import { type Reporter, readMap, toYamlValue, type YamlEntry } from './yaml-reader.ts';

export const planFileName = 'tls-workbench.yaml';

/** Whatever somebody keeps in the plan for anchors, or for tools of their own, as in Compose files. */
const foreign = 'x-';

export interface PlanResult {
  readonly plan: Plan;
  readonly diagnostics: readonly PlanDiagnostic[];
  /** Places of all entries below `certificates:`, also of those that could not be read. */
  readonly entries: ReadonlyMap<string, Range>;
}

/**
 * Reads a plan. Never rejects for any text: what could not be understood is left out and reported.
 * @param file absolute path, with `/`; relative paths in the plan start at its folder
 */
export async function readPlan(file: string, text: string): Promise<PlanResult> {
  const yaml = await import('yaml');
  const diagnostics: PlanDiagnostic[] = [];
  const about =
    (entry: Pick<PlanDiagnostic, 'certificate' | 'issuer'> = {}): Reporter =>
    (code, range, message, severity = 'error', instead = undefined) =>
      diagnostics.push({
        ...{ code, severity, message, file, range },
        ...entry,
        ...(instead === undefined ? {} : { instead }),
      });
  const report = about();
  const whole: Range = { start: 0, end: text.length };
  const document = yaml.parseDocument(text, { prettyErrors: false, merge: true });
  for (const { range, message } of yamlFaults(yaml, document, text)) report('plan-syntax', range, message);
  const root = toYamlValue(yaml, document, document.contents, whole);
  const own = { ...root, entries: root.entries.filter(({ key }) => !key.startsWith(foreign)) };
  const sections = readMap(own, 'The plan', ['lint', 'issuers', 'certificates'], report);
  const folder = folderOf(file);
  const issuers = named<Issuer>(sections.get('issuers'), 'issuers', report, (entry) =>
    readIssuer(entry, folder, about({ issuer: entry.key })),
  );
  const certificates = named<PlannedCertificate>(sections.get('certificates'), 'certificates', report, (entry) =>
    readCertificate(entry, folder, about({ certificate: entry.key })),
  );
  const plan = { file, folder, issuers, certificates };
  const written = sections.get('issuers')?.value.entries.map(({ key }) => key);
  checkPlan(plan, new Set(written), about);
  const entries = new Map(
    (sections.get('certificates')?.value.entries ?? []).map(({ key, keyRange, value }) => [
      key,
      { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) },
    ]),
  );
  return { plan, diagnostics, entries };
}

function named<T>(
  section: YamlEntry | undefined,
  what: string,
  report: Reporter,
  read: (entry: YamlEntry) => T | undefined,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  if (section === undefined || section.value.kind === 'empty') return found;
  if (section.value.kind !== 'map') {
    report('plan-type', section.value.range, `"${what}" must be a map from a name to its settings.`);
    return found;
  }
  for (const entry of section.value.entries) {
    const value = read(entry);
    if (value !== undefined) found.set(entry.key, value);
  }
  return found;
}
