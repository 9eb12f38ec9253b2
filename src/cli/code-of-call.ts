/** Commands that read configurations, of which each language needs code of its own. */
const ofConfigurations: ReadonlySet<string> = new Set(['lint', 'endpoints']);

/** What of a path or a target tells of a language. */
const languages = { nginx: /nginx/i, apache: /apache|httpd|htaccess/i };

/**
 * By what the code that a call needs is kept: its command, and the language where its words tell of one only, as
 * `lint /etc/nginx` does. With the code of another one to read as well, `lint` of 10,000 lines takes 1.06 of the time.
 */
export function codeOfCall(args: readonly string[]): string {
  const [command = 'help'] = args;
  if (command.startsWith('-') || args.includes('--help')) return 'help';
  if (!ofConfigurations.has(command)) return command;
  const told = Object.entries(languages).filter(([, word]) => args.some((arg) => word.test(arg)));
  const [only] = told;
  return only === undefined || told.length > 1 ? command : `${command}-${only[0]}`;
}
