import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { Crypto } from '../../host/host.ts';
import { latin1 } from '../asn1/strings.ts';
import type { ContainerContent, ContainerObject, ContainerProblem, ReadOptions } from '../objects.ts';
import { readObjects, readPem } from '../objects.ts';
import { decodeBase64 } from '../pem/base64.ts';
import { textOfFile } from '../pem/pem.ts';

/**
 * PEM and binary containers inside YAML: Kubernetes Secrets of any type (`data` in base64, `stringData` in clear), config
 * maps, Helm values, and any other string with an armour line. Every value of every key is looked at.
 */
export function readYaml(bytes: Uint8Array, crypto: Crypto, options: ReadOptions): ContainerContent {
  const { text } = textOfFile(bytes);
  const objects: ContainerObject[] = [];
  const problems: ContainerProblem[] = [];
  const algorithms: string[] = [];
  let locked = false;
  const add = (content: ContainerContent, entry: string, range: { start: number; end: number } | undefined) => {
    for (const object of content.objects) {
      const inner = object.source.container === 'pem' ? '' : ` ${object.source.entry ?? ''}`.trimEnd();
      const source = { container: 'yaml' as const, entry: `${entry}${inner}`, ...(range && { range }) };
      objects.push({ ...object, source });
    }
    for (const { id, message, refused } of content.problems) {
      if (id !== 'indented') problems.push({ id, message: `${entry}: ${message}`, refused, ...(range && { range }) });
    }
    algorithms.push(...content.algorithms);
    locked ||= content.locked;
  };
  for (const document of parse(text)) {
    visit(document, '', (value, path, range) => {
      const embedded = unwrap(value, path);
      if (embedded === undefined) return;
      const content =
        typeof embedded === 'string' ? readPem(embedded, crypto, options) : readObjects(embedded, crypto, options);
      if (content.objects.length > 0 && content.format !== 'unknown') add(content, path, range);
    });
  }
  return { format: 'yaml', objects, problems, algorithms, locked };
}

/** Templates (`{{ … }}`) and broken documents give what could be read, or nothing. */
function parse(text: string): Node[] {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, strict: false });
    return [...documents].flatMap((document) => (document.contents === null ? [] : [document.contents as Node]));
  } catch {
    return [];
  }
}

type Visitor = (value: string, path: string, range: { start: number; end: number } | undefined) => void;

function visit(node: unknown, path: string, visitor: Visitor, depth = 0): void {
  if (depth > 40) return;
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      visit(value, path === '' ? name : `${path}.${name}`, visitor, depth + 1);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`, visitor, depth + 1);
  } else if (isScalar(node) && typeof node.value === 'string') {
    const range = node.range;
    visitor(node.value, path, range == null ? undefined : { start: range[0], end: range[1] });
  }
}

const binaryKey = /\.(?:p12|pfx|jks|jceks|der|crt|cer|keystore|truststore)$/i;

/** Text with armour as it is; base64 of such a text, or of a container by its key's name, decoded; undefined for the rest. */
function unwrap(value: string, path: string): string | Uint8Array | undefined {
  if (value.includes('-----BEGIN ')) return value;
  if (value.length < 64 || !/^[A-Za-z0-9+/=\s]+$/.test(value)) return undefined;
  const { bytes } = decodeBase64(value);
  if (latin1(bytes, 0, Math.min(bytes.length, 4096)).includes('-----BEGIN ')) return textOfFile(bytes).text;
  return binaryKey.test(path) ? bytes : undefined;
}
