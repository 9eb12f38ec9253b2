/** A mistake as the server program names it. Lines from 0. */
export interface ServerMessage {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** False where the program names no place: the first line of the main file stands in for it. */
  readonly isPlaced: boolean;
}

/** With the program's name before the error log is open, with the time behind it. */
const nginxMessage =
  /^(?:nginx: |\d{4}\/\d\d\/\d\d [\d:]+ )\[(?:emerg|crit|error)\] (?:\d+#\d+: )?(.*?)(?: in (\/.*?):(\d+))?$/;

/** The innermost place, where one file includes the other. */
const apacheMessage = /^(?:.*[:\]] )?Syntax error on line (\d+) of (.*?):\s*(.*)$/;

/** `nginx: [emerg] … in FILE:LINE`, `AH00526: Syntax error on line LINE of FILE:` with the reason on the next line. */
export function parseServerMessages(output: string, entry: string): readonly ServerMessage[] {
  const messages: ServerMessage[] = [];
  const lines = output.split(/\r?\n/);
  lines.forEach((text, index) => {
    const nginx = nginxMessage.exec(text);
    if (nginx?.[1] !== undefined) {
      const isPlaced = nginx[2] !== undefined;
      messages.push({ message: nginx[1], file: nginx[2] ?? entry, line: Number(nginx[3] ?? 1) - 1, isPlaced });
      return;
    }
    const apache = apacheMessage.exec(text);
    if (apache?.[2] === undefined) return;
    const message = apache[3] || lines[index + 1] || 'Syntax error';
    messages.push({ message, file: apache[2], line: Number(apache[1]) - 1, isPlaced: true });
  });
  return messages;
}

/**
 * Of a file that it cannot open, nginx names the path and not the line: the first line that has the path as a word.
 * @param texts the configuration's files in their order
 * @param prefix folder that relative paths begin at
 */
export function findPlace(
  message: ServerMessage,
  texts: ReadonlyMap<string, string>,
  prefix: string,
): Pick<ServerMessage, 'file' | 'line' | 'isPlaced'> {
  const path = message.isPlaced ? undefined : /"(\/[^"]+)"/.exec(message.message)?.[1];
  if (path === undefined) return message;
  const names = [path, ...(path.startsWith(`${prefix}/`) ? [path.slice(prefix.length + 1)] : [])];
  for (const [file, text] of texts) {
    const line = text
      .split('\n')
      .findIndex(
        (row) => !row.trimStart().startsWith('#') && row.split(/[\s;"']+/).some((word) => names.includes(word)),
      );
    if (line !== -1) return { file, line, isPlaced: true };
  }
  return message;
}

/** Lines that say that something failed, and not what: `AH00014` and those of Debian's apache2ctl come last. */
const verdicts =
  /AH00014: |^Action '.*' failed\.$|^The Apache error log may have more information\.$|^nginx: .* test failed$/;

/** The last line that gives a reason, where the output names no place. */
export function reasonIn(output: string): string {
  const lines = output.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !verdicts.test(line)).at(-1) ?? 'it gave no reason';
}
