import type { Range } from '../../text/range.ts';
import type { ContainerContent, ContainerObject, ContainerProblem } from './content.ts';

/** What the values of a larger file hold, each read by itself, as one content. */
export class EmbeddedContent {
  readonly #objects: ContainerObject[] = [];
  readonly #problems: ContainerProblem[] = [];
  readonly #algorithms: string[] = [];
  #locked = false;

  /** @param entry where the value stands, such as its key */
  add(content: ContainerContent, entry: string, range: Range | undefined): void {
    for (const object of content.objects) {
      const inner = object.source.container === 'pem' ? '' : ` ${object.source.entry ?? ''}`.trimEnd();
      const set = object.source.set === undefined ? entry : `${entry} ${object.source.set}`;
      const trusted = object.source.trusted && { trusted: object.source.trusted };
      const place = { container: 'yaml' as const, entry: `${entry}${inner}`, set };
      this.#objects.push({ ...object, source: { ...place, ...trusted, ...(range && { range }) } });
    }
    for (const { id, message, refused } of content.problems) {
      if (id === 'indented') continue;
      this.#problems.push({ id, message: `${entry}: ${message}`, refused, ...(range && { range }) });
    }
    this.#algorithms.push(...content.algorithms);
    this.#locked ||= content.locked;
  }

  problem(problem: ContainerProblem): void {
    this.#problems.push(problem);
  }

  content(problems: readonly ContainerProblem[] = []): ContainerContent {
    return {
      format: 'yaml',
      objects: this.#objects,
      problems: [...problems, ...this.#problems],
      algorithms: this.#algorithms,
      locked: this.#locked,
    };
  }
}
