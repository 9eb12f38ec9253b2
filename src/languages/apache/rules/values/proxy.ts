import { isIpv4 } from '../../../../text/address.ts';
import { isInRequestCondition, isRightInRequestCondition, type Statement } from '../../evaluate/statement.ts';
import { notLoaded } from '../../how-to-load.ts';
import { isUncertain } from '../../uncertain.ts';
import type { ApacheContext } from '../rule.ts';
import { findsWorker, isBalancer, meantBalancer } from './defined-workers.ts';
import { checkHealthNames, checkHealthTemplate } from './health-check.ts';
import { badExpression } from './mapping.ts';
import { balancerParameters, healthParameters, workerParameters } from './proxy-parameters.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** mod_proxy. Messages are its own. */
export const proxyChecks: ValueChecks = {
  proxypass: (statement, context) => checkProxyPass(statement, context) ?? checkHealthNames(statement, context),
  proxypassmatch: (statement, context) =>
    checkProxyPass(statement, context) ?? (statement.args[0] && badExpression(statement.args[0])),
  proxypassreverse: checkReverse,
  balancermember: (statement, context) =>
    checkBalancerMember(statement, context) ?? checkHealthNames(statement, context),
  proxyset: (statement, context) => checkProxySet(statement, context) ?? checkHealthNames(statement, context),
  proxyhctemplate: checkHealthTemplate,
  proxyremote: checkRemote,
  proxyremotematch: (statement) => checkRemote(statement) ?? (statement.args[0] && badExpression(statement.args[0])),
  proxyerroroverride: checkErrorOverride,
  proxy: checkSection,
  proxymatch: ({ args: [argument] }) => argument && badExpression(argument),
  proxydomain: ({ args: [argument] }) =>
    argument && !argument.value.startsWith('.')
      ? { argument, message: 'ProxyDomain: domain name must start with a dot' }
      : undefined,
  proxyiobuffersize: checkBuffer,
  proxyreceivebuffersize: checkBuffer,
  proxysourceaddress: checkSourceAddress,
  proxytimeout: ({ args: [argument] }) =>
    argument && !/^\s*\+?0*[1-9]/.test(argument.value)
      ? { argument, message: 'Proxy Timeout must be at least 1 second' }
      : undefined,
};

type Word = Statement['args'][number];

/** An address of this machine, or a name of one; of names only DNS can tell. */
function checkSourceAddress({ args: [argument] }: Statement): BadValue | undefined {
  const { value = '' } = argument ?? {};
  const isQuad = /^\d+(?:\.\d+){3}$/.test(value);
  if (!argument || (isQuad ? isIpv4(value) : !/[[\]*/]|^[\d.]+:\d+$/.test(value))) return undefined;
  return { argument, message: 'ProxySourceAddress invalid value: it is one address, without port and mask' };
}

/** Inside `<Location>` and `<Proxy>` the section's path is meant. */
function hasPath({ parents }: Statement): boolean {
  return parents.some(({ key }) => /^(?:location|proxy)(?:match)?$/.test(key));
}

function checkProxyPass(statement: Statement, context: ApacheContext): BadValue | undefined {
  const { args, context: place } = statement;
  const [first, second] = args;
  const isInside = hasPath(statement);
  // That it does not belong there is told.
  if (place === 'directory' || place === '.htaccess') return undefined;
  if (!first || (!isInside && !second)) {
    return {
      argument: undefined,
      message: `ProxyPass needs ${isInside ? 'a URL' : 'a path when not defined in a location'}`,
    };
  }
  if (isInside && first.value.startsWith('/') && second) {
    return { argument: first, message: 'ProxyPass can not have a path when defined in a location' };
  }
  const [target, ...options] = isInside ? args : args.slice(1);
  if (target && target.value !== '!' && !/\$(?!\d)/.test(target.value)) {
    if (!absolute.test(target.value)) {
      return { argument: target, message: `ProxyPass URL must be absolute: ${target.value}` };
    }
    // Of a target that an expression fills in, mod_proxy reads what stands before its first part.
    const read = isFilledIn(statement) ? target.value.replace(/\$.*$/s, '') : target.value;
    if (hasBadPort(read)) {
      return { argument: target, message: `ProxyPass Unable to parse URL: ${target.value}, the port is not a number` };
    }
  }
  const words = /^(?:nocanon|interpolate|noquery)$/i;
  const argument = options.find(({ value }) => !words.test(value) && !value.includes('='));
  if (argument) {
    return { argument, message: "Invalid ProxyPass parameter. Parameter must be in the form 'key=value'" };
  }
  const rest = options.filter(({ value }) => value.includes('=') && !/^mapping=/i.test(value));
  return badParameter('ProxyPass', rest, isBalancer(target?.value), context);
}

/** `http://host…`, `unix:/path|fcgi:`. */
const absolute = /^(?:unix:[^|]*\|[a-z][a-z0-9+.-]*:|[a-z][a-z0-9+.-]*:\/\/[^/])/i;

