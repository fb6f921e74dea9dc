import type { ImageDefinition } from '../../../api';
import type { ProcessEnv, Turn } from '../../seams';
import type { Program } from '../program';
import { makeCalls, someFailed, timeOf } from './call';
import { portOf, serveDefined } from './serve';
import type { DefinedState } from './state';
import { fill } from './words';

type Begun = Turn & { readonly state: DefinedState };

/** The program that a definition tells of. */
export function definedProgram(definition: ImageDefinition): Program<DefinedState> {
  const { start, stop, listeners, memoryBytes = 0 } = definition;
  const fresh: DefinedState = { phase: 'starting', at: null, waited: false, counts: {}, memoryBytes };
  const end = (state: DefinedState, exitCode: number, ...log: readonly string[]): Begun => ({
    state,
    exitCode,
    log,
  });

  /** Goes on with starting: the time it takes, then its calls, then its sockets. */
  function begin(state: DefinedState, env: ProcessEnv, said: readonly string[]): Begun {
    if (!state.waited && start.takesMs > 0)
      return { ...waiting({ ...state, waited: true }, env.now + start.takesMs), log: said };
    const calls = makeCalls(start.calls, env);
    const complaints = calls.flatMap(({ ok, name, to, error }) => (ok ? [] : [`${name}: ${to}: ${error}`]));
    if (someFailed(calls)) {
      if (start.retryMs === undefined) return end(state, 1, ...said, ...complaints);
      const at = env.now + timeOf(calls) + start.retryMs;
      return { ...waiting({ ...state, waited: true }, at), log: [...said, ...complaints] };
    }
    const bad = listeners.find((listener) => Number.isNaN(portOf(listener, env)));
    if (bad !== undefined)
      return end(
        state,
        1,
        ...said,
        ...complaints,
        `listen tcp: address ${typeof bad.port === 'string' ? fill(bad.port, env) : bad.port}: invalid port`,
      );
    const ready = start.ready.map((line) => fill(line, env, { calls }));
    const at = start.exit === undefined ? null : env.now + timeOf(calls) + start.exit.afterMs;
    return {
      state: { ...state, phase: 'serving', waited: true, at },
      log: [...said, ...complaints, ...ready],
      ...(at === null ? {} : { wakeAt: at }),
    };
  }

  const waiting = (state: DefinedState, at: number): Begun => ({
    state: { ...state, phase: 'starting', at },
    wakeAt: at,
  });

  return {
    start(env) {
      const missing = start.needs.filter((name) => (env.env[name] ?? '') === '');
      if (missing.length > 0)
        return end(fresh, 1, ...missing.map((name) => `required environment variable ${name} is not set`));
      const begun = begin(
        fresh,
        env,
        start.log.map((line) => fill(line, env)),
      );
      return { ...begun, ...(memoryBytes === 0 ? {} : { memoryBytes }) };
    },
    turn(state, env) {
      if (state.at === null || state.at > env.now)
        return { state, ...(state.at === null ? {} : { wakeAt: state.at }) };
      if (state.phase === 'starting') return begin(state, env, []);
      const { code = 0, log = [] } = start.exit ?? {};
      return end(state, code, ...log.map((line) => fill(line, env)));
    },
    listens(state, env) {
      if (state.phase !== 'serving') return [];
      return listeners.map((listener) => ({
        address: fill(listener.bind, env),
        port: portOf(listener, env),
        protocol: listener.protocol === 'udp' ? 'UDP' : 'TCP',
      }));
    },
    serve: (state, incoming, env) => serveDefined(definition, state, incoming, env),
    ...(stop.ignored
      ? {}
      : {
          stop: (_: DefinedState, env: ProcessEnv) => ({
            exitCode: stop.exitCode,
            takesMs: stop.takesMs,
            log: stop.log.map((line) => fill(line, env)),
          }),
        }),
  };
}
