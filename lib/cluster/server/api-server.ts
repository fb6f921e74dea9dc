import type { Credentials, KindSpec, Node, StatusError, View } from '../../api';
import { type Clock, type Random, randomApart } from '../../base';
import { asRenewed, NO_SILENCE, type Silence } from '../heartbeats';
import type { Controller, Identity, Store } from '../seams';
import { changesPolicy, PolicyIndex } from './access';
import { authenticate } from './access/identity';
import { type TokenKey, tokenKey } from './access/tokens';
import { createApi, type ServerApi } from './api';
import type { ServerContext } from './context';
import { createDefaultServiceCidr } from './default-service-cidr';
import { createKubernetesService } from './kubernetes-service';
import { createRegistry, type Registry } from './registry';
import { repairAddresses } from './repair-addresses';
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
  /** The secret that service account tokens are signed with; by default one that follows from `random`. */
  readonly tokenSecret?: Uint8Array | undefined;
}

/** The API over one store. It keeps nothing of its own: whatever it knows is in the store. */
export interface ApiServer {
  readonly store: Store;
  /** What service account tokens are signed with. */
  readonly tokenKey: TokenKey;
  /** The verbs as one identity has them. */
  as(identity: Identity): ServerApi;
  /** Who sends what comes with such credentials; `own` is whom the connection vouches for. A refusal is a 401, 403 or 500. */
  authenticate(credentials: Credentials, own?: Identity): Identity | StatusError;
  /** A live look at everything. */
  view(): View;
  /** The same API over the same store, by which who is silent is seen to renew nothing. */
  hearing(silence: Silence): ApiServer;
  /** The same API over another store, clock and chance; it takes nobody for silent. */
  fork(store: Store, clock: Clock, random: Random): ApiServer;
  /** The loops by which the server keeps its own Service, Endpoints and slice, its ServiceCIDR, and the cluster IPs. */
  readonly upkeep: readonly Controller[];
}

interface Shared {
  readonly registry: Registry;
  readonly network: ServiceNetwork;
  readonly objectLimit: number;
  readonly upkeep: readonly Controller[];
  readonly tokenKey: TokenKey;
}

/** Starts an API server. */
export function createApiServer(options: ApiServerOptions): ApiServer {
  const { store, kinds, clock, random, network, objectLimit = Number.POSITIVE_INFINITY } = options;
  const read = createServiceNetwork(network);
  const shared = {
    registry: createRegistry(kinds),
    network: read,
    objectLimit,
    upkeep: [createKubernetesService(read), createDefaultServiceCidr(read), repairAddresses],
    tokenKey: tokenKey(options.tokenSecret ?? secretFrom(random)),
  };
  return new Server(shared, store, clock, random, new PolicyIndex(), store.revision, NO_SILENCE);
}

const SECRET_BYTES = 32;

/** A secret of a cluster that begins with this chance. */
function secretFrom(random: Random): Uint8Array {
  const apart = randomApart(random);
  return Uint8Array.from({ length: SECRET_BYTES }, () => Math.floor(apart.next() * 256));
}

/** One class with its methods on the prototype, so that an untouched fork holds five references. */
class Server implements ApiServer {
  readonly store: Store;
  #shared: Shared;
  #clock: Clock;
  #random: Random;
  /** Right for the store as it was at a revision, and shared with forks until a role or binding changes. */
  #index: PolicyIndex;
  #indexedAt: number;
  #silence: Silence;

  constructor(
    shared: Shared,
    store: Store,
    clock: Clock,
    random: Random,
    index: PolicyIndex,
    indexedAt: number,
    silence: Silence,
  ) {
    this.#shared = shared;
    this.store = store;
    this.#clock = clock;
    this.#random = random;
    this.#index = index;
    this.#indexedAt = indexedAt;
    this.#silence = silence;
  }

  get tokenKey(): TokenKey {
    return this.#shared.tokenKey;
  }

  get upkeep(): readonly Controller[] {
    return this.#shared.upkeep;
  }

  as(identity: Identity): ServerApi {
    return createApi(this.#context(), identity);
  }

  authenticate(credentials: Credentials, own?: Identity): Identity | StatusError {
    return authenticate(this.#context(), credentials, own);
  }

  #context(): ServerContext {
    const { registry, network, objectLimit, tokenKey } = this.#shared;
    return {
      store: this.store,
      registry,
      clock: this.#clock,
      random: this.#random,
      network,
      objectLimit,
      tokenKey,
      renews: ({ kind }) => kind === 'Node' || kind === 'Lease',
      renewed: (stored) =>
        asRenewed(stored, {
          now: this.#clock.now(),
          silence: this.#silence,
          node: (name) => this.store.get(`/nodes//${name}`) as Node | undefined,
        }),
      policy: () => ({ store: this.store, index: this.#currentIndex() }),
    };
  }

  #currentIndex(): PolicyIndex {
    const { revision } = this.store;
    if (revision !== this.#indexedAt) {
      const changes = this.store.since(this.#indexedAt, '');
      if (changes === undefined || changes.some(changesPolicy)) this.#index = new PolicyIndex();
      this.#indexedAt = revision;
    }
    return this.#index;
  }

  view(): View {
    return createView(this.store);
  }

  hearing(silence: Silence): ApiServer {
    const [clock, random] = [this.#clock, this.#random];
    return new Server(this.#shared, this.store, clock, random, this.#index, this.#indexedAt, silence);
  }

  fork(store: Store, clock: Clock, random: Random): ApiServer {
    // The fork's log does not tell what has changed since.
    this.#currentIndex();
    return new Server(this.#shared, store, clock, random, this.#index, this.#indexedAt, NO_SILENCE);
  }
}
