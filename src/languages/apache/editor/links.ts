import { entryOf } from '../../../text/entry-of.ts';
import { resolvePath } from '../../../text/path.ts';
import type { Link } from '../../language.ts';
import { defaultServerRoot } from '../evaluate/server-root.ts';
import { replaceVariables } from '../evaluate/variables.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';

const kinds: Readonly<Record<string, Link['kind']>> = {
  include: 'include',
  includeoptional: 'include',
  sslcertificatefile: 'certificate',
  sslcertificatechainfile: 'certificate',
  sslcacertificatefile: 'certificate',
  sslproxycacertificatefile: 'certificate',
  sslproxymachinecertificatefile: 'certificate',
  mdcertificatefile: 'certificate',
  sslcertificatekeyfile: 'key',
  mdcertificatekeyfile: 'key',
  sslcarevocationfile: 'other',
  sslsessionticketkeyfile: 'other',
  authuserfile: 'other',
  authgroupfile: 'other',
  documentroot: 'other',
};

/** Arguments that name a file: includes, certificates, keys. */
export function linksApache(file: ApacheFile, entry: string): readonly Link[] {
  const links: Link[] = [];
  const defines = new Map<string, string | undefined>();
  let root = defaultServerRoot({ entry });
  const visit = (nodes: readonly ApacheNode[]): void => {
    for (const node of nodes) {
      const [first, second] = node.args;
      if (node.key === 'define' && first) defines.set(first.value, second?.value);
      if (node.key === 'serverroot' && first) root = first.value;
      const isParameters = node.key === 'sslopensslconfcmd' && first?.value.toLowerCase() === 'dhparameters';
      const kind = isParameters ? 'other' : entryOf(kinds, node.key);
      const argument = isParameters ? second : first;
      if (kind && argument) {
        const { value } = replaceVariables(argument, defines);
        if (!isUncertain(value) && value !== '')
          links.push({ range: argument.range, path: resolvePath(root, value), kind });
      }
      if (node.kind === 'section') visit(node.children);
    }
  };
  visit(file.nodes);
  return links;
}
