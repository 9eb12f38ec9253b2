import type { RuleInfo } from '../../../text/finding.ts';
import type { Project, TextReport } from '../../language.ts';
import type { Context } from '../facts/directives.ts';
import type { Known } from '../facts/known.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Scope } from '../scope.ts';
import type { Visit } from '../visit.ts';

/** A rule about one directive at a time. Of these the first that reports is the only one, as nginx stops there. */
export interface DirectiveRule extends RuleInfo {
  /** False where it has nothing to say whatever the arguments are; asked once for each name in each kind of block. */
  concerns(known: Known): boolean;
  /**
   * True where it has nothing to say about a directive because of its words alone, whatever else stands in the block or
   * around it. Asked once for all directives that read the same in one kind of block.
   */
  isPleased?(visit: Visit): boolean;
  check(visit: Visit): TextReport | undefined;
}

/** A rule about the directives of one block together. */
export interface ScopeRule extends RuleInfo {
  /** Blocks that it has something to say about; all where undefined. */
  readonly contexts?: readonly (Context | 'entries')[];
  check(scope: Scope, project: Project<NginxFile>): readonly TextReport[];
}

/** A rule about the text of one file. */
export interface FileRule extends RuleInfo {
  check(file: NginxFile, project: Project<NginxFile>): Iterable<TextReport>;
}
