import { DerError } from '../asn1/der.ts';
import { utf8Text } from '../asn1/strings.ts';

/** A class as the stream describes it; what its objects hold follows from that. */
interface JavaClass {
  readonly name: string;
  readonly flags: number;
  /** Type codes: a letter of a primitive type, `L` or `[`. */
  readonly fields: readonly string[];
  readonly parent: JavaClass | undefined;
}

const sizes: Readonly<Record<string, number>> = { B: 1, C: 2, D: 8, F: 4, I: 4, J: 8, S: 2, Z: 1 };
const firstHandle = 0x7e0000;
const deepest = 20;

/**
 * Where a serialized object ends (Java Object Serialization Specification, chapter 6): JCEKS writes secret keys so, and the
 * next entry behind them. Nothing of the object is kept.
 * @throws DerError where it is cut off, or holds what such objects do not
 */
export function endOfJavaObject(bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const handles: (JavaClass | undefined)[] = [];
  let position = start;

  const skip = (length: number): number => {
    if (length < 0 || position + length > bytes.length) throw new DerError('A secret key is cut off', position);
    position += length;
    return position - length;
  };
  const byte = () => view.getUint8(skip(1));
  const short = () => view.getUint16(skip(2));
  const text = () => {
    const length = short();
    return utf8Text(bytes.subarray(skip(length), position));
  };
  const strange = () => new DerError('A secret key is written in an unknown way', position);

  /** A class description: a new one, one from before, or none. */
  const readClass = (depth: number): JavaClass | undefined => {
    if (depth > deepest) throw strange();
    const tag = byte();
    if (tag === 0x70) return undefined;
    if (tag === 0x71) return handles[view.getUint32(skip(4)) - firstHandle];
    if (tag !== 0x72) throw strange();
    const name = text();
    skip(8);
    const handle = handles.push(undefined) - 1;
    const flags = byte();
    const fields = Array.from({ length: short() }, () => {
      const type = String.fromCharCode(byte());
      text();
      if (type === 'L' || type === '[') skipContent(depth + 1);
      else if (sizes[type] === undefined) throw strange();
      return type;
    });
    skipAnnotations(depth + 1);
    const described: JavaClass = { name, flags, fields, parent: readClass(depth + 1) };
    handles[handle] = described;
    return described;
  };

  const skipFields = (described: JavaClass | undefined, depth: number): void => {
    if (described === undefined) return;
    if (depth > deepest) throw strange();
    skipFields(described.parent, depth + 1);
    // Externalizable objects end where only their class knows.
    if ((described.flags & 2) === 0) throw strange();
    for (const type of described.fields) {
      if (sizes[type] === undefined) skipContent(depth + 1);
      else skip(sizes[type]);
    }
    if ((described.flags & 1) !== 0) skipAnnotations(depth + 1);
  };

  const skipArray = (depth: number): void => {
    const type = readClass(depth + 1)?.name.charAt(1) ?? '';
    handles.push(undefined);
    const count = view.getUint32(skip(4));
    if (sizes[type] !== undefined) skip(count * sizes[type]);
    else for (let index = 0; index < count; index++) skipContent(depth + 1);
  };

  /** What may stand where an object does. */
  const skipContent = (depth: number): void => {
    if (depth > deepest) throw strange();
    const tag = byte();
    if (tag === 0x70) return;
    if (tag === 0x71) skip(4);
    else if (tag === 0x74) {
      handles.push(undefined);
      text();
    } else if (tag === 0x75) skipArray(depth);
    else if (tag === 0x73) {
      const described = readClass(depth + 1);
      handles.push(undefined);
      skipFields(described, depth + 1);
    } else if (tag === 0x77) skip(byte());
    else throw strange();
  };

  /** Contents up to the mark of their end. */
  const skipAnnotations = (depth: number): void => {
    while (view.getUint8(skip(1)) !== 0x78) {
      position--;
      skipContent(depth);
    }
  };

  if (view.getUint32(skip(4)) !== 0xaced0005) throw strange();
  skipContent(0);
  return position;
}
