import { type Delivery, goLookupError, type Protocol } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import { ephemeralPort, goText, type HttpReply } from '../../http';

const PATIENCE_MS = 5000;
const MAX_TRIES = 1000;

type Said = { readonly text: string } | { readonly error: string };

/** netexec's /dial: asks another server so many times, and tells what it heard. */
export function dial(
  env: ProcessEnv,
  query: Readonly<Record<string, string>>,
): { readonly reply: HttpReply; readonly latencyMs: number } {
  const bad = (text: string) => ({ reply: goText(env.now, 400, `${text}\n`), latencyMs: 1 });
  const { host = '', port = '', request = '', protocol = '', tries = '1' } = query;
  const times = tries === '' ? 1 : Number(tries);
  if (!Number.isInteger(times))
    return bad(`tries parameter is invalid. strconv.Atoi: parsing ${JSON.stringify(tries)}: invalid syntax`);
  if (request === '') return bad('request parameter not specified. <nil>');
  const dialer = DIALERS[protocol.toLowerCase()];
  if (dialer === undefined) return bad(`unsupported protocol. ${protocol}`);
  const found = env.lookup(host, 'go').outcome;
  const [ip] = found.addresses;
  if (ip === undefined) {
    const why = goLookupError(host, found.failure, () => `${env.podIP}:${ephemeralPort(env)}`);
    return { ...bad(`host and/or port param are invalid. ${why}`), latencyMs: found.latencyMs };
  }
  let latencyMs = found.latencyMs;
  const heard = Array.from({ length: Math.min(times, MAX_TRIES) }, (): Said => {
    const { outcome } = env.send(ip, Number(port), dialer.ask(request, ip, port), dialer.protocol);
    latencyMs += outcome.kind === 'dropped' ? PATIENCE_MS : outcome.latencyMs;
    return dialer.read(outcome, { request, to: `${ip}:${port}`, from: `${env.podIP}:${ephemeralPort(env)}` });
  });
  const responses = heard.flatMap((each) => ('text' in each ? [each.text] : []));
  const errors = heard.flatMap((each) => ('error' in each ? [each.error] : []));
  const last = heard.at(-1);
  const output = {
    ...(errors.length === 0 ? {} : { errors }),
    ...(last !== undefined && 'text' in last && last.text !== '' ? { responses } : {}),
  };
  return { reply: goText(env.now, 200, JSON.stringify(output)), latencyMs };
}

interface Ends {
  readonly request: string;
  readonly to: string;
  readonly from: string;
}
interface Dialer {
  readonly protocol: Protocol;
  ask(request: string, ip: string, port: string): Parameters<ProcessEnv['send']>[2];
  read(outcome: Delivery, ends: Ends): Said;
}

const http: Dialer = {
  protocol: 'TCP',
  ask: (request, ip, port) => ({
    kind: 'http',
    method: 'GET',
    path: `/${request}`,
    host: `${ip}:${port}`,
    headers: { 'User-Agent': 'Go-http-client/1.1' },
    body: '',
  }),
  read(outcome, { request, to }) {
    const failed = (why: string) => ({ error: `Get "http://${to}/${request}": ${why}` });
    switch (outcome.kind) {
      case 'refused':
        return failed(`dial tcp ${to}: connect: connection refused`);
      case 'unreachable':
        return failed(`dial tcp ${to}: connect: no route to host`);
      case 'dropped':
        return failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
      case 'delivered':
        return outcome.reply.kind === 'http' ? { text: outcome.reply.body } : failed('EOF');
    }
  },
};

const datagram = (protocol: 'UDP' | 'SCTP'): Dialer => {
  const small = protocol.toLowerCase();
  return {
    protocol,
    ask: (request) => ({ kind: 'bytes', text: request }),
    read(outcome, { to, from }) {
      const failed = (why: string) => ({
        error: `reading from ${small} connection failed. err:'read ${small} ${from}->${to}: ${why}'`,
      });
      if (outcome.kind === 'delivered')
        return outcome.reply.kind === 'bytes' && outcome.reply.text !== ''
          ? { text: outcome.reply.text }
          : failed('i/o timeout');
      if (protocol === 'SCTP' && outcome.kind === 'refused')
        return { error: 'sctp dial failed. err:connection refused' };
      if (outcome.kind === 'dropped') return failed('i/o timeout');
      return failed(`read: ${outcome.kind === 'refused' ? 'connection refused' : 'no route to host'}`);
    },
  };
};

const DIALERS: Readonly<Record<string, Dialer>> = {
  '': http,
  http,
  udp: datagram('UDP'),
  sctp: datagram('SCTP'),
};
