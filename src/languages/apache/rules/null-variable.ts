import { factOf } from '../directives/facts.ts';
import { withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';
import { textOf } from './source.ts';

/** Names of CGI: they come into the environment for programs alone, and behind mod_headers. */
const names =
  'REMOTE_USER|REMOTE_ADDR|REMOTE_HOST|AUTH_TYPE|SERVER_NAME|SERVER_PORT|HTTP_HOST|REQUEST_SCHEME|REQUEST_URI|REQUEST_METHOD';
const ofPrograms = new RegExp(`(?<!%)%\\{(${names})\\}e`);
const takesValue = /^(?:set|add|append|merge|setifempty)\s/i;
/** Nothing in it but these variables would mean something else in an expression. */
const convertible = new RegExp(`^(?:[^%\\\\]|%\\{(?:${names})\\}e)*$`);
const everyOne = new RegExp(`(%\\{(?:${names})\\})e`, 'g');

/** `RequestHeader set X-Forwarded-User %{REMOTE_USER}e`: the backend gets "(null)" (measured with 2.4.71). */
export function* nullVariables({ evaluation, project }: ApacheContext): Iterable<ApacheReport> {
  const asking = withKey(evaluation, 'requestheader').filter(
    ({ node, uncertain }) => !uncertain && ofPrograms.test(node.raw) && takesValue.test(node.raw),
  );
  if (asking.length === 0 || evaluation.unseen.size > 0 || !project.complete) return;
  if ([...evaluation.folderFiles.values()].some((file) => file !== null)) return;
  if ([...project.files.values()].some(({ templated }) => templated)) return;
  const named = new Set(asking.flatMap(({ node }) => node.raw.match(new RegExp(names, 'g')) ?? []));
  if (evaluation.all.some((each) => maySet(each, named))) return;
  for (const statement of asking) {
    const index = statement.args.findIndex(({ value }) => ofPrograms.test(value));
    const value = statement.args[index]?.value ?? '';
    const name = ofPrograms.exec(value)?.[1];
    // A condition behind it may keep the header away.
    if (name === undefined || index !== statement.args.length - 1 || index !== 2 || value.startsWith('expr=')) continue;
    const location = wordLocation(statement, index);
    const written = textOf(location.file, { project }).slice(location.range.start, location.range.end);
    const quote = /^["']/.exec(written)?.[0] ?? '';
    const isAsRead = convertible.test(value) && written === `${quote}${value}${quote}`;
    const newText = `${quote}expr=${value.replace(everyOne, '$1')}${quote}`;
    yield {
      message: `${name} comes into the environment later, and for programs alone: the backend gets "(null)" here. Write ${isAsRead ? newText : `expr=… with %{${name}}`}, which asks Apache itself.`,
      location,
      statement,
      fixes: isAsRead ? [fix('Ask Apache itself', false, { ...location, newText })] : [],
    };
  }
}

/** Modules of others, and what gives one of the names a value. */
function maySet({ key, args }: Statement, named: ReadonlySet<string>): boolean {
  if (factOf(key) === undefined || /^(?:lua|perl|sec)/.test(key)) return true;
  return (
    /^(?:setenv|passenv|browsermatch|rewriterule$)/.test(key) &&
    args.some(({ value }) => [...named].some((name) => value.includes(name)))
  );
}
