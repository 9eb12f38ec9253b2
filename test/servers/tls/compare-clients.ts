import type { Meeting } from '../../../src/analysis/endpoints/endpoint-clients.ts';
import type { Answer } from './hello.ts';

/** Undefined where the server answers as predicted; what the client itself does not take is its own refusal. */
export function differenceOf({ client, handshake }: Meeting, answer: Answer): string | undefined {
  if (handshake.kind === 'unknown') return undefined;
  const said =
    handshake.kind === 'agreed'
      ? `${handshake.protocol} ${handshake.suite.name} ${handshake.group?.name ?? '-'}`
      : `refused: ${handshake.reason}`;
  const isTaken =
    answer !== 'broken off' && client.protocols.includes(answer.protocol) && takesDh(client.dhBits, answer.dhBits);
  const found =
    answer === 'broken off'
      ? answer
      : JSON.stringify({ ...answer, suite: answer.suite.toString(16), group: answer.group?.toString(16) });
  const agrees =
    handshake.kind === 'refused'
      ? !isTaken
      : isTaken &&
        answer.protocol === handshake.protocol &&
        answer.suite === handshake.suite.id &&
        answer.group === handshake.group?.id;
  return agrees ? undefined : `${client.name}: we say ${said}, the server answers ${found}`;
}

function takesDh(
  { least = 0, most = Number.POSITIVE_INFINITY }: Meeting['client']['dhBits'],
  bits: number | undefined,
): boolean {
  return bits === undefined || (bits >= least && bits <= most);
}
