import { copyOf } from '../../../memory/remember-texts.ts';
import type { Expectation, Line } from './lines.ts';

/** Fewer lines are as quickly compared one by one. */
const fewest = 4;
/** Characters after which a run ends: a text may have thousands of places, each with a run of its own. */
const longest = 1024;

/** Takes down the lines of one text that come as expected, for the place where the first of them was. */
export class RunWriter {
  private readonly text: string;
  private at: Expectation | undefined = undefined;
  private start = 0;
  private stop = 0;
  private lines: Line[] = [];
  private places: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /**
   * @param from end of what stands before the line
   * @param start of the line, behind its blanks
   */
  add(expected: Expectation, from: number, line: Line, start: number): void {
    if (this.at === undefined) {
      this.at = expected;
      this.start = from;
    }
    this.lines.push(line);
    this.places.push(start - this.start);
    this.stop = start + line.at + 1;
    if (this.stop - this.start >= longest) this.end();
  }

  end(): void {
    if (this.at === undefined) return;
    const { at, start, stop, lines, places } = this;
    this.at = undefined;
    // Lua between two lines is bounded by nobody.
    if (lines.length >= fewest && stop - start < 2 * longest)
      at.run = { text: copyOf(this.text.slice(start, stop)), lines, places };
    this.lines = [];
    this.places = [];
  }
}
