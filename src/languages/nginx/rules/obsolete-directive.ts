import { describeServer } from '../../../tls/target.ts';
import type { Project, TextReport } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import { everywhere, isOpenSomewhere } from '../everywhere.ts';
import { reaches } from '../facts/versions.ts';
import type { NginxFile } from '../parse/file.ts';
import { headRange, type Item, locate } from '../scope.ts';
import { remove } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** A directive that nginx still reads, but no longer follows. */
export const obsoleteDirective: DirectiveRule = {
  id: 'obsolete-directive',
  title: 'Directive with a successor or without effect',
  severity: 'hint',
  effect: 'advice',
  concerns: ({ fact, version }) =>
    (fact?.obsoleteSince !== undefined && reaches(version, fact.obsoleteSince)) || fact?.name === verifies,
  check({ item, fact, project }) {
    if (item.name === verifies) return staplesNothing(item, project);
    const since = fact?.obsoleteSince;
    if (!fact || since === undefined) return undefined;
    const instead = fact.successor === undefined ? 'Remove it.' : `Use "${fact.successor}" instead.`;
    return {
      rule: 'obsolete-directive',
      message: `"${fact.name}" is obsolete since nginx ${since} and has no effect in ${describeServer('nginx', project.target)}. ${instead}`,
      location: locate(item, headRange(item)),
      fixes: [{ title: `Remove "${fact.name}"`, safe: true, edits: [remove(item)] }],
    };
  },
};

const verifies = 'ssl_stapling_verify';

/** The responses of a responder are verified where they are stapled (ngx_http_ssl_merge_srv_conf). */
function staplesNothing(item: Item, project: Project<NginxFile>): TextReport | undefined {
  const root = rootScope(project);
  if (item.args[0]?.value.toLowerCase() !== 'on' || !project.complete || isOpenSomewhere(root)) return undefined;
  if (everywhere(root, 'ssl_stapling').some(({ args: [word] }) => !/^off$/i.test(word?.value ?? ''))) return undefined;
  return {
    rule: 'obsolete-directive',
    message: `"${verifies}" has no effect: nothing here switches "ssl_stapling" on, so there is no response to verify. Switch that on, if the certificates name a responder, or remove this.`,
    location: locate(item, headRange(item)),
    fixes: [{ title: `Remove "${verifies}"`, safe: true, edits: [remove(item)] }],
  };
}
