import type { Client, Credentials } from '../../api';

/** A client that is made anew for each request, so that whoever it stands for is looked up each time; `as` is its own. */
export function lateClient(make: () => Client, as: (credentials: Credentials) => Client): Client {
  return {
    get: async (...args) => make().get(...args),
    list: async (...args) => make().list(...args),
    table: async (...args) => make().table(...args),
    warningsOf: async (...args) => make().warningsOf(...args),
    watch: (...args) => late(() => make().watch(...args)),
    watchTable: (...args) => late(() => make().watchTable(...args)),
    create: async (...args) => make().create(...args),
    update: async (...args) => make().update(...args),
    patch: async (...args) => make().patch(...args),
    delete: async (...args) => make().delete(...args),
    deleteCollection: async (...args) => make().deleteCollection(...args),
    logs: (...args) => late(() => make().logs(...args)),
    connect: async (...args) => make().connect(...args),
    attach: async (...args) => make().attach(...args),
    exec: async (...args) => make().exec(...args),
    forward: async (...args) => make().forward(...args),
    resources: async () => make().resources(),
    version: async () => make().version(),
    raw: async (path) => make().raw(path),
    as,
  };
}

async function* late<T>(start: () => AsyncIterable<T>): AsyncGenerator<T> {
  yield* start();
}
