import { compareVersions } from '../../../text/version.ts';
import { describeServer, isBackported } from '../../../tls/target.ts';
import { factOf, foreignDirective } from '../directives/facts.ts';
import { byKey } from '../evaluate/by-key.ts';
import { conditionsAround, isForOtherModule, type Statement } from '../evaluate/statement.ts';
import { type ApacheReport, type ApacheRule, fix } from './rule.ts';

/** A directive that the target version does not know yet, or no longer. */
export const directiveVersion: ApacheRule = {
  id: 'directive-version',
  title: 'Directive that the target version does not have',
  severity: 'error',
  effect: 'start',
  *check({ evaluation, project }) {
    const { target } = project;
    const server = describeServer('apache', target);
    for (const statement of [...byKey(evaluation)].flatMap(([key, all]) => (isEverywhere(key) ? [] : all))) {
      if (isBackported(statement.key, 'apache', target)) continue;
      const { node, file } = statement;
      const location = { file, range: node.nameRange };
      const fact = factOf(statement.key);
      if (fact) {
        if (fact.since !== '' && compareVersions(target.apache, fact.since) < 0) {
          yield { message: `${fact.name} came with Apache ${fact.since}; ${server} does not know it.`, location };
        } else if (fact.until !== '' && compareVersions(target.apache, fact.until) > 0) {
          yield {
            message: `${fact.name} was dropped after Apache ${fact.until}; ${server} does not know it.`,
            location,
          };
        }
        continue;
      }
      // A template writes it for the versions that have it.
      if (node.guards) continue;
      const report = conditionsAround(statement).some(isForOtherModule)
        ? undefined
        : formerDirective(statement, server);
      if (report) yield { ...report, location, statement };
    }
  },
};

/** Every release of 2.4 has it. */
function isEverywhere(key: string): boolean {
  const fact = factOf(key);
  return fact?.since === '' && fact.until === '';
}

/** What took the place of directives that 2.4 dropped. */
const successors: Readonly<Record<string, { readonly name: string; readonly hint: string }>> = {
  sslmutex: { name: 'Mutex', hint: 'Since 2.4 there is Mutex instead' },
  acceptmutex: { name: 'Mutex', hint: 'Since 2.4 there is Mutex instead' },
  lockfile: { name: 'Mutex', hint: 'Since 2.4 there is Mutex instead' },
  rewritelock: { name: 'Mutex', hint: 'Since 2.4 there is Mutex instead' },
  rewritelog: { name: 'LogLevel', hint: 'Since 2.4 there is LogLevel alert rewrite:trace3 instead' },
  rewriteloglevel: { name: 'LogLevel', hint: 'Since 2.4 there is LogLevel alert rewrite:trace3 instead' },
  cookielog: { name: 'CustomLog', hint: 'Use CustomLog instead' },
};

function formerDirective({ key, node, file }: Statement, server: string): Omit<ApacheReport, 'location'> | undefined {
  const foreign = foreignDirective(key);
  if (foreign?.kind === 'trunk') {
    return { message: `Invalid command '${foreign.name}': it comes with Apache 2.5; ${server} does not know it.` };
  }
  if (foreign?.kind !== 'removed') return undefined;
  const successor = successors[key];
  const message = `Invalid command '${foreign.name}': it was dropped in Apache ${foreign.version}.${successor ? ` ${successor.hint}.` : ' Remove it.'}`;
  const edits = [{ file, range: node.range, newText: `# ${node.name} ${node.raw}`.trimEnd() }];
  return { message, fixes: [fix(`Comment out ${foreign.name}`, false, ...edits)] };
}
