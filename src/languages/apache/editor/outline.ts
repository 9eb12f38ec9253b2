import type { OutlineItem } from '../../language.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';

const landmarks = new Set([
  'listen',
  'servername',
  'documentroot',
  'sslcertificatefile',
  'loadmodule',
  'alias',
  'redirect',
  'proxypass',
]);

/** Sections with what is in them, includes, and the directives that one looks for. */
export function outlineApache(file: ApacheFile): readonly OutlineItem[] {
  return file.nodes.flatMap(outlineItem);
}

function outlineItem(node: ApacheNode): readonly OutlineItem[] {
  const base = { name: node.name, detail: node.raw, range: node.range, selection: node.nameRange };
  if (node.kind === 'section') {
    const serverName = node.children.find(({ key }) => key === 'servername')?.args[0]?.value;
    const detail = serverName === undefined ? node.raw : `${node.raw} ${serverName}`;
    return [{ ...base, detail, kind: 'section', children: node.children.flatMap(outlineItem) }];
  }
  if (node.key === 'include' || node.key === 'includeoptional') return [{ ...base, kind: 'include', children: [] }];
  return landmarks.has(node.key) ? [{ ...base, kind: 'directive', children: [] }] : [];
}
