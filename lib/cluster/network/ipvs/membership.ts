import { inRange } from '../addresses';
import type { Flow } from '../kernel/interpret';
import type { IpSet } from './tables';

/** Entries for asking, by set: a pure function's memory. */
const asked = new WeakMap<IpSet, ReadonlySet<string>>();

function entriesOf(set: IpSet): ReadonlySet<string> {
  let known = asked.get(set);
  if (known === undefined) {
    known = new Set(set.entries);
    asked.set(set, known);
  }
  return known;
}

/** Whether a set holds what these ends of a packet make up, as `-m set --match-set NAME ENDS` asks. */
export function isInSet(set: IpSet, ends: readonly ('src' | 'dst')[], flow: Flow): boolean {
  const address = (end: 'src' | 'dst' | undefined) => (end === 'src' ? flow.source : flow.ip);
  const [first, second, third] = ends;
  const entries = entriesOf(set);
  if (set.type === 'bitmap:port') return first === 'dst' && entries.has(String(flow.port));
  if (set.type === 'hash:ip') return entries.has(address(first));
  // Source ports are of no interest to any set of kube-proxy's.
  if (second !== 'dst') return false;
  const service = `${address(first)},${flow.protocol.toLowerCase()}:${flow.port}`;
  if (set.type === 'hash:ip,port') return entries.has(service);
  if (set.type === 'hash:ip,port,ip') return entries.has(`${service},${address(third)}`);
  const prefix = `${service},`;
  return set.entries.some(
    (entry) => entry.startsWith(prefix) && inRange(address(third), entry.slice(prefix.length)),
  );
}
