import type { Json, Protocol } from '../../../../api';
import { timeParts } from '../../../../base';
import type { Incoming, ProcessEnv } from '../../../seams';
import { ephemeralPort } from '../../http';
import { executableName, option, type Served } from '../../program';

/** A line as agnhost logs it: Go's log package, carried by klog. */
export function logLine(now: number, text: string): string {
  const { date, clock } = timeParts(now);
  const micros = String(now % 1000)
    .padStart(3, '0')
    .padEnd(6, '0');
  return `I${date[1]}${date[2]} ${clock}.${micros}       1 log.go:195] ${text}`;
}

/** Which of agnhost's commands a command line runs. */
export const verbOf = (argv: readonly string[]): string => executableName([argv[1] ?? '']);

/** The value of a flag that is a number. */
export function numberOption({ argv }: ProcessEnv, name: string, otherwise: number): number {
  const value = Number(option(argv, name) ?? otherwise);
  return Number.isInteger(value) ? value : otherwise;
}

/** Whether a flag is set: `--udp`, `--udp=true`. */
export function isSet({ argv }: ProcessEnv, name: string, otherwise: boolean): boolean {
  const word = argv.find((each) => new RegExp(`^--?${name}(=|$)`).test(each));
  return word === undefined ? otherwise : !word.endsWith('=false');
}

/** The client's address and port as a server sees it. */
export const clientOf = (incoming: Incoming, env: ProcessEnv): string =>
  `${incoming.sourceIP}:${ephemeralPort(env)}`;

/** Whether it came in by datagrams: what HTTP servers do not listen to. */
export const isRaw = ({ protocol = 'TCP' }: Incoming): boolean => protocol !== 'TCP';

/** Answers what was said at a socket that just talks; a question that has no answer stays without one. */
export function said(
  incoming: Incoming,
  now: number,
  answer: (text: string) => { readonly text?: string; readonly log?: string },
): Served<Json> {
  const { request } = incoming;
  if (request.kind === 'connect') return { state: null, reply: { kind: 'connected' } };
  if (request.kind !== 'bytes') return { state: null, reply: { kind: 'closed', why: 'reset' } };
  const { text = '', log } = answer(request.text);
  return {
    state: null,
    reply: { kind: 'bytes', text },
    latencyMs: 1,
    ...(log === undefined ? {} : { log: [logLine(now, log)] }),
  };
}

/** What netexec answers on UDP and SCTP. */
export function netexecWords(
  incoming: Incoming,
  env: ProcessEnv,
  protocol: Exclude<Protocol, 'TCP'>,
): Served<Json> {
  const small = protocol === 'UDP' ? 'udp' : 'SCTP';
  return said(incoming, env.now, (text) => {
    const asked = text.trim().toLowerCase();
    const client = clientOf(incoming, env);
    if (asked === 'hostname') return { text: env.hostname, log: `Sending ${small} hostName response` };
    if (asked === 'clientip')
      return { text: client, log: `Sending clientip back to ${protocol} client ${client}` };
    if (asked.startsWith('echo '))
      return { text: asked.slice(5), log: `Echoing ${asked.slice(5)} to ${protocol} client ${client}` };
    return asked === '' ? {} : { log: `Unknown ${protocol} command received from ${client}: ${asked}` };
  });
}
