import type { HostNetwork, Interface, Route } from '../../api';
import type { Tool, ToolContext } from '../process';

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  address: ['a', 'ad', 'add', 'addr', 'address'],
  link: ['l', 'li', 'lin', 'link'],
  route: ['r', 'ro', 'rou', 'rout', 'route'],
};

const SHOW = ['show', 'list', 'ls', 's'];

/** ip addr, ip link, ip route, as iproute2 and busybox print them. */
export const ip: Tool = async (context) => {
  const words = context.args.filter((word) => !word.startsWith('-'));
  const brief = context.args.some((word) => word === '-br' || word === '-brief');
  const host = context.world.network.host(context.machine.vantage);
  const [typed = 'help', ...rest] = words;
  const what = Object.entries(ALIASES).find(([, names]) => names.includes(typed))?.[0];
  if (what === undefined || host === undefined) {
    await context.err(`Object "${typed}" is unknown, try "ip help".\n`);
    return 1;
  }
  if (what === 'route') return routes(context, host, rest);
  return interfaces(context, host, rest, what === 'link', brief);
};

async function interfaces(
  context: ToolContext,
  host: HostNetwork,
  rest: readonly string[],
  linksOnly: boolean,
  brief: boolean,
): Promise<number> {
  const name = rest.filter((word) => !SHOW.includes(word) && word !== 'dev')[0];
  const chosen = host.interfaces().filter((each) => name === undefined || each.name === name);
  if (name !== undefined && chosen.length === 0) {
    await context.err(`Device "${name}" does not exist.\n`);
    return 1;
  }
  const busybox = isBusybox(context);
  for (const each of chosen) {
    if (brief) await context.out(`${briefly(each, linksOnly)}\n`);
    else await context.out(`${inFull(each, linksOnly, busybox).join('\n')}\n`);
  }
  return 0;
}

/** Images with iproute2 have its `ss` too. */
function isBusybox({ machine }: ToolContext): boolean {
  return machine.kind === 'container' && machine.tools !== 'all' && !machine.tools.includes('ss');
}

const FLAGS: Readonly<Record<Interface['kind'], string>> = {
  loopback: 'LOOPBACK,UP,LOWER_UP',
  ethernet: 'BROADCAST,MULTICAST,UP,LOWER_UP',
  veth: 'BROADCAST,MULTICAST,UP,LOWER_UP',
  dummy: 'BROADCAST,NOARP',
};

const stateOf = ({ kind }: Interface): string =>
  kind === 'loopback' ? 'UNKNOWN' : kind === 'dummy' ? 'DOWN' : 'UP';
const fullName = ({ name, peerIndex }: Interface): string =>
  peerIndex === undefined ? name : `${name}@if${peerIndex}`;

function inFull(each: Interface, linksOnly: boolean, busybox: boolean): readonly string[] {
  const { index, kind, mtu, mac } = each;
  const qdisc = kind === 'ethernet' ? 'fq_codel' : kind === 'dummy' ? 'noop' : 'noqueue';
  const group = busybox ? '' : ` state ${stateOf(each)} ${linksOnly ? 'mode DEFAULT ' : ''}group default`;
  const queue = kind === 'veth' || busybox ? '' : ' qlen 1000';
  const loop = kind === 'loopback';
  const namespace = kind === 'veth' && !busybox ? ' link-netnsid 0' : '';
  return [
    `${index}: ${fullName(each)}: <${FLAGS[kind]}> mtu ${mtu} qdisc ${qdisc}${group}${queue}${busybox || queue !== '' ? '' : ' '}`,
    `    link/${loop ? 'loopback' : 'ether'} ${mac} brd ${loop ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}${namespace}`,
    ...(linksOnly ? [] : each.addresses.flatMap((address) => addressLines(each, address))),
  ];
}

function addressLines(
  { name }: Interface,
  { ip: address, prefix, broadcast, scope }: Interface['addresses'][number],
): readonly string[] {
  const brd = broadcast === undefined ? '' : ` brd ${broadcast}`;
  return [
    `    inet ${address}/${prefix}${brd} scope ${scope} ${name}`,
    '       valid_lft forever preferred_lft forever',
  ];
}

function briefly(each: Interface, linksOnly: boolean): string {
  const head = `${fullName(each).padEnd(16)} ${stateOf(each).padEnd(14)} `;
  if (linksOnly) return `${head}${each.mac} <${FLAGS[each.kind]}> `;
  return head + each.addresses.map(({ ip: address, prefix }) => `${address}/${prefix} `).join('');
}

async function routes(context: ToolContext, host: HostNetwork, rest: readonly string[]): Promise<number> {
  const [verb, target] = rest;
  if (verb === 'get' && target !== undefined) {
    await context.out(`${routeTo(host, target)}\n`);
    return 0;
  }
  for (const route of host.routes()) await context.out(`${printRoute(route)} \n`);
  return 0;
}

function printRoute({ to, via, dev, kernel, scope, source }: Route): string {
  const parts = [
    to,
    ...(via === undefined ? [] : ['via', via]),
    'dev',
    dev,
    ...(kernel ? ['proto', 'kernel'] : []),
    ...(scope === undefined ? [] : ['scope', scope]),
    ...(source === undefined ? [] : ['src', source]),
  ];
  return parts.join(' ');
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function prefixLength(to: string): number {
  return to === 'default' ? 0 : Number(to.split('/')[1] ?? 32);
}

function covers(to: string, address: string): boolean {
  if (to === 'default') return true;
  const size = 2 ** (32 - prefixLength(to));
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(to.split('/')[0] ?? '') / size);
}

/** The most exact route that covers an address, as `ip route get` tells it. */
function routeTo(host: HostNetwork, target: string): string {
  const interfacesHere = host.interfaces();
  const own = interfacesHere.some(({ addresses }) => addresses.some(({ ip: address }) => address === target));
  if (own) return `local ${target} dev lo src ${target} uid 0 \n    cache <local> `;
  const found = host
    .routes()
    .filter(({ to }) => covers(to, target))
    .toSorted((left, right) => prefixLength(right.to) - prefixLength(left.to))[0];
  if (found === undefined) return 'RTNETLINK answers: Network is unreachable';
  const card = interfacesHere.find(({ name }) => name === found.dev);
  const source = found.source ?? card?.addresses[0]?.ip ?? '';
  const via = found.via === undefined ? '' : ` via ${found.via}`;
  return `${target}${via} dev ${found.dev} src ${source} uid 0 \n    cache `;
}
