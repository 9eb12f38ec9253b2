import { isBackported } from '../../../tls/target.ts';
import type { Project, TextReport } from '../../language.ts';
import { aboutMergeMark } from '../../merge-marks.ts';
import { rootScope } from '../configuration.ts';
import { insteadOfApache, insteadOfMisnamed } from '../facts/names-of-others.ts';
import { loadsOthers } from '../facts/variables.ts';
import type { NginxFile } from '../parse/file.ts';
import { meantBlock, meantDirective } from '../parse/meant.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import { readTo } from './read-to.ts';
import type { DirectiveRule } from './rule.ts';
import { isRestOfHeader } from './unquoted-value.ts';

/** A name that no module of nginx, of NGINX Plus or of a common third party has. */
export const unknownDirective: DirectiveRule = {
  id: 'unknown-directive',
  title: 'Directive that the server does not know',
  severity: 'error',
  effect: 'start',
  concerns: ({ facts }) => facts.length === 0,
  check({ item, scope, project }) {
    const { nameWord: name } = item;
    const stranger = strangers.find(({ looks }) => looks.test(name.value));
    if (stranger && isBefore(item, scope, stranger.looks)) return undefined;
    if (isRestOfHeader(item, scope) || isBackported(name.value, 'nginx', project.target)) return undefined;
    if (/^if\(/.test(name.value)) return glued(item);
    const real = insteadOfMisnamed(name.value);
    const near = real ?? meantBlock(item, scope.context) ?? meantDirective(name.value, scope.context);
    const instead = insteadOfApache(name.value);
    const meant = (instead === undefined || instead === near) && isName.test(near ?? '') ? near : undefined;
    const merge = aboutMergeMark(name.value);
    // No module of nginx has a name with capital letters.
    const isApaches = instead !== undefined && /[A-Z]/.test(name.value);
    const foreign = instead === undefined ? undefined : `It is a directive of Apache; in nginx, use ${instead}.`;
    const called = real === undefined || meant !== undefined ? undefined : `nginx has ${real}.`;
    const spelling =
      merge ?? foreign ?? called ?? stranger?.says ?? 'Check its spelling, or load the module that brings it.';
    const question = meant === undefined ? ` ${spelling}` : ` Did you mean "${meant}"?`;
    const location = locate(item, name);
    return {
      rule: 'unknown-directive',
      message: `Unknown directive "${name.value}".${question}`,
      location,
      ...(item.ending === 'nothing' ? { related: readTo(item) } : {}),
      ...(meant === undefined && (merge ?? stranger) === undefined && !isApaches && mayLoadModules(project)
        ? { severity: 'warning' }
        : {}),
      fixes:
        meant === undefined
          ? []
          : [
              {
                title: `Change "${name.value}" to "${meant}"`,
                safe: meantBlock(item, scope.context) === meant,
                edits: [{ ...location, newText: meant }],
              },
            ],
    };
  },
};

const isName = /^\w+$/;

/** `if($arg_a) {`, whose parenthesis nginx reads as part of the name. */
function glued(item: Item): TextReport {
  const { file, range } = locate(item, item.nameWord);
  const at = range.start + 'if'.length;
  return {
    rule: 'unknown-directive',
    message: `Unknown directive "${item.name}". A space must stand between "if" and its condition.`,
    location: { file, range },
    fixes: [{ title: 'Write a space', safe: true, edits: [{ file, range: { start: at, end: at }, newText: ' ' }] }],
  };
}

/** What is no directive of any module, and how it comes here; of many lines the first one tells it. */
const strangers = [
  {
    looks: /^<(?:!doctype|!--|\/?(?:html|head|body|title|meta|link|script|style|div|span|pre|p|a|h\d|hr|center)\b)/i,
    says: 'It is HTML: a web page stands here in place of a configuration, as a failed download leaves it. Get the file again.',
  },
  { looks: /^~/, says: 'It reads like an entry of a "map" block, and may stand only in one.' },
  { looks: /^\/[/*]/, says: 'A comment begins with "#".' },
  {
    looks: /^(?:else|elif|elseif|elsif)$/,
    says: 'nginx has no "else": ask for the opposite in another "if", or choose a value by "map".',
  },
] as const;

/** True where an earlier line of that file looks the same. */
function isBefore(item: Item, { first }: Scope, looks: RegExp): boolean {
  for (let at = first; at && at !== item; at = at.next) if (at.file === item.file && looks.test(at.name)) return true;
  return false;
}

/** True where a module that nobody knows may be loaded: by a line that was read, or by one in a file that was not. */
function mayLoadModules(project: Project<NginxFile>): boolean {
  const root = rootScope(project);
  return !project.complete || root.open || loadsOthers(root);
}
