/** A section of a file of Python's ConfigObj, which certbot writes. A value may be a list. */
export class Section {
  private readonly values = new Map<string, readonly string[]>();

  set(name: string, values: readonly string[]): void {
    this.values.set(name, values);
  }

  /** The value, or the first one of a list. */
  get(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  get names(): readonly string[] {
    return [...this.values.keys()];
  }
}

/** Reads such a file: what stands above all sections, and each section by its name. */
export function readConfigObj(text: string): {
  readonly top: Section;
  readonly sections: ReadonlyMap<string, Section>;
} {
  const top = new Section();
  const sections = new Map<string, Section>();
  let current = top;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[+([^\]]+)\]+\s*$/.exec(line);
    const equals = /^\s*[#;=]/.test(line) ? -1 : line.indexOf('=');
    if (header !== null) {
      current = new Section();
      sections.set(header[1] ?? '', current);
    } else if (equals > 0) current.set(line.slice(0, equals).trim(), readValues(line.slice(equals + 1).trim()));
  }
  return { top, sections };
}

/** Where both kinds of quotes are in a value there are three around it, and it is no list (ConfigObj, _multiline). */
const threeQuotes = /^("""|''')(.*?)\1\s*(?:#.*)?$/;
/** What has a comma, a `#` or blanks around it stands in quotes (ConfigObj, _quote). */
const word = /"([^"]*)"|'([^']*)'|([^\s,#"'][^,#]*)|#.*/g;

function readValues(text: string): readonly string[] {
  const [, , whole] = threeQuotes.exec(text) ?? [];
  if (whole !== undefined) return [whole];
  return [...text.matchAll(word)].flatMap(([, double, single, bare]) => double ?? single ?? bare?.trim() ?? []);
}
