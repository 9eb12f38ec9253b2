import { withKey } from '../evaluate/by-key.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { otherTlsModule } from '../evaluate/other-tls.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';
import { textOf } from './source.ts';

/** mod_ssl's own, of which `SSL_TLS_SNI` is there without being asked for; `%%` is a sign. */
const ofEnvironment =
  /(?<!%)%\{(SSL_(?:(?:CLIENT|SERVER)_(?:[AMV]_|[IS]_DN|CERT|SAN_|VERIFY)|PROTOCOL|CIPHER|SESSION_|COMPRESS_|SECURE_|VERSION_|SRP_)\w*)\}e/;
const everyOne = new RegExp(ofEnvironment, 'g');
/** What may give a variable of that name a value too. */
const setters = [
  'setenv',
  'setenvif',
  'setenvifnocase',
  'setenvifexpr',
  'passenv',
  'perlsetenv',
  'secaction',
  'secrule',
  'rewriterule',
];

/** Variables of mod_ssl's that a header takes from the environment, into which nothing puts them (measured with 2.4.71). */
export function* unexportedVariables(context: ApacheContext): Iterable<ApacheReport> {
  const { evaluation, project } = context;
  const headers = ['requestheader', 'header'].flatMap((key) => withKey(evaluation, key));
  const asking = headers.filter(({ node, uncertain }) => !uncertain && ofEnvironment.test(node.raw));
  if (asking.length === 0 || evaluation.unseen.size > 0) return;
  if ([...evaluation.folderFiles.values()].some((file) => file !== null)) return;
  if (otherTlsModule(evaluation) !== undefined) return;
  if (['include', 'includeoptional'].some((key) => withKey(evaluation, key).some(isInFolder))) return;
  if (setters.some((key) => withKey(evaluation, key).some(({ node }) => /SSL_/.test(node.raw)))) return;
  const lines = withKey(evaluation, 'ssloptions');
  // What a template fills in may bring them.
  if (lines.some(({ uncertain }) => uncertain) || [...project.files.values()].some(({ templated }) => templated))
    return;
  const options = lines.map(({ args }) => args.map(({ value }) => value).join(' ')).join(' ');
  for (const statement of asking) {
    const index = statement.args.findIndex(({ value }) => ofEnvironment.test(value));
    const names = [...(statement.args[index]?.value.matchAll(everyOne) ?? [])].map(([, name = '']) => name);
    const name = names.find((each) => !new RegExp(`(?:^| )\\+?${optionFor(each)}(?: |$)`, 'i').test(options));
    if (name === undefined || !hostOf(statement.parents)?.children.some(isTlsOn)) continue;
    const location = wordLocation(statement, index);
    // None where a macro makes the word.
    const edits = [
      ...textOf(location.file, context).slice(location.range.start, location.range.end).matchAll(everyOne),
    ].map((found) => {
      const end = location.range.start + found.index + found[0].length;
      return { ...location, range: { start: end - 1, end }, newText: 's' };
    });
    yield {
      message: `Nothing${project.complete ? '' : ' here'} puts ${name} into the environment, as SSLOptions +${optionFor(name)} would, so the header comes without its value. Write %{${name}}s, which asks mod_ssl itself.`,
      location,
      statement,
      ...(project.complete && statement.key === 'requestheader' ? {} : { severity: 'information', effect: 'advice' }),
      fixes: edits.length > 0 ? [fix('Ask mod_ssl', false, ...edits)] : [],
    };
  }
}

function optionFor(name: string): string {
  return /_CERT(?:_CHAIN_\d+)?$/.test(name) ? 'ExportCertData' : 'StdEnvVars';
}

/** An include that is not read is noted where it stands in a server alone. */
function isInFolder({ parents }: Statement): boolean {
  return parents.some(({ key }) => key !== 'virtualhost');
}

function isTlsOn({ key, args }: Statement): boolean {
  return key === 'sslengine' && !/^off$/i.test(args[0]?.value ?? '');
}
