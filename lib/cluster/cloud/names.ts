import type { Service, Stored } from '../../api';
import { type Random, sha256Hex } from '../../base';
import { ACCOUNT_ID, CLUSTER_NAME, REGION, ZONES } from './account';
import type { Balancer, Face, HealthCheck } from './state';

const MAX_NAME = 32;
const HASH_DIGITS = 16;
const CLASSIC_DIGITS = 10;

/** A balancer's name: "a" and the Service's UID without its dashes, cut at 32 (cloudprovider.DefaultLoadBalancerName). */
export function balancerName({ metadata }: Stored<Service>): string {
  return `a${metadata.uid}`.replaceAll('-', '').slice(0, MAX_NAME);
}

function digits(random: Random, count: number, base: 10 | 16): string {
  return Array.from({ length: count }, () => Math.floor(random.next() * base).toString(base)).join('');
}

/** The last part of an ARN, as AWS draws it. */
export function arnHash(random: Random): string {
  return digits(random, HASH_DIGITS, 16);
}

/** The name that AWS gives a balancer in the DNS. */
export function dnsNameOf(
  { name, kind, scheme, hash }: Pick<Balancer, 'name' | 'kind' | 'scheme' | 'hash'>,
  random: Random,
): string {
  if (kind === 'network') return `${name}-${hash}.elb.${REGION}.amazonaws.com`;
  const prefix = scheme === 'internal' ? 'internal-' : '';
  const number = `${1 + Math.floor(random.next() * 9)}${digits(random, CLASSIC_DIGITS - 1, 10)}`;
  return `${prefix}${name}-${number}.${REGION}.elb.amazonaws.com`;
}

/** "sg-0" and 16 digits. */
export function securityGroupId(random: Random): string {
  return `sg-0${digits(random, HASH_DIGITS, 16)}`;
}

/** A target group's name: k8s-{namespace:8}-{name:8}-{hash:10} (buildTargetGroupName, whose hash is a SHA-1). */
export function targetGroupName(
  { namespace, name }: Balancer['service'],
  port: number,
  nodePort: number,
  protocol: string,
  check: HealthCheck,
): string {
  const seed = [CLUSTER_NAME, namespace, name, port, nodePort, protocol, 'instance', check.protocol];
  const hash = sha256Hex([...seed, check.intervalSeconds].join('')).slice(0, 10);
  const plain = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '').slice(0, 8);
  return `k8s-${plain(namespace)}-${plain(name)}-${hash}`;
}

/** The ARNs of a network balancer and of what belongs to it. */
export const arnOf = {
  balancer: ({ name, hash }: Pick<Balancer, 'name' | 'hash'>): string =>
    `${ARN}:loadbalancer/net/${name}/${hash}`,
  listener: ({ name, hash }: Pick<Balancer, 'name' | 'hash'>, listener: string): string =>
    `${ARN}:listener/net/${name}/${hash}/${listener}`,
  targetGroup: (group: { readonly name: string; readonly hash: string }): string =>
    `${ARN}:targetgroup/${group.name}/${group.hash}`,
};
const ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT_ID}`;

/** Addresses of a subnet that AWS keeps for itself: the first four, and the last. */
const FIRST_HOST = 4;
const LAST_HOST = 254;

/** A balancer's addresses, one in each zone's subnet: none that another has. */
export function newFaces(
  scheme: Balancer['scheme'],
  others: readonly Balancer[],
  random: Random,
): readonly Face[] {
  const taken = new Set(
    others.flatMap(({ faces }) => faces.flatMap(({ privateIp, publicIp }) => [privateIp, publicIp])),
  );
  return ZONES.map(({ name, subnet, cidr }) => {
    const base = cidr.split('.').slice(0, 3).join('.');
    const privateIp = drawn(
      () => `${base}.${FIRST_HOST + Math.floor(random.next() * (LAST_HOST - FIRST_HOST + 1))}`,
      taken,
    );
    if (scheme === 'internal') return { zone: name, subnet, privateIp };
    return { zone: name, subnet, privateIp, publicIp: drawn(() => publicAddress(random), taken) };
  });
}

function drawn(draw: () => string, taken: Set<string | undefined>): string {
  let address = draw();
  while (taken.has(address)) address = draw();
  taken.add(address);
  return address;
}

/** An address of Amazon's in the region. */
function publicAddress(random: Random): string {
  const byte = (from: number, to: number): number => from + Math.floor(random.next() * (to - from + 1));
  return `3.${byte(208, 223)}.${byte(0, 255)}.${byte(1, 254)}`;
}
