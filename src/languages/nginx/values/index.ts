import type { DirectiveFact } from '../facts/directives.ts';
import { reaches } from '../facts/versions.ts';
import type { Word } from '../parse/tree.ts';
import type { Visit } from '../visit.ts';
import { acmeChecks } from './acme.ts';
import { checkAccessRule, checkListen, checkResolver, checkUpstreamServer } from './addresses.ts';
import { checkCiphersBehind, checkConfCommandBehind } from './behind.ts';
import { type Complaint, matching, type ValueCheck } from './complaint.ts';
import { checkConfCommand } from './conf-command.ts';
import { checkAgents, checkIf, checkLocation, checkRewrite, checkServerName } from './expressions.ts';
import {
  checkCachePath,
  checkCacheValid,
  checkErrorPage,
  checkExpires,
  checkHash,
  checkKeepalive,
  checkLimitConn,
  checkLimitConnZone,
  checkLimitReq,
  checkLimitReqZone,
  checkMethods,
  checkOpenFileCache,
  checkReturn,
  checkRoot,
  checkSessionCache,
  checkZone,
  smallForms,
} from './http.ts';
import { checkKeySource } from './key-sources.ts';
import { loadedChecks } from './loaded.ts';
import { checkAccessLog, checkErrorLog, checkLogFormat, checkOpenLogFileCache } from './log.ts';
import { inNotation } from './meant.ts';
import { moduleChecks } from './modules.ts';
import { checkPass, checkStreamPass } from './passes.ts';
import { checkSlot, slotKinds } from './slots.ts';
import { mayNameVariable, variableAddress } from './unresolved.ts';
import { checkUser } from './user.ts';
import { variableNames } from './variable-names.ts';
import { WatchedVisit } from './watched-visit.ts';

/** Of a file that nginx opens as soon as it reads the directive (ngx_ssl_read_password_file, ngx_http_quic_host_key). */
const notEmpty = matching(0, /./, () => 'An empty path is the folder of the main file, which is no file to read.');

/** Checks of directives with a setter of their own, by name; `module:name` where one module differs. */
const checks: Readonly<Record<string, ValueCheck>> = {
  ...smallForms,
  ...moduleChecks,
  ...loadedChecks,
  user: checkUser,
  listen: checkListen,
  'http_upstream:server': checkUpstreamServer,
  'stream_upstream:server': checkUpstreamServer,
  resolver: checkResolver,
  allow: checkAccessRule,
  deny: checkAccessRule,
  'http_proxy:proxy_pass': checkPass(['http://', 'https://'], true),
  'stream_proxy:proxy_pass': checkStreamPass,
  grpc_pass: checkPass(['grpc://', 'grpcs://'], false),
  fastcgi_pass: checkPass([], false),
  scgi_pass: checkPass([], false),
  memcached_pass: checkPass([], false),
  uwsgi_pass: checkPass(['uwsgi://', 'suwsgi://'], false),
  location: checkLocation,
  server_name: checkServerName,
  rewrite: checkRewrite,
  gzip_disable: checkAgents,
  if: checkIf,
  limit_except: checkMethods,
  return: checkReturn,
  error_page: checkErrorPage,
  keepalive_timeout: checkKeepalive,
  keepalive: checkKeepalive,
  expires: checkExpires,
  limit_req: checkLimitReq,
  limit_req_zone: checkLimitReqZone,
  limit_conn: checkLimitConn,
  limit_conn_zone: checkLimitConnZone,
  proxy_cache_path: checkCachePath,
  fastcgi_cache_path: checkCachePath,
  uwsgi_cache_path: checkCachePath,
  scgi_cache_path: checkCachePath,
  proxy_cache_valid: checkCacheValid,
  fastcgi_cache_valid: checkCacheValid,
  uwsgi_cache_valid: checkCacheValid,
  scgi_cache_valid: checkCacheValid,
  open_file_cache: checkOpenFileCache,
  ssl_session_cache: checkSessionCache,
  ssl_certificate: checkKeySource,
  ssl_certificate_key: checkKeySource,
  proxy_ssl_certificate: checkKeySource,
  proxy_ssl_certificate_key: checkKeySource,
  grpc_ssl_certificate: checkKeySource,
  grpc_ssl_certificate_key: checkKeySource,
  uwsgi_ssl_certificate: checkKeySource,
  uwsgi_ssl_certificate_key: checkKeySource,
  ssl_conf_command: checkConfCommand,
  ssl_password_file: notEmpty,
  proxy_ssl_password_file: notEmpty,
  grpc_ssl_password_file: notEmpty,
  uwsgi_ssl_password_file: notEmpty,
  quic_host_key: notEmpty,
  proxy_ssl_conf_command: checkConfCommandBehind,
  grpc_ssl_conf_command: checkConfCommandBehind,
  uwsgi_ssl_conf_command: checkConfCommandBehind,
  proxy_ssl_ciphers: checkCiphersBehind,
  grpc_ssl_ciphers: checkCiphersBehind,
  uwsgi_ssl_ciphers: checkCiphersBehind,
  access_log: checkAccessLog,
  error_log: checkErrorLog,
  log_format: checkLogFormat,
  open_log_file_cache: checkOpenLogFileCache,
  ...variableNames,
  root: checkRoot,
  alias: checkRoot,
  zone: checkZone,
  hash: checkHash,
};

