/** The part of JSON Schema that the plan's schema uses. */
export interface Schema {
  readonly description?: string;
  readonly properties?: { readonly [key: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly definitions?: { readonly [name: string]: Schema };
}

export interface SchemaWord {
  readonly word: string;
  readonly description: string;
}

/** Keys that the map at the path may have. */
export function schemaKeys(root: Schema, path: readonly string[]): readonly SchemaWord[] {
  const words = schemasAt(root, path).flatMap(({ properties = {} }) =>
    Object.entries(properties).map(([word, schema]) => ({ word, description: describe(root, schema) })),
  );
  return [...new Map(words.map((word) => [word.word, word])).values()];
}

/** Values that the key at the path, or a member of its list, may have. */
export function schemaValues(root: Schema, path: readonly string[]): readonly SchemaWord[] {
  const own = schemasAt(root, path);
  const members = own.flatMap(({ items }) => (items === undefined ? [] : unfold(root, items)));
  const words = [...own, ...members].flatMap((schema) => {
    const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
    return values.map((value) => ({ word: String(value), description: schema.description ?? '' }));
  });
  return [...new Map(words.map((word) => [word.word, word])).values()];
}

function schemasAt(root: Schema, path: readonly string[]): readonly Schema[] {
  let current = unfold(root, root);
  for (const key of path) {
    current = current.flatMap(({ properties, additionalProperties }) => {
      const next = properties?.[key] ?? additionalProperties;
      return typeof next === 'object' ? unfold(root, next) : [];
    });
  }
  return current;
}

/** A schema with all the alternatives in it. */
function unfold(root: Schema, schema: Schema): readonly Schema[] {
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const target = name === undefined ? undefined : root.definitions?.[name];
  const inner = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
    ...(target ? [target] : []),
  ];
  return [schema, ...inner.flatMap((each) => unfold(root, each))];
}

function describe(root: Schema, schema: Schema): string {
  return unfold(root, schema).find(({ description }) => description !== undefined)?.description ?? '';
}
