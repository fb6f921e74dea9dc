import type { Json, Protocol } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import { goText } from '../../http';
import { everywhere, type Program } from '../../program';
import { webServer } from '../web-server';
import { isRaw, isSet, said } from './words';

interface Served {
  readonly port: number;
  readonly protocol: Protocol;
  readonly tls: boolean;
  readonly text: string;
}

const PREFIX = /^SERVE_(?:(TCP|UDP|TLS|SCTP)_)?PORT_(\d+)$/;

/** What the environment asks for: SERVE_PORT_80=hello serves "hello" on port 80. */
function servedBy({ env }: ProcessEnv): readonly Served[] {
  return Object.entries(env).flatMap(([name, text]): Served[] => {
    const [, kind = 'TCP', port] = PREFIX.exec(name) ?? [];
    if (port === undefined) return [];
    const protocol = kind === 'UDP' || kind === 'SCTP' ? kind : 'TCP';
    return [{ port: Number(port), protocol, tls: kind === 'TLS', text }];
  });
}

const textAt = (env: ProcessEnv, port: number, protocol: Protocol): string =>
  servedBy(env).find((each) => each.port === port && each.protocol === protocol)?.text ?? '';

const web = webServer({
  ports: (env) => servedBy(env).flatMap(({ port, protocol }) => (protocol === 'TCP' ? [port] : [])),
  tlsPorts: (env) => servedBy(env).flatMap(({ port, tls }) => (tls ? [port] : [])),
  answer(request, { port }, env) {
    const text = textAt(env, port, 'TCP');
    if (!isSet(env, 'json-response', false)) return goText(env.now, 200, text);
    const reply = goText(env.now, 200, JSON.stringify({ Method: request.method, Body: text }));
    const headers = reply.headers.map(([name, value]): readonly [string, string] =>
      name === 'Content-Type' ? [name, 'application/json'] : [name, value],
    );
    return { ...reply, headers };
  },
});

/** `agnhost porter`: serves the values of environment variables on the ports in their names. */
export const porter: Program<Json> = {
  ...web,
  listens: (_, env) => servedBy(env).map(({ port, protocol }) => everywhere(port, protocol)),
  serve: (state, incoming, env) =>
    isRaw(incoming)
      ? said(incoming, env.now, () => ({ text: textAt(env, incoming.port, incoming.protocol ?? 'TCP') }))
      : web.serve(state, incoming, env),
};
