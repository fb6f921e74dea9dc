import type { NodeRuntime } from './runtime';

/** The lowest free address after the last one given, going round, as the host-local IPAM plugin picks. */
export function allocateAddress(
  podCIDR: string,
  node: NodeRuntime,
  used: ReadonlySet<string>,
): { readonly ip: string; readonly node: NodeRuntime } | undefined {
  const [base = '', bits = '24'] = podCIDR.split('/');
  const start = base.split('.').reduce((value, part) => value * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  for (let step = 1; step < size; step += 1) {
    const number = (node.lastAddress + step) % size;
    // 0 is the network, 1 the bridge, the last one is for broadcasts.
    if (number < 2 || number === size - 1) continue;
    const ip = text(start + number);
    if (!used.has(ip)) return { ip, node: { ...node, lastAddress: number } };
  }
  return undefined;
}

const text = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
