import type { Json } from '../../../api';
import { type CatalogueImage, defineImage } from '../define-image';
import { goText, servePlainHttp } from '../http';
import { ANY_PROGRAM, exits, type Program } from '../program';
import { DEBIAN_TOOLS } from '../tools';

const declared: Program<Json> = {
  start: () => ({ state: null }),
  listens: (_, env) =>
    env.ports.map(({ containerPort, protocol }) => ({ address: '0.0.0.0', port: containerPort, protocol })),
  serve: (state, incoming, env) =>
    servePlainHttp(state, incoming, () => ({
      state,
      reply: goText(env.now, 200, `${env.image} on ${env.hostname}\n`),
      latencyMs: 1,
    })),
};

/** A program for an image of no catalogue: listens on the declared ports, does a Job's work at once, or fails as its name says. */
export function anyImage(name: string): CatalogueImage {
  const start: Program<Json>['start'] = name.includes('crash')
    ? () => exits(1)
    : name.includes('fail')
      ? () => exits(1, 'fatal error')
      : (env) => (env.ofJob ? exits(0) : declared.start(env));
  return defineImage({
    names: [name],
    entrypoint: ['/entrypoint'],
    programs: [ANY_PROGRAM],
    sizeBytes: 50_000_000,
    tools: [...DEBIAN_TOOLS, 'curl'],
    program: { ...declared, start },
  });
}
