/** Packets and bytes that IPVS has counted. */
export interface Counter {
  readonly connections: number;
  readonly inPackets: number;
  readonly outPackets: number;
  readonly inBytes: number;
  readonly outBytes: number;
}

/** What the kernels' IPVS remember beside their tables. Keys begin with "node TCP 10.96.0.1:443". */
export interface IpvsMemory {
  /** The destination that was chosen last: where round robin goes on. */
  readonly last: Readonly<Record<string, string>>;
  /** Where a persistent client goes, and until when. */
  readonly clients: Readonly<Record<string, { readonly to: string; readonly until: number }>>;
  /** By server, and by "server destination". */
  readonly counters: Readonly<Record<string, Counter>>;
}

/** Nothing chosen, nobody known, nothing counted. */
export const FRESH_IPVS_MEMORY: IpvsMemory = { last: {}, clients: {}, counters: {} };

const NOTHING: Counter = { connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0 };

/** The counter of a server, or of one of its destinations. */
export function counterOf(memory: IpvsMemory, key: string): Counter {
  return memory.counters[key] ?? NOTHING;
}

/** Counts one connection to a destination of a server, and to the server. */
export function count(memory: IpvsMemory, server: string, destination: string, by: Counter): IpvsMemory {
  const counters = { ...memory.counters };
  for (const key of [server, `${server} ${destination}`]) {
    const old = counters[key] ?? NOTHING;
    counters[key] = {
      connections: old.connections + by.connections,
      inPackets: old.inPackets + by.inPackets,
      outPackets: old.outPackets + by.outPackets,
      inBytes: old.inBytes + by.inBytes,
      outBytes: old.outBytes + by.outBytes,
    };
  }
  return { ...memory, counters };
}

/** Whether anything is remembered of a node. */
export function remembers({ last, clients, counters }: IpvsMemory, node: string): boolean {
  const mine = (record: Readonly<Record<string, unknown>>) =>
    Object.keys(record).some((key) => key.startsWith(`${node} `));
  return mine(last) || mine(clients) || mine(counters);
}

/** Forgets what belongs to servers that are gone from a node, and clients whose time is over. */
export function forget(
  memory: IpvsMemory,
  node: string,
  servers: Readonly<Record<string, unknown>>,
  now: number,
): IpvsMemory {
  const isKept = (key: string) => {
    const [at, protocol = '', address = ''] = key.split(' ');
    return at !== node || servers[`${protocol} ${address}`] !== undefined;
  };
  const last = keep(memory.last, isKept);
  const counters = keep(memory.counters, isKept);
  const clients = keep(memory.clients, (key, { until }) => isKept(key) && until > now);
  return last === memory.last && counters === memory.counters && clients === memory.clients
    ? memory
    : { last, counters, clients };
}

function keep<T>(
  record: Readonly<Record<string, T>>,
  isKept: (key: string, value: T) => boolean,
): Readonly<Record<string, T>> {
  const entries = Object.entries(record);
  const kept = entries.filter(([key, value]) => isKept(key, value));
  return kept.length === entries.length ? record : Object.fromEntries(kept);
}
