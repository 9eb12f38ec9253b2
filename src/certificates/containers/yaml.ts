import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { Crypto } from '../../host/host.ts';
import { readElement, tags } from '../asn1/der.ts';
import { latin1 } from '../asn1/strings.ts';
import { readObjects, readPem } from '../objects.ts';
import { decodeBase64 } from '../pem/base64.ts';
import { encodedArmour } from '../pem/encoded.ts';
import { textOfFile } from '../pem/pem.ts';
import type { ContainerContent, ReadOptions } from './content.ts';
import { EmbeddedContent } from './embedded.ts';
import { isJavaKeyStore } from './jks.ts';

/**
 * PEM and binary containers inside YAML: Kubernetes Secrets of any type (`data` in base64, `stringData` in clear), config
 * maps, Helm values, Traefik’s acme.json, and any other string with an armour line. Every value of every key is looked at.
 */
export function readYaml(bytes: Uint8Array, crypto: Crypto, options: ReadOptions): ContainerContent {
  const { text } = textOfFile(bytes);
  const found = new EmbeddedContent();
  const json = jsonOf(text);
  const documents = json === undefined ? parse(text) : [json];
  for (const [index, document] of documents.entries()) {
    const place = documents.length > 1 ? `document ${index + 1}: ` : '';
    const look: Visitor = (value, path, range) => {
      const embedded = unwrap(value);
      if (embedded === undefined) return;
      const content =
        typeof embedded === 'string' ? readPem(embedded, crypto, options) : readObjects(embedded, crypto, options);
      if (!isSomething(content)) return;
      found.add(content, `${place}${path}`, range);
      const fault = faultInSecret(document, path, value);
      if (fault !== undefined)
        found.problem({
          id: 'secret-encoding',
          message: `${place}${path}: ${fault}`,
          refused: true,
          ...(range && { range }),
        });
    };
    if (json === undefined) visit(document, '', look);
    else visitJson(json, '', (value, path) => look(value, path, undefined));
  }
  return found.content();
}

/**
 * What Kubernetes makes of a Secret’s value otherwise than was meant: `data` is in base64, `stringData` as it is. A value of
 * another name may be for a program that wants base64.
 */
function faultInSecret(document: object, path: string, value: string): string | undefined {
  const [, item, field, name] = /^(?:items\[(\d+)\]\.)?(data|stringData)\.(.+)$/.exec(path) ?? [];
  const layers = layersOf(value);
  const meant = field === 'data' ? 1 : 0;
  if (field === undefined || layers === meant) return undefined;
  const kind = item === undefined ? ['kind'] : ['items', Number(item), 'kind'];
  if (valueAt(document, kind) !== 'Secret') return undefined;
  if (layers < meant)
    return 'data of a Secret takes base64, and Kubernetes refuses one with PEM as it is. Write it below stringData.';
  if (!/^(?:tls\.(?:crt|key)|ca\.crt)$/.test(name ?? '')) return undefined;
  return meant === 1
    ? 'It is in base64 twice, and what reads it gets base64. Encode it once.'
    : 'stringData of a Secret is kept as it is, and what reads it gets base64. Write it below data.';
}

/** How often a value is in base64. */
function layersOf(value: string): number {
  if (value.includes('-----BEGIN ')) return 0;
  return isEncoded(decodeBase64(value).bytes) ? 2 : 1;
}

/** PEM in base64. */
function isEncoded(bytes: Uint8Array): boolean {
  return latin1(bytes, 0, Math.min(bytes.length, encodedArmour.length)) === encodedArmour;
}

function valueAt(document: object, path: readonly (string | number)[]): unknown {
  if (isMap(document)) return document.getIn(path);
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);
}

/** JSON is YAML, and read a hundred times faster as what it is: the state of Terraform has megabytes. */
function jsonOf(text: string): object | undefined {
  if (!/^\ufeff?\s*[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function visitJson(value: unknown, path: string, visitor: (value: string, path: string) => void, depth = 0): void {
  if (depth > 40) return;
  if (typeof value === 'string') visitor(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visitJson(item, `${path}[${index}]`, visitor, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value))
      visitJson(item, path === '' ? name : `${path}.${name}`, visitor, depth + 1);
  }
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
  if (isEncoded(bytes)) return textOfFile(decodeBase64(latin1(bytes, 0, bytes.length)).bytes).text;
  return isJavaKeyStore(bytes) || isWholeSequence(bytes) ? bytes : undefined;
}

function isWholeSequence(bytes: Uint8Array): boolean {
  try {
    return bytes[0] === tags.sequence && readElement(bytes).next === bytes.length;
  } catch {
    return false;
  }
}
