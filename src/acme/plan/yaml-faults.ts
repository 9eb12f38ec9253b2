import type { Document, YAMLError } from 'yaml';
import type { Range } from '../../text/range.ts';

type Yaml = typeof import('yaml');

/** Why a text is no YAML that can be read as a plan, and where. */
export interface YamlFault {
  readonly range: Range;
  readonly message: string;
}

/** What the parser says, in the words of a plan; and where that is nothing, what it would throw later: references to nothing. */
export function yamlFaults(yaml: Yaml, document: Document, text: string): readonly YamlFault[] {
  const told = document.errors.map((error) => ({
    range: { start: error.pos[0], end: error.pos[1] },
    message: messageOf(error, text),
  }));
  return told.length > 0 ? told : brokenReferences(yaml, document);
}

function messageOf({ code, message, pos: [start] }: YAMLError, text: string): string {
  if (code === 'MULTIPLE_DOCS') return 'A plan is one document. Take out the line --- between them.';
  if (code !== 'DUPLICATE_KEY') return `This is not YAML: ${message.replace(/\.$/, '')}.`;
  const [key = ''] = text.slice(start).split(/[:\n]/);
  return `${key.trim() || 'A key'} is here twice. Rename one, or merge the two.`;
}

function brokenReferences(yaml: Yaml, document: Document): readonly YamlFault[] {
  const found: YamlFault[] = [];
  const tell = (node: unknown, message: string): void => {
    const [start, end] = (yaml.isNode(node) ? node.range : undefined) ?? [0, 0];
    found.push({ range: { start, end }, message });
  };
  const targetOf = (node: unknown): unknown => (yaml.isAlias(node) ? node.resolve(document) : node);
  yaml.visit(document, {
    Alias(_, alias) {
      if (targetOf(alias) === undefined)
        tell(
          alias,
          `*${alias.source} refers to nothing: there is no &${alias.source} before it. Add one, or correct the name.`,
        );
    },
    Pair(_, { key, value }) {
      if (!yaml.isScalar(key) || key.source !== '<<' || key.type !== 'PLAIN') return;
      const target = targetOf(value);
      const sources = yaml.isSeq(target) ? target.items.map(targetOf) : [target];
      // An alias to nothing is told as such.
      if (sources.every((each) => each === undefined || yaml.isMap(each))) return;
      tell(key, '<< takes a map, or a list of maps. Name one with &NAME, and write *NAME here.');
    },
  });
  return found;
}
