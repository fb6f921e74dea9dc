import { goJson, internalError, invalid, type Service } from '../../../api';
import type { Random } from '../../../base';
import { formatIP, type IPFamily, type IPRange, parseIP } from './ip-address';
import { isSamePreferDualStack } from './ip-families';
import { clusterIPsOf, familiesOf, isHeadless, needsClusterIP, withSpec } from './service-fields';
import { hasAddress, lastAddress } from './service-ranges';

/** What choosing an address needs; `taken` holds the addresses that are had in canonical form. */
export interface IPAllocation {
  readonly ranges: (family: IPFamily) => readonly IPRange[];
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
  const ranges = allocation.ranges(family);
  if (asked === '') return chooseIP(allocation, ranges);
  const why = whyNot(allocation, ranges, asked);
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

function whyNot(
  { taken, dryRun }: IPAllocation,
  ranges: readonly IPRange[],
  asked: string,
): string | undefined {
  const ip = parseIP(asked);
  const found = ip && ranges.some((range) => hasAddress(range, ip));
  // A dry run asks one range alone, and does not look whether the address is free, as upstream's does not.
  if (dryRun && ranges[0] && !found) {
    return `the provided IP (${asked}) is not in the valid range. The range of valid IPs is ${ranges[0].text}`;
  }
  if (!ip || !found) return 'the provided network does not match the current range';
  return !dryRun && taken().has(formatIP(ip)) ? 'provided IP is already allocated' : undefined;
}

/** The lower block of a range that is left to people: min(max(16, size/16), 256) addresses. */
function reservedSize(size: bigint): bigint {
  const [least, most] = [16n, 256n];
  if (size < least) return 0n;
  const share = size / 16n;
  return share < least ? least : share > most ? most : share;
}

function chooseIP({ random, taken, dryRun }: IPAllocation, ranges: readonly IPRange[]): string {
  const [first] = ranges;
  if (dryRun && first) return formatIP({ family: first.family, value: first.first });
  const used = taken();
  for (const range of ranges) {
    const free = freeAddress(range, used, random);
    if (free !== undefined) return free;
  }
  throw internalError('failed to allocate a serviceIP: range is full');
}

function freeAddress(range: IPRange, used: ReadonlySet<string>, random: Random): string | undefined {
  const { family, first } = range;
  const size = lastAddress(range) - first;
  const reserved = reservedSize(size);
  const upper = scan(used, family, first + 1n + reserved, size - reserved, random);
  return upper ?? scan(used, family, first + 1n, reserved, random);
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
