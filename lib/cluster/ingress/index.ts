import type { Json } from '../../api';
import type { Program } from '../images/program';
import { lookAround, WATCHES } from './look';
import { listenersOf, startController, stopController } from './process';
import { serveIngress } from './serve';
import { asJson, asState } from './state';

/** ingress-nginx as a program: the controller, and the nginx that it runs. */
export const ingressNginx: Program<Json> = {
  start: startController,
  listens: (state) => (state === null ? [] : listenersOf(asState(state))),
  serve(state, incoming, env) {
    const served = serveIngress(asState(state), incoming, env);
    return { ...served, state: asJson(served.state) };
  },
  stop: (state, env) => stopController(asState(state), env),
  client: {
    name: 'nginx-ingress-controller',
    watches: WATCHES,
    look(state, env, api) {
      if (state === null) return { state };
      const seen = lookAround(asState(state), env, api);
      return { ...seen, state: asJson(seen.state) };
    },
  },
};
