import type { Ruleset } from '../rules/rules';
import { compareDestinations } from './choose';
import type { IpSet, IpvsTables } from './tables';

const HASH_HEADER = 'family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x5f3759df';
/** What one element of a set takes in the kernel, and a set without any. */
const ELEMENT_BYTES = 64;
const EMPTY_BYTES = 200;
const BITMAP_BYTES = 8264;

/** Which sets `ipset list` is asked for, and how shortly. */
export interface IpsetQuery {
  readonly only?: string | undefined;
  readonly namesOnly?: boolean | undefined;
}

/** `ipset list`, of all sets or one; undefined when there is none of that name. */
export function printIpset(
  ipvs: IpvsTables | undefined,
  iptables: Ruleset,
  { only, namesOnly = false }: IpsetQuery,
): string | undefined {
  const all = Object.entries(ipvs?.sets ?? {});
  if (only !== undefined && !all.some(([name]) => name === only)) return undefined;
  const chosen = all.filter(([name]) => only === undefined || name === only);
  if (namesOnly) return chosen.map(([name]) => `${name}\n`).join('');
  return chosen.map(([name, set]) => listed(name, set, references(iptables, name))).join('\n');
}

/** How many rules ask the set. */
function references({ filter, nat }: Ruleset, name: string): number {
  return [...Object.values(filter), ...Object.values(nat)]
    .flat()
    .filter(({ matches }) => matches.some((match) => match.kind === 'set' && match.name === name)).length;
}

function listed(name: string, set: IpSet, references: number): string {
  const { type, entries } = set;
  const bitmap = type === 'bitmap:port';
  const lines = [
    `Name: ${name}`,
    `Type: ${type}`,
    `Revision: ${REVISIONS[type]}`,
    `Header: ${bitmap ? 'range 0-65535' : HASH_HEADER}`,
    `Size in memory: ${bitmap ? BITMAP_BYTES : EMPTY_BYTES + ELEMENT_BYTES * entries.length}`,
    `References: ${references}`,
    `Number of entries: ${entries.length}`,
    'Members:',
    ...entries.toSorted(byAddress),
  ];
  return `${lines.join('\n')}\n`;
}

const REVISIONS: Readonly<Record<IpSet['type'], number>> = {
  'hash:ip,port': 7,
  'hash:ip,port,ip': 7,
  'hash:ip,port,net': 9,
  'bitmap:port': 3,
  'hash:ip': 6,
};

function byAddress(left: string, right: string): number {
  const parts = (entry: string) => {
    const [ip = '', port = '0'] = entry.split(',');
    return entry.includes('.')
      ? { ip, port: Number(port.split(':')[1] ?? 0) }
      : { ip: '', port: Number(entry) };
  };
  return compareDestinations(parts(left), parts(right));
}
