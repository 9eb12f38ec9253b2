import { encloses } from '../../../text/range.ts';
import { withKey } from '../evaluate/by-key.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { otherTlsModule } from '../evaluate/other-tls.ts';
import { wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';
import { textOf } from './source.ts';

/** `SSL_TLS_SNI` is there without being asked for. */
const ofEnvironment = /%\{(SSL_(?!TLS_SNI\})\w+)\}e/;
const certificate = /_CERT(?:_CHAIN_\d)?$/;
/** What may give a variable of that name a value too. */
const setters = ['setenv', 'setenvif', 'setenvifnocase', 'setenvifexpr', 'passenv', 'rewriterule'];

/** Variables of mod_ssl's that a header takes from the environment, into which nothing puts them (measured with 2.4.71). */
export function* unexportedVariables(context: ApacheContext): Iterable<ApacheReport> {
  const { evaluation, project } = context;
  const headers = ['requestheader', 'header'].flatMap((key) => withKey(evaluation, key));
  const asking = headers.filter(({ node, uncertain }) => !uncertain && ofEnvironment.test(node.raw));
  if (asking.length === 0 || evaluation.unseen.size > 0) return;
  if ([...evaluation.folderFiles.values()].some((file) => file !== null)) return;
  if (otherTlsModule(evaluation) !== undefined) return;
  if (setters.some((key) => withKey(evaluation, key).some(({ node }) => /SSL_/.test(node.raw)))) return;
  const options = withKey(evaluation, 'ssloptions')
    .map(({ args }) => args.map(({ value }) => value).join(' '))
    .join(' ');
  for (const statement of asking) {
    const index = statement.args.findIndex(({ value }) => ofEnvironment.test(value));
    const [variable, name = ''] = ofEnvironment.exec(statement.args[index]?.value ?? '') ?? [];
    const option = certificate.test(name) ? 'ExportCertData' : 'StdEnvVars';
    if (variable === undefined || new RegExp(`(?:^| )\\+?${option}(?: |$)`, 'i').test(options)) continue;
    if (!hostOf(statement.parents)?.children.some(({ key }) => key === 'sslengine')) continue;
    const location = wordLocation(statement, index);
    const letter = textOf(statement.file, context).indexOf(variable, location.range.start) + variable.length - 1;
    const range = { start: letter, end: letter + 1 };
    yield {
      message: `Nothing${project.complete ? '' : ' here'} puts ${name} into the environment, as SSLOptions +${option} would, so the header comes without its value. Write %{${name}}s, which asks mod_ssl itself.`,
      location,
      statement,
      ...(project.complete && statement.key === 'requestheader' ? {} : { severity: 'information', effect: 'advice' }),
      // Not where a macro makes the word.
      fixes: encloses(location.range, range) ? [fix('Ask mod_ssl', false, { ...location, range, newText: 's' })] : [],
    };
  }
}
