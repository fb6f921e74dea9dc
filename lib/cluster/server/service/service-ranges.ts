import type { ServiceCIDR, Stored } from '../../../api';
import type { ServerContext } from '../context';
import { type IPAddress, type IPFamily, type IPRange, parseRange } from './ip-address';

const PREFIX = '/servicecidrs.networking.k8s.io//';

/** The ranges of a family that addresses are taken from now, in order of the names of their ServiceCIDRs. */
export function openRanges({ store, network }: ServerContext, family: IPFamily): readonly IPRange[] {
  const stored = store.list(PREFIX) as readonly Stored<ServiceCIDR>[];
  // Before the first is there, the flags alone say where addresses are.
  const ranges = stored.length === 0 ? network.ranges : stored.filter(isOpen).flatMap(rangesOf);
  return ranges.filter((range) => range.family === family);
}

/** The ranges that a ServiceCIDR states. */
export const rangesOf = ({ spec }: ServiceCIDR): readonly IPRange[] =>
  (spec?.cidrs ?? []).flatMap((cidr) => parseRange(cidr) ?? []);

/** Ready until it is told otherwise: its controller may not have seen it yet. */
function isOpen({ metadata, status }: Stored<ServiceCIDR>): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return metadata.deletionTimestamp === undefined && (ready?.status ?? 'True') === 'True';
}

/** Whether a range has an address for a Service: neither its first nor, for IPv4, its last (PrefixContainsIP). */
export const hasAddress = (range: IPRange, { family, value }: IPAddress): boolean =>
  family === range.family && value > range.first && value <= lastAddress(range);

/** The last address that a range has to give. */
export const lastAddress = ({ family, last }: IPRange): bigint => (family === 'IPv4' ? last - 1n : last);
