import { createHash, createPrivateKey } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { octetString } from '../../certificates/asn1/write.ts';
import { answerHttp, answerTlsAlpn, tryToListen } from '../../network/challenge-server.ts';
import { capitalised } from '../../text/capitalised.ts';
import { AcmeProblem } from '../client/problem.ts';
import { pause } from '../client/wait.ts';
import { createPrivateKeyPem } from '../keys/keys.ts';
import { addressBytes, extension, makeCertificate, publicKeyOf, subjectAltNames } from '../local/make-certificate.ts';
import type { Identifier } from '../order/identifiers.ts';
import { challengePath, type ListenAddress } from '../plan/plan.ts';
import { errorCode } from '../store/atomic.ts';
import type { ChallengeTask, Presented, SolverContext } from './solver.ts';

/** http-01 from a web server of our own (RFC 8555 section 8.3). */
export async function presentOverHttp(
  address: ListenAddress,
  task: ChallengeTask,
  { signal }: Pick<SolverContext, 'signal'>,
): Promise<Presented> {
  const path = `${challengePath}/${task.token}`;
  const answer = await whenFree(address, signal, () => answerHttp(address, path, task.keyAuthorization));
  return { place: `${addressText(address)}${path}`, remove: () => answer.stop() };
}

/** tls-alpn-01 (RFC 8737); addresses are asked for by their reverse name (RFC 8738 section 6). */
export async function presentOverTls(
  address: ListenAddress,
  task: ChallengeTask,
  context: SolverContext,
): Promise<Presented> {
  const key = await createPrivateKeyPem('ecdsa-p256');
  const certificate = proofCertificate(task, key, context.now());
  const name = serverName(task.identifier);
  const answer = await whenFree(address, context.signal, () => answerTlsAlpn(address, name, key, certificate));
  return { place: `${addressText(address)} for ${name}`, remove: () => answer.stop() };
}

/** @throws AcmeProblem where the port may never be opened; one in use may be free when it is needed */
export async function checkListen(address: ListenAddress): Promise<void> {
  try {
    await tryToListen(address);
  } catch (error) {
    if (errorCode(error) !== 'EADDRINUSE') throw notListening(address, error);
  }
}

/** So long a port is waited for: another run of ours has it for a few seconds, where two plans are renewed by one clock. */
const portPatience = 10_000;

/** @throws AcmeProblem */
async function whenFree<T>(
  address: ListenAddress,
  signal: AbortSignal | undefined,
  open: () => Promise<T>,
): Promise<T> {
  const until = Date.now() + portPatience;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (errorCode(error) !== 'EADDRINUSE' || Date.now() > until) throw notListening(address, error);
    }
    await pause(100, signal);
  }
}

function proofCertificate(task: ChallengeTask, keyPem: string, now: Date): string {
  const signer = createPrivateKey(keyPem);
  const digest = createHash('sha256').update(task.keyAuthorization).digest();
  const day = 86_400_000;
  return makeCertificate(
    {
      subject: 'ACME challenge',
      issuer: 'ACME challenge',
      notBefore: new Date(now.getTime() - day),
      notAfter: new Date(now.getTime() + day),
      publicKey: publicKeyOf(signer),
      // id-pe-acmeIdentifier, RFC 8737 section 6.1.
      extensions: [
        subjectAltNames([task.identifier], false),
        extension('1.3.6.1.5.5.7.1.31', true, octetString(digest)),
      ],
    },
    signer,
  );
}

export function serverName({ type, value }: Identifier): string {
  if (type === 'dns') return value;
  if (isIPv4(value)) return `${value.split('.').toReversed().join('.')}.in-addr.arpa`;
  if (!isIPv6(value)) return value;
  return `${[...addressBytes(value).toString('hex')].toReversed().join('.')}.ip6.arpa`;
}

function addressText({ host, port }: ListenAddress): string {
  return `port ${port}${host === undefined ? '' : ` of ${host}`}`;
}

function notListening(address: ListenAddress, error: unknown): AcmeProblem {
  const where = addressText(address);
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new AcmeProblem(
        'port-in-use',
        `${capitalised(where)} is taken by another program. Use its webroot in the plan, or stop it while the certificate is issued.`,
      );
    case 'EACCES':
      return new AcmeProblem(
        'port-forbidden',
        `${capitalised(where)} may only be opened by root. Run as root, or listen on a higher port that the low one is forwarded to.`,
      );
    case 'EADDRNOTAVAIL':
      return new AcmeProblem(
        'port-unusable',
        `${capitalised(where)} cannot be opened: this machine has no such address. Correct listen in the plan.`,
      );
    default: {
      const message = error instanceof Error ? error.message : String(error);
      return new AcmeProblem(
        'port-unusable',
        `${capitalised(where)} cannot be opened: ${message}. Correct listen in the plan.`,
        { cause: error },
      );
    }
  }
}
