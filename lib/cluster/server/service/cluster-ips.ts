import { goJson, internalError, invalid, type Service } from '../../../api';
import type { Random } from '../../../base';
import { formatIP, type IPFamily, type IPRange, parseIP } from './ip-address';
import { isSamePreferDualStack } from './ip-families';
import { clusterIPsOf, familiesOf, isHeadless, needsClusterIP, withSpec } from './service-fields';
import { rangeOf, type ServiceNetwork } from './service-network';

/** What choosing an address needs; `taken` holds the addresses of all other Services in canonical form. */
export interface IPAllocation {
  readonly network: ServiceNetwork;
  readonly random: Random;
  readonly taken: () => ReadonlySet<string>;
  readonly dryRun: boolean;
}

/** Gives a Service its cluster IPs, takes them back or adds the second, as its type and families ask. */
export function allocateClusterIPs(
  allocation: IPAllocation,
  next: Service,
  previous: Service | undefined,
): Service {
  if (!needsClusterIP(next) || isHeadless(next)) return next;
  if (!previous || !needsClusterIP(previous)) return allocateAll(allocation, next);
  if (isSamePreferDualStack(next, previous) || isHeadless(previous)) return next;
  const [was, is] = [familiesOf(previous).length, familiesOf(next).length];
  if (was !== 1 || is !== 2) return next;
  const asked = clusterIPsOf(next)[1] ?? '';
  const second = allocateOne(allocation, next, familiesOf(next)[1] as IPFamily, asked);
  return withIPs(next, [clusterIPsOf(next)[0] ?? '', second]);
}

function allocateAll(allocation: IPAllocation, service: Service): Service {
  const ips = familiesOf(service).map((family, index) =>
    allocateOne(allocation, service, family as IPFamily, clusterIPsOf(service)[index] ?? ''),
  );
  return withIPs(service, ips);
}

const withIPs = (service: Service, ips: readonly string[]): Service =>
  withSpec(service, { clusterIP: ips[0], clusterIPs: [...ips] });

function allocateOne(allocation: IPAllocation, service: Service, family: IPFamily, asked: string): string {
  const range = rangeOf(allocation.network, family);
  if (!range) throw internalError(`failed to allocate a serviceIP: no range for ${family}`);
  if (asked === '') return chooseIP(allocation, range);
  const why = whyNot(allocation, range, asked);
  if (why === undefined) return asked;
  throw invalid('Service', '', service.metadata.name ?? '', [
    {
      type: 'Invalid',
      field: 'spec.clusterIPs',
      badValue: goJson(clusterIPsOf(service)),
      detail: `failed to allocate IP ${asked}: ${why}`,
    },
  ]);
}

function whyNot({ taken, dryRun }: IPAllocation, range: IPRange, asked: string): string | undefined {
  const ip = parseIP(asked);
  // The range's first address, and for IPv4 its last, name the network and its broadcast.
  const last = range.family === 'IPv4' ? range.last - 1n : range.last;
  if (!ip || ip.family !== range.family || ip.value <= range.first || ip.value > last) {
    return `the provided network does not match the current range`;
  }
  // A dry run does not look whether the address is free, as upstream's does not.
  return !dryRun && taken().has(formatIP(ip)) ? 'provided IP is already allocated' : undefined;
}

/** The lower block of a range that is left to people: min(max(16, size/16), 256) addresses. */
function reservedSize(size: bigint): bigint {
  const [least, most] = [16n, 256n];
  if (size < least) return 0n;
  const share = size / 16n;
  return share < least ? least : share > most ? most : share;
}

function chooseIP({ random, taken, dryRun }: IPAllocation, range: IPRange): string {
  const { family, first } = range;
  if (dryRun) return formatIP({ family, value: first });
  const size = range.last - first - (family === 'IPv4' ? 1n : 0n);
  const reserved = reservedSize(size);
  const used = taken();
  const upper = scan(used, family, first + 1n + reserved, size - reserved, random);
  const free = upper ?? scan(used, family, first + 1n, reserved, random);
  if (free === undefined) throw internalError('failed to allocate a serviceIP: range is full');
  return free;
}

/** The first free address at or after a random one, going round. */
function scan(
  used: ReadonlySet<string>,
  family: IPFamily,
  first: bigint,
  count: bigint,
  random: Random,
): string | undefined {
  if (count <= 0n) return undefined;
  const span = count < BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : Number.MAX_SAFE_INTEGER;
  const start = BigInt(Math.floor(random.next() * span));
  const tries = Math.min(span, used.size + 1);
  for (let step = 0; step < tries; step += 1) {
    const text = formatIP({ family, value: first + ((start + BigInt(step)) % count) });
    if (!used.has(text)) return text;
  }
  return undefined;
}

const CANONICAL_IPV4 = /^[1-9]\d*(\.(0|[1-9]\d*)){3}$/;

/** An address as it is compared: canonical, whatever way it was written. */
export function canonicalIP(text: string): string {
  if (CANONICAL_IPV4.test(text)) return text;
  const ip = parseIP(text);
  return ip ? formatIP(ip) : text;
}