function hasBadPort(url: string): boolean {
  const [, port = ''] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(?:\[[^\]/]*\]|[^:/[]*):([^/@]*)(?:\/|$)/i.exec(url) ?? [];
  return !/^\d*$/.test(port);
}

function isFilledIn({ key, parents }: Statement): boolean {
  return key === 'proxypassmatch' || parents.at(-1)?.key === 'locationmatch';
}

/** `<Proxy URL key=value …>`. */
function checkSection({ args: [first, ...others] }: Statement, context: ApacheContext): BadValue | undefined {
  const [second] = others;
  if (!first || !second) return undefined;
  if (!first.value.includes(':')) {
    return {
      argument: second,
      message: '<Proxy> arguments are not supported for non url: <ProxyMatch> takes an expression',
    };
  }
  if (/[*?]/.test(first.value)) {
    return { argument: second, message: '<Proxy> arguments are not supported for wildcard URLs: name one URL' };
  }
  if (first.value.includes('[')) return undefined;
  const word = others.find(({ value }) => !value.includes('='));
  if (word) return { argument: word, message: "Invalid Proxy parameter. Parameter must be in the form 'key=value'" };
  if (isBalancer(first.value)) return badBalancer('<Proxy>', first) ?? badParameter('<Proxy>', others, true, context);
  return badParameter('<Proxy>', others, false, context);
}

/** What has members has an address of its own (`ap_proxy_define_balancer`). */
function badBalancer(directive: string, name: Word | undefined, argument = name): BadValue | undefined {
  const { value = '' } = name ?? {};
  if (isUncertain(value) || /^[^:]*:\/\/./s.test(value)) return undefined;
  const [written] = /[\w-][\w.-]*$/.exec(value.replace(/^balancer\b/i, '')) ?? ['NAME'];
  return {
    argument,
    message: `${directive} Bad syntax for a balancer name (${value}): it reads balancer://${written}`,
  };
}

/** Errors that are replaced: `On` alone means all. */
function checkErrorOverride({ args: [isOn, ...codes] }: Statement): BadValue | undefined {
  if (isOn && !/^on$/i.test(isOn.value) && codes[0]) {
    return { argument: codes[0], message: "ProxyErrorOverride: status codes must follow a value of 'on'" };
  }
  const argument = codes.find(({ value }) => !/^[45]\d\d$/.test(value));
  if (!argument) return undefined;
  const must = /^\d+$/.test(argument.value) ? 'valid HTTP Status Codes >=400 && <600' : 'numeric';
  return { argument, message: `ProxyErrorOverride: status codes to intercept must be ${must}` };
}

/** The first `key=value` that a worker or a balancer does not take. */
function badParameter(
  directive: string,
  args: readonly Word[],
  ofBalancer: boolean,
  { evaluation, project: { target } }: ApacheContext,
): BadValue | undefined {
  const known = ofBalancer ? balancerParameters : workerParameters;
  for (const argument of args) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(argument.value) ?? [];
    const key = name.toLowerCase();
    const ofHealth = !ofBalancer && Object.hasOwn(healthParameters, key) ? healthParameters[key] : undefined;
    if (ofHealth && evaluation.modulesCertain && !evaluation.modules.has('proxy_hcheck')) {
      return {
        argument,
        message: `${directive}: ${name} comes with mod_proxy_hcheck, ${notLoaded('proxy_hcheck', target)}`,
      };
    }
    const check = ofHealth ?? (Object.hasOwn(known, key) ? known[key] : undefined);
    const message = check ? check(value) : `unknown ${ofBalancer ? 'Balancer' : 'Worker'} parameter ${name}`;
    if (message !== undefined) return { argument, message: `${directive} ${message}` };
  }
  return undefined;
}

function checkReverse(statement: Statement): BadValue | undefined {
  const urls = statement.args.filter(({ value }) => !/^interpolate$/i.test(value));
  if (!hasPath(statement)) {
    return urls.length < 2
      ? { argument: undefined, message: 'ProxyPassReverse needs a path when not defined in a location' }
      : undefined;
  }
  return urls.length > 1
    ? { argument: urls[0], message: 'ProxyPassReverse can not have a path when defined in a location' }
    : undefined;
}

