import type { Statement } from './statement.ts';

/** Where each word is met first, in any server and in one: questions about what comes before need no second look. */
export class FirstPlaces {
  readonly #places = new Map<string, Map<Statement | undefined, number>>();

  /** To be called in the order of the text. */
  add(word: string, { parents, order }: Statement): void {
    let places = this.#places.get(word);
    if (!places) {
      places = new Map();
      this.#places.set(word, places);
    }
    const host = hostOf(parents);
    if (!places.has(host)) places.set(host, order);
  }

  /** The order of the first statement that has it, in a virtual host or, of undefined, outside of all. */
  inServer(word: string, host: Statement | undefined): number | undefined {
    return this.#places.get(word)?.get(host);
  }

  anywhere(word: string): number | undefined {
    const [first] = this.#places.get(word)?.values() ?? [];
    return first;
  }
}

/** The virtual host that a statement stands in. */
export function hostOf(parents: readonly Statement[]): Statement | undefined {
  return parents.find(({ key }) => key === 'virtualhost');
}
