import type { Json } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import { goText } from '../../http';
import { GO_TERMINATED, type Program, stopsWith } from '../../program';
import { webServer } from '../web-server';
import { netexec } from './netexec';
import { porter } from './porter';
import { serveHostname } from './serve-hostname';
import { verbOf } from './words';

export { connect } from './connect';

const pause: Program<Json> = {
  start: () => ({ state: null, log: ['Paused'] }),
  listens: () => [],
  serve: (state) => ({ state, reply: { kind: 'closed', why: 'reset' } }),
  stop: stopsWith(0),
};

/** `agnhost test-webserver`: files of a directory on port 80, of which there are none. */
const testWebserver = webServer({
  ports: () => [80],
  answer: (request, _, env) =>
    request.path === '/'
      ? goText(env.now, 200, '<pre>\n</pre>\n')
      : goText(env.now, 404, '404 page not found\n'),
});

const VERBS: Readonly<Record<string, Program<Json>>> = {
  netexec,
  porter,
  'serve-hostname': serveHostname,
  'test-webserver': testWebserver,
  pause,
};

/** Whether a command line starts one of agnhost's servers. */
export const isServer = (argv: readonly string[]): boolean => VERBS[verbOf(argv)] !== undefined;

const programOf = ({ argv }: ProcessEnv): Program<Json> => VERBS[verbOf(argv)] ?? pause;

/** What agnhost's command line names. */
export const agnhostProgram: Program<Json> = {
  start: (env) => programOf(env).start(env),
  listens: (state, env) => programOf(env).listens(state, env),
  serve: (state, incoming, env) => programOf(env).serve(state, incoming, env),
  stop: (state, env) => programOf(env).stop?.(state, env) ?? stopsWith(GO_TERMINATED)(state, env),
};