/** The check of each directive that was met; of one with a common setter that one. */
const checkByFact = new Map<DirectiveFact, ValueCheck>();

function checkOf(fact: DirectiveFact): ValueCheck {
  let check = checkByFact.get(fact);
  if (!check) {
    check = ownCheck(fact) ?? slotCheck(fact);
    checkByFact.set(fact, check);
  }
  return check;
}

function slotCheck(fact: DirectiveFact): ValueCheck {
  return (args, _known, visit) => checkSlot(fact, args, visit);
}

function ownCheck(fact: DirectiveFact): ValueCheck | undefined {
  return checks[`${fact.module}:${fact.name}`] ?? checks[fact.name];
}

/** True where nginx looks at the values of a directive and a check here does too. */
export function hasValueCheck(fact: DirectiveFact): boolean {
  if (fact.source !== 'open') return ofOthers(fact) !== undefined;
  return ownCheck(fact) !== undefined || slotKinds.has(fact.value);
}

/** Of a directive that nginx itself does not have: its module's own check, not that of a namesake. */
function ofOthers(fact: DirectiveFact): ValueCheck | undefined {
  return fact.source === 'third-party' ? acmeChecks[`${fact.module}:${fact.name}`] : undefined;
}

/** What nginx would say about the values of one directive; undefined where it takes them. */
export function valueComplaint(visit: Visit): Complaint | undefined {
  return complaintAbout(visit.item.args, visit);
}

function complaintAbout(args: readonly Word[], visit: Visit): Complaint | undefined {
  const { fact } = visit;
  if (fact === undefined) return undefined;
  if (fact.source !== 'open')
    return args.some(({ templated }) => templated) ? undefined : ofOthers(fact)?.(args, visit, visit);
  if (!(fact.name in variableNames)) for (const { templated } of args) if (templated) return undefined;
  // What is obsolete in HTTP/2 is ignored, whatever its value.
  if (fact.module === 'http_v2' && fact.obsoleteSince && reaches(visit.version, fact.obsoleteSince)) return undefined;
  return checkOf(fact)(args, visit, visit) ?? (mayNameVariable(fact, args) ? variableAddress(visit) : undefined);
}

/** What is meant by a word that nginx refuses, in another notation than its own, where it takes that. */
export function meantInstead(visit: Visit, { word }: Complaint): string | undefined {
  const { fact, item } = visit;
  const meant = word && fact && inNotation(fact.name, word.value);
  if (meant === undefined || !fact) return undefined;
  const args = item.args.map((other) => (other === word ? { ...other, value: meant } : other));
  if (fact.source !== 'open') return undefined;
  return checkOf(fact)(args, visit, visit) === undefined ? meant : undefined;
}

/** True where nginx takes the values of a directive, whatever else stands in its block or around it. */
export function areValuesTaken(visit: Visit): boolean {
  const watched = new WatchedVisit(visit);
  return complaintAbout(visit.item.args, watched) === undefined && !watched.hasLookedAround;
}
