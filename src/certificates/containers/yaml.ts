import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { Crypto } from '../../host/host.ts';
import { readElement, tags } from '../asn1/der.ts';
import { latin1 } from '../asn1/strings.ts';
import { readObjects, readPem } from '../objects.ts';
import { decodeBase64 } from '../pem/base64.ts';
import { textOfFile } from '../pem/pem.ts';
import type { ContainerContent, ContainerObject, ContainerProblem, ReadOptions } from './content.ts';
import { isJavaKeyStore } from './jks.ts';

/**
 * PEM and binary containers inside YAML: Kubernetes Secrets of any type (`data` in base64, `stringData` in clear), config
 * maps, Helm values, Traefik’s acme.json, and any other string with an armour line. Every value of every key is looked at.
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
      const set = object.source.set === undefined ? entry : `${entry} ${object.source.set}`;
      const trusted = object.source.trusted && { trusted: object.source.trusted };
      const source = {
        container: 'yaml' as const,
        entry: `${entry}${inner}`,
        set,
        ...trusted,
        ...(range && { range }),
      };
      objects.push({ ...object, source });
    }
    for (const { id, message, refused } of content.problems) {
      if (id !== 'indented') problems.push({ id, message: `${entry}: ${message}`, refused, ...(range && { range }) });
    }
    algorithms.push(...content.algorithms);
    locked ||= content.locked;
  };
  const documents = parse(text);
  for (const [index, document] of documents.entries()) {
    const place = documents.length > 1 ? `document ${index + 1}: ` : '';
    visit(document, '', (value, path, range) => {
      const embedded = unwrap(value);
      if (embedded === undefined) return;
      const content =
        typeof embedded === 'string' ? readPem(embedded, crypto, options) : readObjects(embedded, crypto, options);
      if (isSomething(content)) add(content, `${place}${path}`, range);
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

/** Bytes that only look like DER hold one object, and that cannot be read. */
function isSomething({ format, objects }: ContainerContent): boolean {
  return format !== 'unknown' && (format === 'pem' || objects.some(({ kind }) => kind !== 'unreadable'));
}

/** Text with armour as it is; base64 of such a text, or of a binary container, decoded; undefined for the rest. */
function unwrap(value: string): string | Uint8Array | undefined {
  if (value.includes('-----BEGIN ')) return value;
  if (value.length < 64 || !/^[A-Za-z0-9+/=\s]+$/.test(value)) return undefined;
  const { bytes } = decodeBase64(value);
  if (latin1(bytes, 0, Math.min(bytes.length, 4096)).includes('-----BEGIN ')) return textOfFile(bytes).text;
  return isJavaKeyStore(bytes) || isWholeSequence(bytes) ? bytes : undefined;
}

function isWholeSequence(bytes: Uint8Array): boolean {
  try {
    return bytes[0] === tags.sequence && readElement(bytes).next === bytes.length;
  } catch {
    return false;
  }
}
