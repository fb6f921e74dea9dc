import type { Delivery } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import { type Document, isDocument } from './bson';
import type { MemberConfig, MongodState, ReplicaSetState } from './state';

/** Name under which mongods and their clients call each other. */
export const MONGO_CALL = 'mongodb';

/** What a call to another member came to. */
export type Called =
  | { readonly reply: Document; readonly latencyMs: number; readonly ip: string }
  | { readonly error: string };

/** "host:27017" taken apart. */
export function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const cut = text.lastIndexOf(':');
  return cut < 0
    ? { host: text, port: 27_017 }
    : { host: text.slice(0, cut), port: Number(text.slice(cut + 1)) };
}

/** Calls another mongod by the host name that the configuration has for it. */
export function callPeer(env: ProcessEnv, address: string, command: Document): Called {
  const { host, port } = hostAndPort(address);
  const [ip] = env.lookup(host).outcome.addresses;
  if (ip === undefined)
    return {
      error: `Could not find address for ${host}:${port}: SocketException: onInvoke :: caused by :: Host not found (authoritative)`,
    };
  return callAt(env, ip, `${host}:${port}`, command);
}

/**
 * Calls another mongod by the connection that is open to it, whatever its name says by now; a connection that is gone
 * is made anew, by the name.
 */
export function callAgain(
  env: ProcessEnv,
  address: string,
  ip: string | undefined,
  command: Document,
): Called {
  if (ip === undefined) return callPeer(env, address, command);
  const { host, port } = hostAndPort(address);
  const called = callAt(env, ip, `${host}:${port}`, command);
  return 'error' in called ? callPeer(env, address, command) : called;
}

function callAt(env: ProcessEnv, ip: string, address: string, command: Document): Called {
  const { port } = hostAndPort(address);
  const body = { db: 'admin', command, internal: true };
  const { outcome } = env.send(ip, port, { kind: 'call', name: MONGO_CALL, body });
  return answered(outcome, address, ip, port);
}

function answered(outcome: Delivery, address: string, ip: string, port: number): Called {
  const connecting = (why: string) => ({
    error: `Error connecting to ${address} (${ip}:${port}) :: caused by :: onInvoke :: caused by :: ${why}`,
  });
  switch (outcome.kind) {
    case 'refused':
      return connecting('Connection refused');
    case 'unreachable':
      return connecting('No route to host');
    case 'dropped':
      return { error: `Couldn't get a connection within the time limit` };
    case 'delivered':
      if (outcome.reply.kind === 'call' && isDocument(outcome.reply.body))
        return { reply: outcome.reply.body, latencyMs: outcome.latencyMs, ip };
      return {
        error: `Error connecting to ${address} (${ip}:${port}) :: caused by :: onInvoke :: caused by :: Connection reset by peer`,
      };
  }
}

/** The member whose host name leads to this very mongod: by its address, or by asking whoever answers there. */
export function findSelf(
  state: MongodState,
  env: ProcessEnv,
  members: readonly MemberConfig[],
): number | null {
  const bound = state.options.bindIp;
  const own = bound.includes('0.0.0.0') ? [env.podIP, '127.0.0.1'] : bound;
  for (const { _id, host: address } of members) {
    const { host, port } = hostAndPort(address);
    if (port !== state.options.port) continue;
    const { addresses } = env.lookup(host).outcome;
    if (addresses.some((ip) => own.includes(ip))) return _id;
    // A virtual address is no address of ours, but may still lead here.
    const called = callPeer(env, address, { _isSelf: 1 });
    if ('reply' in called && called.reply.id === instanceId(env, state)) return _id;
  }
  return null;
}

/** What tells one running mongod from another. */
export function instanceId(
  env: Pick<ProcessEnv, 'podIP' | 'hostname'>,
  state: Pick<MongodState, 'startedAt'>,
): string {
  return `${env.hostname}/${env.podIP}/${state.startedAt}`;
}

/** The other members of the set. */
export function others({ config, selfId }: ReplicaSetState): readonly MemberConfig[] {
  return config?.members.filter(({ _id }) => _id !== selfId) ?? [];
}
