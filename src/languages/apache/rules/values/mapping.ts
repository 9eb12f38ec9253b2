import { toRegExp } from '../../answers/path.ts';
import { rewriteCondFlags, rewriteRuleFlags } from '../../directives/values.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** What answers a path: aliases, redirects, proxies, rewriting. Messages are httpd's own where it has one. */
export const mappingChecks: ValueChecks = {
  redirect: checkRedirect,
  redirectmatch: checkRedirect,
  alias: checkAlias,
  aliasmatch: checkExpression,
  proxypass: checkProxyPass,
  proxyset: checkProxySet,
  balancermember: checkBalancerMember,
  rewriterule: checkRewriteRule,
  rewritecond: checkRewriteCond,
  rewritebase: checkRewriteBase,
  locationmatch: checkExpression,
  directorymatch: checkExpression,
  filesmatch: checkExpression,
};

function checkRedirect({ key, args, context }: Statement): BadValue | undefined {
  const first = args[0]?.value ?? '';
  const isStatus = /^(?:permanent|temp|seeother|gone|\d{3})$/i.test(first);
  const rest = isStatus ? args.slice(1) : args;
  const isGone = isStatus && (/^gone$/i.test(first) || (/^\d/.test(first) && !first.startsWith('3')));
  if (key === 'redirectmatch' && rest[0]) {
    const bad = badExpression(rest[0]);
    if (bad) return bad;
  }
  if (isGone && rest.length > 1) {
    return { argument: rest[1], message: `Redirect URL not valid for this status (${first})` };
  }
  const inLocation = context === 'location' || context === 'directory' || context === '.htaccess';
  if (args.length === 3 && !isStatus)
    return { argument: args[0], message: `Redirect: invalid first argument (of three): '${first}'` };
  if (!isGone && !inLocation && rest.length < 2 && args.length > 0) {
    return { argument: undefined, message: 'URL to redirect to is missing' };
  }
  return undefined;
}

function checkAlias({ args, context }: Statement): BadValue | undefined {
  return args.length === 1 && context !== 'location'
    ? { argument: undefined, message: 'Alias must have two arguments when used globally' }
    : undefined;
}

function checkProxyPass({ args, parents, branches }: Statement): BadValue | undefined {
  const isInLocation = parents.some(({ key }) => key === 'location' || key === 'locationmatch');
  const [first, second] = args;
  if (!first) return undefined;
  if (branches.some(({ kind }) => kind === 'request')) {
    return { argument: undefined, message: 'ProxyPass cannot occur within <If> section' };
  }
  if (!isInLocation && !second) {
    return { argument: undefined, message: 'ProxyPass needs a path when not defined in a location' };
  }
  if (isInLocation && first.value.startsWith('/') && second) {
    return { argument: first, message: 'ProxyPass can not have a path when defined in a location' };
  }
  const options = args.slice(isInLocation ? 1 : 2);
  const words = /^(?:nocanon|interpolate|noquery)$/i;
  const argument = options.find(({ value }) => !words.test(value) && !value.includes('='));
  return argument && { argument, message: "Invalid ProxyPass parameter. Parameter must be in the form 'key=value'" };
}

function checkRewriteRule({ args }: Statement): BadValue | undefined {
  const [pattern, target, flags] = args;
  if (!pattern || !target)
    return { argument: undefined, message: 'RewriteRule: bad argument line: a pattern and a substitution are needed' };
  return badFlags('RewriteRule', flags, rewriteRuleFlags) ?? badExpression(pattern);
}

function checkRewriteCond({ args }: Statement): BadValue | undefined {
  const [subject, pattern, flags] = args;
  if (!subject || !pattern)
    return { argument: undefined, message: 'RewriteCond: bad argument line: a test string and a pattern are needed' };
  const isTest = /^!?(?:-[a-z]|[<>=])/i.test(pattern.value) || /^expr$/i.test(subject.value);
  return badFlags('RewriteCond', flags, rewriteCondFlags) ?? (isTest ? undefined : badExpression(pattern));
}

function badFlags(
  name: string,
  flags: Statement['args'][number] | undefined,
  known: ReadonlySet<string>,
): BadValue | undefined {
  if (!flags) return undefined;
  if (!/^\[.*\]$/.test(flags.value))
    return { argument: flags, message: `${name}: bad flag delimiters: flags stand in brackets, '[L]'` };
  for (const part of flags.value.slice(1, -1).split(',')) {
    const flag = part.trim().split('=')[0]?.toLowerCase() ?? '';
    if (flag !== '' && !known.has(flag)) return { argument: flags, message: `${name}: unknown flag '${part.trim()}'` };
  }
  return undefined;
}

function badExpression(argument: Statement['args'][number]): BadValue | undefined {
  const pattern = argument.value.replace(/^!/, '');
  const isBroken = toRegExp(pattern) === undefined && !/\(\?|\\[AzZGQE]|[*+?}]\+|\[\[:|\\[hHRX]|\(\*/.test(pattern);
  return isBroken ? { argument, message: `Regular expression could not be compiled: ${argument.value}` } : undefined;
}

function checkExpression({ args: [argument] }: Statement): BadValue | undefined {
  return argument && badExpression(argument);
}

function checkProxySet({ args: [first], parents }: Statement): BadValue | undefined {
  const isInSection = parents.some(({ key }) => /^(?:proxy|location)/.test(key));
  return first && !isInSection && first.value.includes('=') && !first.value.includes('://')
    ? {
        argument: first,
        message: `ProxySet can not find '${first.value}' Worker: name the backend first, or put it into <Proxy>`,
      }
    : undefined;
}

function checkBalancerMember({ args: [first], parents }: Statement): BadValue | undefined {
  const isInSection = parents.some(({ key, args }) => key === 'proxy' && /^balancer:/i.test(args[0]?.value ?? ''));
  return first && !isInSection && !/^balancer:/i.test(first.value)
    ? {
        argument: first,
        message: 'BalancerMember must define remote proxy server: put it into <Proxy balancer://NAME>',
      }
    : undefined;
}

function checkRewriteBase({ args: [argument] }: Statement): BadValue | undefined {
  return argument && !argument.value.startsWith('/')
    ? { argument, message: 'RewriteBase: argument is not a valid URL: it starts with /' }
    : undefined;
}
