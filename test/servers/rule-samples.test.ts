import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { languages } from '../../src/analysis/languages.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseSample } from '../rules/support/analyse-sample.ts';
import { readPage, type Sample } from '../rules/support/pages.ts';
import { djangoProbes } from './django/probes.ts';
import { backends, startBackend } from './rule-samples/backend.ts';
import { makeSampleFiles } from './rule-samples/certificates.ts';
import { notShown, type Probe, probes, refusesClients } from './rule-samples/probes.ts';
import { makeWebRoots, runSample } from './rule-samples/servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'rule-samples-'));

before(() => {
  chmodSync(folder, 0o755);
  makeSampleFiles(folder);
  makeWebRoots(folder);
});
after(() => rmSync(folder, { recursive: true, force: true }));

// What stops nginx by its text alone is asked of `nginx -t`, in nginx-text-fixes.test.ts; what has a probe shows itself here.
const servers = languages.filter(({ home }) => home !== undefined);
const textRules = servers.flatMap((language) =>
  language.id === 'nginx'
    ? language.rules.filter(({ effect, id }) => effect === 'security' || Object.hasOwn(probes, id))
    : language.rules,
);
const ids = new Set([...rules, ...textRules].map(({ id }) => id));

/** What Django does of samples in Python is asked in django-samples.test.ts. */
const shown = new Set<string>(Object.keys(djangoProbes));

for (const id of ids) {
  const samples = readPage(id).samples.filter(({ language }) => language !== 'django');
  const effects = new Set(
    samples
      .filter(({ kind }) => kind === 'bad')
      .flatMap((sample) => analyseSample(sample).findings.filter(({ rule }) => rule === id))
      .map(({ effect }) => effect),
  );
  const probe = probes[id] ?? (effects.has('connect') ? refusesClients : undefined);
  if (!effects.has('start') && probe === undefined) continue;
  describe(id, () => {
    if (samples.some(({ kind, settings }) => kind === 'bad' && !settings.has('target'))) shown.add(id);
    samples.forEach((sample, index) => {
      // What another OpenSSL or nginx does cannot be seen with this one.
      if (sample.settings.has('target')) return;
      test(`sample ${index + 1} (${sample.kind}, ${sample.language})`, { timeout: 30_000 }, async () => {
        await judge(id, sample, probe);
      });
    });
  });
}

test('every page shows its effect on a server, or it is said why it cannot', () => {
  assert.deepEqual([...ids].filter((id) => !shown.has(id)).sort(), Object.keys(notShown).sort());
});

/** The bad sample shows its effect; the good one does not, and neither does the bad one after any of its fixes. */
async function judge(id: string, sample: Sample, probe: Probe | undefined): Promise<void> {
  const found = analyseSample(sample).findings.filter(({ rule }) => rule === id);
  await run(id, sample, probe, sample.kind === 'bad', found[0]?.effect === 'start');
  for (const fix of found.flatMap(({ fixes }) => fixes)) {
    await run(id, { ...sample, text: applyEdits(sample.text, fix.edits) }, probe, false, false);
  }
}

async function run(
  id: string,
  sample: Sample,
  probe: Probe | undefined,
  effect: boolean,
  stops: boolean,
): Promise<void> {
  const kind = backends[id];
  const backend = kind === undefined ? undefined : await startBackend(kind, folder);
  const running = await runSample(sample, folder, backend?.port);
  try {
    assert.equal(running.started, !stops, `${sample.text}\n${running.log}`);
    if (running.started && probe !== undefined) assert.equal(await probe(running, sample), effect, sample.text);
  } finally {
    await running.stop();
    await backend?.stop();
  }
}
