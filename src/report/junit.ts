import type { Finding, Severity } from '../text/finding.ts';
import { jsonRange } from './json.ts';
import { printable } from './printable.ts';
import type { LintReport } from './report.ts';

/**
 * Test results in the XML of JUnit, which every CI server shows. Findings that let the call fail are tests that fail, others
 * are tests that pass and say something. Without any there is one that passes: a report without tests counts as a broken one.
 */
export function lintJunit(report: LintReport, isFailure: (severity: Severity) => boolean): string {
  const cases = report.findings.map((finding) => testCase(report, finding, isFailure(finding.severity)));
  const failures = report.findings.filter(({ severity }) => isFailure(severity)).length;
  const checked = `${report.files} ${report.files === 1 ? 'file' : 'files'} checked`;
  if (cases.length === 0) cases.push(`  <testcase classname="tls-workbench" name="${checked}"/>`);
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `<testsuite name="tls-workbench lint" ${counts}>`,
    ...cases,
    '</testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testCase(report: LintReport, { rule, severity, message, location }: Finding, isFailure: boolean): string {
  const { start } = jsonRange(report.documents.get(location.file), location.range);
  const file = report.displayName(location.file);
  const place = `${file}:${start.line}:${start.column}`;
  const text = escaped(`${place}: ${severity}: ${message} [${rule}]`);
  const said = isFailure
    ? `<failure type="${severity}" message="${escaped(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  const names = `classname="tls-workbench.${escaped(rule)}" name="${escaped(place)}"`;
  return `  <testcase ${names} file="${escaped(file)}" line="${start.line}">${said}</testcase>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML has no way to write control characters and halves of a pair. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[&<>"]/g, (character) => entities[character] as string)
    .replace(/\p{Cs}|[\ufffe\uffff]/gu, '\ufffd');
}
