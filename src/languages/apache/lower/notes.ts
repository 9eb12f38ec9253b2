import { remember } from '../../../memory/remember.ts';
import { entryOf } from '../../../text/entry-of.ts';
import type { ModelNote } from '../../../tls/model/server-model.ts';
import { idleRules, mainRedirect } from '../answers/idle-rules.ts';
import { folderOf } from '../answers/sections.ts';
import { leadsToTls, lostInFolderFiles, waitsForSlash } from '../answers/slash-rules.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { leftOut } from '../evaluate/left-out.ts';
import { allowsAll, isInclude, mayRefuse } from '../evaluate/older-access.ts';
import { isConditional, locationOf, type Statement } from '../evaluate/statement.ts';
import { readHeader } from './sites/headers.ts';

/** Response headers whose whole effect is history, by name in lower case. */
const pastHeaders: Readonly<Record<string, string>> = {
  'public-key-pins': 'hpkp',
  'public-key-pins-report-only': 'hpkp',
  'expect-ct': 'expect-ct',
};

/**
 * Directives that no longer do anything for a client of today, those that ask for a certificate too late, and redirects of a folder
 * that never come to pass.
 */
export function modelNotes(
  evaluation: Evaluation,
  complete: boolean,
  siteOf: (statement: Pick<Statement, 'key' | 'parents'>) => string | null,
): readonly ModelNote[] {
  const notes: ModelNote[] = [];
  for (const statement of withKey(evaluation, 'header')) {
    const header = readHeader(statement);
    const kind = header && header.action !== 'unset' ? entryOf(pastHeaders, header.name.toLowerCase()) : undefined;
    if (header && kind) {
      notes.push({ kind, text: header.name, site: siteOf(statement), location: locationOf(statement) });
    }
  }
  // What a section says last counts.
  const satisfied = new Map(
    withKey(evaluation, 'satisfy').map(({ args, parents }) => [parents.at(-1), /^any$/i.test(args[0]?.value ?? '')]),
  );
  const isEased = [...satisfied.values()].includes(true);
  for (const statement of withKey(evaluation, 'sslverifyclient')) {
    const section = statement.parents.at(-1);
    const mode = statement.args[0]?.value.toLowerCase() ?? '';
    // One in another section may be merged with this one or not.
    const besides = satisfied.get(section) ? alternativesIn(section, evaluation) : undefined;
    const kind = !isEased || besides ? entryOf(lateRequests, mode) : undefined;
    // In a .htaccess, and under a condition that each request decides, nothing is said.
    if (!kind || !section || section.key === 'virtualhost' || section.key === 'macro') continue;
    if (isConditional(statement)) continue;
    const text = `<${section.node.name} ${section.args.map(({ value }) => value).join(' ')}>`;
    notes.push({ kind, text, site: siteOf(statement), location: locationOf(statement), ...besides });
  }
  for (const statement of withKey(evaluation, 'rewriterule')) {
    const section = statement.parents.at(-1);
    const folder = section && folderOf(section);
    if (folder === undefined || !waitsForSlash(statement, evaluation) || !leadsToTls(statement)) continue;
    notes.push({ kind: 'redirect-lost', text: folder, site: siteOf(statement), location: locationOf(statement) });
  }
  const apart = mainRedirect(evaluation);
  if (apart) {
    const text = 'virtual hosts inherit no RewriteRule';
    notes.push({ kind: 'redirect-not-inherited', text, site: null, location: apart });
  }
  for (const { place, rules } of complete ? idleRules(evaluation) : []) {
    const redirect = place?.key === 'virtualhost' ? rules.find(leadsToTls) : undefined;
    if (redirect) {
      notes.push({ kind: 'redirect-idle', text: '', site: siteOf(redirect), location: locationOf(redirect) });
    }
  }
  for (const { condition, losses } of complete ? leftOut(evaluation) : []) {
    const { file, section } = condition;
    const at = { site: siteOf(condition), location: { file, range: section.header } };
    if (losses.includes('hsts')) notes.push({ kind: 'hsts-left-out', text: '', ...at });
    if (losses.includes('redirect') && at.site !== null) notes.push({ kind: 'redirect-idle', text: '', ...at });
  }
  for (const { folder, statement } of lostInFolderFiles(evaluation)) {
    notes.push({ kind: 'redirect-lost', text: folder, site: null, location: locationOf(statement) });
  }
  return notes;
}

/**
 * What lets in besides a certificate, with `Satisfy Any`. Apache asks `Require` where mod_ssl or `Deny` refuses, and without one it
 * lets in everybody (measured with 2.4.71). Undefined where another section or an include may say it.
 */
function alternativesIn(
  section: Statement | undefined,
  evaluation: Evaluation,
): Pick<ModelNote, 'alternative' | 'refusesOthers'> | undefined {
  const inside = section?.children ?? [];
  const refusesOthers = inside.some(mayRefuse) && !inside.some(allowsAll);
  if (inside.some(({ key }) => key.startsWith('require'))) return { alternative: 'required', refusesOthers };
  if (inside.some(isInclude)) return undefined;
  return grantsAll(evaluation) ? { alternative: 'anybody', refusesOthers } : undefined;
}

/** Nothing is required but what the root folder refuses, and folders in it grant again. */
const grantsAll = remember((evaluation: Evaluation): boolean => {
  if (evaluation.unseen.size > 0) return false;
  const all = withKey(evaluation, 'require');
  const refusing = all.filter(({ node }) => !/^all\s+granted$/i.test(node.raw));
  const isOfRoot = ({ parents }: Statement) => /^\/$|^\^?\\?\.ht/.test(parents.at(-1)?.args.at(-1)?.value ?? '');
  return refusing.length === 0 || (refusing.length < all.length && refusing.every(isOfRoot));
});

/** What a part of a site asks of clients once their request is read: mod_ssl does so anew for each request. */
const lateRequests: Readonly<Record<string, string>> = {
  require: 'client-certificate-required',
  on: 'client-certificate-required',
  optional: 'client-certificate-optional',
  optional_no_ca: 'client-certificate-from-any',
};
