/** A flag of `RewriteRule` or `RewriteCond`. */
export interface RewriteFlag {
  /** As people write it, which is the short name where there is one. */
  readonly name: string;
  /** Empty: it has no other. */
  readonly longName: string;
  /** What stands behind its `=`: a `*` where something must, a `?` where it may. */
  readonly value: '' | '*' | '?';
  /** First 2.4 release that knows it; empty: all do. */
  readonly since: string;
  /** A sentence without its full stop. */
  readonly summary: string;
}

export type FlaggedDirective = 'rewriterule' | 'rewritecond';

/**
 * Names with their value, first release, and what it does, by tab; those first that most rules have. Sources: "RewriteRule Flags"
 * and "RewriteCond Directive" in the manual, and mod_rewrite.c.
 */
const rows: Readonly<Record<FlaggedDirective, string>> = {
  rewriterule: `
L,last		Tries no further rules in this pass; in a folder the result goes through the rules again
R,redirect?		Redirects the client, with 302 where no other status is named
NC,nocase		The pattern matches whatever the case
NE,noescape		Leaves \`%\`, \`#\` and \`?\` of the result as they are
QSA,qsappend		Keeps the query string of the request behind the new one
QSD,qsdiscard		Drops the query string of the request
P,proxy		Hands the request on by mod_proxy; no further rules
PT,passthrough		Takes the result for a path of a URL, which Alias and Location apply to; always so in a folder
END		Tries no further rules, and none again in this request
F,forbidden		Answers with 403
G,gone		Answers with 410
E,env*		Sets a variable of the environment: \`E=name:value\`; \`E=!name\` takes it away
C,chain		Where this rule does not match, the next one is left out too
S,skip*		Leaves out that many rules
N,next?		Starts again with the first rule; a number says how often at most
H,handler*		Names the handler of the request
T,type*		Names the media type of the answer
CO,cookie*		Sets a cookie: \`CO=name:value:domain:minutes:path:secure:httponly:samesite\`
NS,nosubreq		Not for requests that the server makes itself
DPI,discardpath		Drops what stood behind the file in the path
QSL,qslast	2.4.19	The last question mark begins the query string, not the first one
B,backrefescaping?		Escapes what \`$1\` and \`%1\` bring in, or only these characters
BNP,backrefernoplus	2.4.26	With B, a space becomes \`%20\` instead of \`+\`
BCTLS	2.4.57	Escapes only control characters and spaces of what \`$1\` and \`%1\` bring in
BNE*	2.4.57	With B or BCTLS, leaves these characters as they are
UnsafeAllow3F	2.4.60	Lets \`%3f\` through, from which 2.4.60 protects (CVE-2024-38474)
UnsafePrefixStat	2.4.60	Lets a variable begin the path of a file, from which 2.4.60 protects (CVE-2024-38475)
UNC	2.4.63	Keeps several slashes at the start, for shares of Windows`,
  rewritecond: `
NC,nocase		Compares whatever the case
OR,ornext		This condition or the next one; without it both
NV,novary		Leaves the header out of Vary`,
};

const tables = new Map<FlaggedDirective, ReadonlyMap<string, RewriteFlag>>();

/** Flags by each of their names, in lower case; the usual ones first. */
export function rewriteFlags(directive: FlaggedDirective): ReadonlyMap<string, RewriteFlag> {
  const known = tables.get(directive) ?? read(rows[directive]);
  tables.set(directive, known);
  return known;
}

function read(text: string): ReadonlyMap<string, RewriteFlag> {
  const flags = new Map<string, RewriteFlag>();
  for (const row of text.trim().split('\n')) {
    const [names = '', since = '', summary = ''] = row.split('\t');
    const value = (/[*?]$/.exec(names)?.[0] ?? '') as RewriteFlag['value'];
    const [name = '', longName = ''] = names.replace(value, '').split(',');
    const flag = { name, longName, value, since, summary };
    for (const each of [name, longName]) if (each !== '') flags.set(each.toLowerCase(), flag);
  }
  return flags;
}
