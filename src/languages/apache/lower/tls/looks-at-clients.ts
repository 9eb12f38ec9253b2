import { factOf } from '../../directives/facts.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';

/**
 * Variables of client certificates and what hands them on, checks of places, passwords, programs within Apache, and files of folders,
 * which can say all of that.
 */
const looking =
  /SSL_CLIENT_|ssl-verify-client|StdEnvVars|ExportCertData|FakeBasicAuth|\bajp:|^(?:Auth|Lua|Session|SSLRequire |SSLUserName|SSLOCSP|Require (?!all )|AllowOverride(?:List)? (?!None$))/i;

/** False where nothing in a configuration can see whether a client had a certificate, or whose. */
export function looksAtClients({ all, unseen, folderFiles }: Evaluation): boolean {
  return unseen.size > 0 || folderFiles.size > 0 || all.some(looks);
}

function looks({ key, node, parents }: Statement): boolean {
  if (key === 'sslverifyclient') return parents.length > 0 && parents.at(-1)?.key !== 'virtualhost';
  return (!/log(?:format)?$/.test(key) && looking.test(`${node.name} ${node.raw}`)) || factOf(key) === undefined;
}
