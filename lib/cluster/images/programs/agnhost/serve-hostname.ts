import type { Json } from '../../../../api';
import type { Incoming, ProcessEnv } from '../../../seams';
import { goText } from '../../http';
import { everywhere, type Program, stopsWith } from '../../program';
import { webServer } from '../web-server';
import { clientOf, isSet, logLine, numberOption, said } from './words';

const portOf = (env: ProcessEnv) => numberOption(env, 'port', 9376);

const web = webServer({
  ports: (env) => [portOf(env)],
  answer: (_, incoming, env) => ({
    reply: goText(env.now, 200, env.hostname, isSet(env, 'close', false) ? [['Connection', 'close']] : []),
    effects: { log: [logLine(env.now, `HTTP request from ${clientOf(incoming, env)}`)] },
  }),
});

const served = (env: ProcessEnv) => ({
  http: isSet(env, 'http', true),
  tcp: isSet(env, 'tcp', false),
  udp: isSet(env, 'udp', false),
});

/** `agnhost serve-hostname`: its name, by HTTP, TCP or UDP. */
export const serveHostname: Program<Json> = {
  start(env) {
    const { http, tcp, udp } = served(env);
    return http && (tcp || udp)
      ? {
          state: null,
          exitCode: 1,
          log: [logLine(env.now, "Can't server TCP/UDP mode and HTTP mode at the same time")],
        }
      : { state: null, log: [logLine(env.now, `Serving on port ${portOf(env)}.`)] };
  },
  listens(_, env) {
    const { http, tcp, udp } = served(env);
    return [
      ...(http || tcp ? [everywhere(portOf(env))] : []),
      ...(udp ? [everywhere(portOf(env), 'UDP')] : []),
    ];
  },
  serve(state, incoming: Incoming, env) {
    if (served(env).http) return web.serve(state, incoming, env);
    const client = clientOf(incoming, env);
    return said(incoming, env.now, () => ({
      text: env.hostname,
      log: `${incoming.protocol ?? 'TCP'} request from ${client}`,
    }));
  },
  // It says that it stops, and then sleeps for a minute: its grace period ends it.
  stop: (state, env) => ({
    ...stopsWith(0)(state, env),
    log: [
      logLine(env.now, 'Shutting down after receiving signal: terminated.'),
      logLine(env.now, 'Awaiting pod deletion.'),
    ],
    takesMs: 60_000,
  }),
};