/** The section's name is the balancer; outside of one it comes first (`add_member`). */
function checkBalancerMember(statement: Statement, context: ApacheContext): BadValue | undefined {
  const { args, parents } = statement;
  const words = args.filter(({ value }) => !value.includes('=') || value.includes('://'));
  const rest = args.filter((argument) => !words.includes(argument));
  const [first, second, third] = words;
  if (isInRequestCondition(statement) || parents.some(({ key }) => key !== 'virtualhost')) {
    if (!first) return missing('BalancerMember must define remote proxy server');
    if (second)
      return {
        argument: second,
        message: 'BalancerMember can not have a balancer name when defined in a location',
      };
    const section = parents.findLast(({ key }) => !key.startsWith('limit'));
    if (isRightInRequestCondition(statement) || !isProxySection(section)) return outsideBalancer(first);
    const bad = ofSection('BalancerMember', section, first);
    if (bad) return bad;
  } else if (!first) return missing('BalancerMember must define balancer name when outside <Proxy > section');
  else if (!isBalancer(first.value)) return outsideBalancer(first);
  else if (!second) return missing('BalancerMember must define remote proxy server');
  else if (third) {
    return { argument: third, message: "Invalid BalancerMember parameter. Parameter must be in the form 'key=value'" };
  } else {
    const bad = badBalancer('BalancerMember', first);
    if (bad) return bad;
  }
  return badMember(words.at(-1)) ?? badParameter('BalancerMember', rest, false, context);
}

/** A server alone, as `upstream` of nginx has it, is no member. */
function badMember(argument: Word | undefined): BadValue | undefined {
  const { value = '' } = argument ?? {};
  if (absolute.test(value)) {
    return hasBadPort(value)
      ? { argument, message: `BalancerMember Unable to parse URL: ${value}, the port is not a number` }
      : undefined;
  }
  const isServer = /^[\w.-]+(?::\d+)?\/?$/.test(value);
  return {
    argument,
    message: `BalancerMember URL must be absolute: ${value}`,
    ...(isServer ? { instead: `http://${value}` } : {}),
  };
}

function missing(message: string): BadValue {
  return { argument: undefined, message };
}

function outsideBalancer(argument: Word): BadValue {
  return { argument, message: 'BalancerMember must define remote proxy server: put it into <Proxy balancer://NAME>' };
}

/** A section between takes the backend out of sight (`set_proxy_param` looks at the innermost). */
function isProxySection(section: Statement | undefined): section is Statement {
  return section?.key === 'proxy' || section?.key === 'proxymatch';
}

/** Parameters behind its name make the balancer earlier, and are refused themselves. */
function ofSection(directive: string, section: Statement | undefined, argument: Word | undefined) {
  return section?.args.length === 1 ? badBalancer(directive, section.args[0], argument) : undefined;
}

/** Right inside `<Proxy>` parameters only; elsewhere the worker or balancer, which is there before, comes first. */
function checkProxySet(statement: Statement, context: ApacheContext): BadValue | undefined {
  const { args, parents } = statement;
  const section = isRightInRequestCondition(statement) ? undefined : parents.at(-1);
  const [first, ...others] = args;
  if (section && isProxySection(section)) {
    const word = args.find(({ value }) => !value.includes('='));
    if (word) {
      return { argument: word, message: "Invalid ProxySet parameter. Parameter must be in the form 'key=value'" };
    }
    const name = section.args[0]?.value ?? '';
    if (first && !isBalancer(name) && !absolute.test(name) && !name.includes('$')) {
      return {
        argument: first,
        message: `ProxySet URL must be absolute: ${name}. Parameters are for one backend: put them into its own section, <Proxy "http://backend.example.com">`,
      };
    }
    const bad = isBalancer(name) ? ofSection('ProxySet', section, first) : undefined;
    return bad ?? badParameter('ProxySet', args, isBalancer(name), context);
  }
  if (!first) return missing('ProxySet must name a worker or a balancer when outside <Proxy > section');
  const { evaluation } = context;
  if (first.value.includes('=') || !findsWorker(first.value, statement, evaluation)) {
    const ofBalancer = isBalancer(first.value);
    const instead = ofBalancer ? meantBalancer(first.value, statement, evaluation) : undefined;
    return {
      argument: first,
      message: `ProxySet can not find '${first.value}' ${ofBalancer ? 'Balancer' : 'Worker'}: name one that is defined before, or put the line directly into <Proxy>`,
      ...(instead === undefined ? {} : { instead }),
    };
  }
  return badParameter('ProxySet', others, isBalancer(first.value), context);
}

function checkRemote({ node, args: [, argument] }: Statement): BadValue | undefined {
  const [, port] = /^[a-z][a-z0-9+.-]*:\/\/[^:/]*:([^/]*)/i.exec(argument?.value ?? '') ?? [];
  if (argument && port !== undefined && !(/^\d+$/.test(port) && Number(port) < 65_536)) {
    return { argument, message: `${node.name}: Bad syntax for a remote proxy server (bad port number)` };
  }
  return argument && !/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(argument.value)
    ? {
        argument,
        message: `${node.name}: Bad syntax for a remote proxy server: it reads http://proxy.example.com:3128`,
      }
    : undefined;
}

function checkBuffer({ node, args: [argument] }: Statement): BadValue | undefined {
  const bytes = Number.parseInt(argument?.value ?? '', 10) || 0;
  return argument && bytes !== 0 && bytes < 512
    ? { argument, message: `${node.name} must be >= 512 bytes, or 0 for system default` }
    : undefined;
}
