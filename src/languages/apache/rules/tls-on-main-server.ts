import { lineStart } from '../../../text/lines.ts';
import { factOf } from '../directives/facts.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { answersBeside } from '../evaluate/overrides.ts';
import { headLocation, type Statement } from '../evaluate/statement.ts';
import { domainsWithNames, words } from '../lower/tls/domain-index.ts';
import { hostOfServerName } from '../server-name.ts';
import type { ApacheFile } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { SectionsAround } from './sections-around.ts';

/** `SSLEngine on` outside every virtual host: all ports speak TLS, and every virtual host inherits it. */
export const tlsOnMainServer: ApacheRule = {
  id: 'tls-on-main-server',
  title: 'SSLEngine outside a virtual host',
  severity: 'warning',
  effect: 'connect',
  *check(context) {
    const { evaluation } = context;
    if (evaluation.context !== 'server config') return;
    const engine = evaluation.statements.findLast(({ key }) => key === 'sslengine');
    if (engine?.args[0]?.value.toLowerCase() !== 'on') return;
    if (!context.project.complete && isPart(engine, context)) return;
    yield report(engine, context);
  },
};

/** A part of a template, which puts it where it belongs: most have one for TLS. */
function isPart({ file }: Statement, { evaluation, project }: ApacheContext): boolean {
  if (evaluation.statements.some(({ key }) => key === 'virtualhost')) return false;
  if (project.files.get(file)?.templated === true) return true;
  return evaluation.statements.some((statement) => statement.uncertain && statement.file === file);
}

function report(engine: Statement, { evaluation, project }: ApacheContext): ApacheReport {
  if (project.complete && lacksCertificate(engine, evaluation)) {
    return {
      message:
        'SSLEngine on is outside every <VirtualHost>, where no certificate is set, so Apache does not start (error log: AH02572). Put it into <VirtualHost *:443>.',
      location: headLocation(engine),
      severity: 'error',
      effect: 'start',
    };
  }
  const plain = evaluation.statements.filter(
    (host) =>
      host.key === 'virtualhost' &&
      host.args.some(({ value }) => /:80\b/.test(value)) &&
      !host.children.some(({ key }) => key === 'sslengine'),
  );
  const effect =
    plain.length > 0
      ? 'the virtual hosts for port 80 inherit it and answer TLS only, so http:// addresses fail'
      : 'every port of the server speaks TLS, port 80 too, and every virtual host inherits it';
  const where = project.complete ? '' : ' If this file is included inside a <VirtualHost>, all is well.';
  const wrap = project.complete ? undefined : wrapFile(engine, evaluation.statements, project.files);
  return {
    message: `SSLEngine on is outside every <VirtualHost>: ${effect}. Put it into <VirtualHost *:443>.${where}`,
    location: headLocation(engine),
    severity: plain.length > 0 ? 'warning' : 'information',
    effect: plain.length > 0 ? 'connect' : 'advice',
    related: plain.map((host) => ({
      location: headLocation(host),
      message: 'This virtual host inherits SSLEngine on.',
    })),
    ...(wrap ? { fixes: [wrap] } : {}),
  };
}

/** Surely nothing to speak TLS with; where the main server answers somewhere, its address is told to have no certificate. */
function lacksCertificate({ branches }: Statement, evaluation: Evaluation): boolean {
  const { statements, unseen } = evaluation;
  if (branches.length > 0 || unseen.size > 0) return false;
  const named = statements.some(({ key }) => key === 'sslcertificatefile' || key === 'sslopensslconfcmd');
  return !named && !mayBeManaged(statements) && !answersBeside(evaluation, withKey(evaluation, 'virtualhost'));
}

/** True where mod_md may bring a certificate for one of the main server's own names; where none is written, nobody knows it. */
function mayBeManaged(statements: readonly Statement[]): boolean {
  const domains = statements.filter(({ key }) => key === 'mdomain' || key === 'mdomainset');
  if (domains.length === 0) return false;
  const own = statements.filter(({ key }) => key === 'servername' || key === 'serveralias');
  const isWritten = own.some(({ key }) => key === 'servername');
  const areCertain = [...own, ...domains].every(({ args }) => !args.some(({ value }) => isUncertain(value)));
  if (!isWritten || !areCertain) return true;
  const names = own.flatMap(words).map(hostOfServerName);
  return domainsWithNames(domains, names).length > 0;
}

/** Puts a whole snippet into a virtual host, where everything in it may stand in one. */
function wrapFile(engine: Statement, statements: readonly Statement[], files: ReadonlyMap<string, ApacheFile>) {
  const text = files.get(engine.file)?.document.text;
  const fits = statements.every(
    ({ key, file }) => file === engine.file && (factOf(key)?.contexts.has('virtual host') ?? false),
  );
  const first = statements[0];
  const last = statements.at(-1);
  if (!fits || text === undefined || !first || !last) return undefined;
  const around = new SectionsAround(files);
  if (around.of(first).at(-1) !== around.of(last).at(-1)) return undefined;
  const { file } = engine;
  const start = lineStart(text, first.node.range.start);
  const { end } = last.node.range;
  const lines = text.slice(start, end).split('\n');
  const indented = lines.map((line) => (line.trim() === '' ? line : `    ${line}`)).join('\n');
  const newText = `<VirtualHost *:443>\n${indented}\n</VirtualHost>`;
  return fix('Wrap in <VirtualHost *:443>', false, { file, range: { start, end }, newText });
}
