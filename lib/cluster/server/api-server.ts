import type { KindSpec, View } from '../../api';
import type { Clock, Random } from '../../base';
import type { Controller, Identity, Store } from '../seams';
import { createApi, type ServerApi } from './api';
import { createKubernetesService } from './kubernetes-service';
import { createRegistry, type Registry } from './registry';
import { createServiceNetwork, type NetworkOptions, type ServiceNetwork } from './service';
import { createView } from './view';

/** What an API server is made of. */
export interface ApiServerOptions {
  readonly store: Store;
  readonly kinds: readonly KindSpec[];
  readonly clock: Clock;
  readonly random: Random;
  readonly network: NetworkOptions;
  /** How many objects may be stored; no limit when left out. */
  readonly objectLimit?: number | undefined;
}

/** The API over one store. It keeps nothing of its own: whatever it knows is in the store. */
export interface ApiServer {
  readonly store: Store;
  /** The verbs as one identity has them. */
  as(identity: Identity): ServerApi;
  /** A live look at everything. */
  view(): View;
  /** The same API over another store, clock and chance. */
  fork(store: Store, clock: Clock, random: Random): ApiServer;
  /** The loop by which the server keeps its own Service, Endpoints and slice. */
  readonly upkeep: Controller;
}

interface Shared {
  readonly registry: Registry;
  readonly network: ServiceNetwork;
  readonly objectLimit: number;
  readonly upkeep: Controller;
}

/** Starts an API server. */
export function createApiServer({
  store,
  kinds,
  clock,
  random,
  network,
  objectLimit = Number.POSITIVE_INFINITY,
}: ApiServerOptions): ApiServer {
  const read = createServiceNetwork(network);
  const shared = {
    registry: createRegistry(kinds),
    network: read,
    objectLimit,
    upkeep: createKubernetesService(read),
  };
  return new Server(shared, store, clock, random);
}

/** One class with its methods on the prototype, so that an untouched fork holds four references. */
class Server implements ApiServer {
  readonly store: Store;
  #shared: Shared;
  #clock: Clock;
  #random: Random;

  constructor(shared: Shared, store: Store, clock: Clock, random: Random) {
    this.#shared = shared;
    this.store = store;
    this.#clock = clock;
    this.#random = random;
  }

  get upkeep(): Controller {
    return this.#shared.upkeep;
  }

  as(identity: Identity): ServerApi {
    const { registry, network, objectLimit } = this.#shared;
    const context = {
      store: this.store,
      registry,
      clock: this.#clock,
      random: this.#random,
      network,
      objectLimit,
    };
    return createApi(context, identity);
  }

  view(): View {
    return createView(this.store);
  }

  fork(store: Store, clock: Clock, random: Random): ApiServer {
    return new Server(this.#shared, store, clock, random);
  }
}
