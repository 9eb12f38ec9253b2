import type { Statement } from '../../evaluate/statement.ts';
import type { BadValue, ValueCheck, ValueChecks } from './value-check.ts';

/** Numbers and times, and how far they may go. Messages are httpd's own. */
export const limitChecks: ValueChecks = {
  keepalivetimeout: checkTime,
  cgidscripttimeout: checkTime,
  limitrequestbody: checkNumber,
  limitrequestfields: checkNumber,
  limitrequestfieldsize: checkNumber,
  limitrequestline: checkNumber,
  listenbacklog: atLeast(1, 'ListenBacklog must be > 0'),
  listentcpdeferaccept: atLeast(1, 'ListenTCPDeferAccept must be > 0'),
  receivebuffersize: bufferSize('ReceiveBufferSize'),
  sendbuffersize: bufferSize('SendBufferSize'),
  asyncrequestworkerfactor: atLeast(Number.MIN_VALUE, 'AsyncRequestWorkerFactor argument must be a positive number'),
  h2maxsessionstreams: atLeast(1, 'value must be > 0'),
  h2minworkers: atLeast(1, 'value must be > 0'),
  h2maxworkers: atLeast(1, 'value must be > 0'),
  h2windowsize: atLeast(1024, 'value must be >= 1024'),
  h2streammaxmemsize: atLeast(1024, 'value must be >= 1024'),
  h2padding: checkPadding,
  h2pushdiarysize: checkPowerOfTwo,
  requestreadtimeout: checkReadTimeouts,
};

/** Text that is no number counts as 0. */
function leadingNumber(text: string): number {
  const number = Number.parseFloat(text);
  return Number.isNaN(number) ? 0 : number;
}

function atLeast(least: number, message: string): ValueCheck {
  return ({ args: [argument] }) =>
    argument && leadingNumber(argument.value) < least ? { argument, message } : undefined;
}

function bufferSize(name: string): ValueCheck {
  return ({ args: [argument] }) => {
    const size = leadingNumber(argument?.value ?? '');
    if (!argument || size === 0 || size >= 512) return undefined;
    return { argument, message: `${name} must be >= 512 bytes, or 0 for system default` };
  };
}

/** Only a negative number is refused, and of a body what is no number. */
function checkNumber({ key, node, args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const isNumber = key !== 'limitrequestbody' || /^\s*[+-]?\d+$/.test(argument.value);
  if (isNumber && leadingNumber(argument.value) >= 0) return undefined;
  return { argument, message: `${node.name} requires a non-negative integer, not '${argument.value}'` };
}

/** A number and a unit, of which the beginning counts; a unit alone is none of it (`ap_timeout_parameter_parse`). */
function checkTime({ node, args: [argument] }: Statement): BadValue | undefined {
  if (!argument || /^\s*(?:\+|-(?=0+(?:\D|$)))?(?:\d+$|\d*(?:s|h|ms|mi))/.test(argument.value)) return undefined;
  const [, number] = /^\s*(\d+)m(?:$|in)?/.exec(argument.value) ?? [];
  return {
    argument,
    message: `${node.name} has wrong format: it reads 5, 500ms or 5min`,
    ...(number === undefined ? {} : { instead: `${number}min` }),
  };
}

function checkPadding({ args: [argument] }: Statement): BadValue | undefined {
  const bits = leadingNumber(argument?.value ?? '');
  if (bits >= 0 && bits <= 8) return undefined;
  return { argument, message: `number of bits must be ${bits < 0 ? '>= 0' : '<= 8'}` };
}

function checkPowerOfTwo({ args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const size = leadingNumber(argument.value);
  if (size < 0) return { argument, message: 'value must be >= 0' };
  if (size > 0 && !Number.isInteger(Math.log2(size))) return { argument, message: 'value must be a power of 2' };
  return size > 32_768 ? { argument, message: 'value must be <= 32768' } : undefined;
}

/** `header=20-40,MinRate=500 body=20,MinRate=500`. */
function checkReadTimeouts({ args }: Statement): BadValue | undefined {
  for (const argument of args) {
    const problem = readTimeoutProblem(argument.value);
    if (problem !== undefined) return { argument, message: `RequestReadTimeout: ${argument.value}: ${problem}` };
  }
  return undefined;
}

function readTimeoutProblem(text: string): string | undefined {
  const [, name = '', value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (value === undefined) return "Parameter must be in the form 'key=value'";
  if (!/^(?:handshake|header|body)$/i.test(name)) return 'Unknown RequestReadTimeout parameter';
  const [, times = '', rate] = /^(.*?)(?:,minrate=(.*))?$/is.exec(value) ?? [];
  if (rate === undefined && times.includes('-')) return 'Must set MinRate option if using timeout range';
  const [, behind] = /^\d+-\d+(\D.*)$/s.exec(times) ?? [];
  if (behind !== undefined) return `Cannot parse '${behind}'`;
  const numbers = [...times.split('-'), ...(rate === undefined ? [] : [rate])];
  const strange = numbers.find((each) => !/^\d+$/.test(each));
  if (strange !== undefined) return `Value '${strange}' not numerical`;
  if (rate !== undefined && Number(rate) === 0) return 'Minimum data rate must be larger than 0';
  const [initial, most] = times.split('-').map(Number);
  return most !== undefined && initial !== undefined && most <= initial
    ? 'Maximum timeout must be larger than initial timeout'
    : undefined;
}
