import type { ProxyConfig } from '../kube-proxy-config';
import type { IpvsTables } from './ipvs';
import { BUILT_IN, EMPTY_RULESET, type Rule, type Ruleset, type Table, type TableName } from './rules';
import { printRule } from './save';

/** What kube-proxy has left in a node's kernel. */
export interface Kernel {
  /** The mode of the kube-proxy that wrote last. */
  readonly mode: ProxyConfig['mode'] | undefined;
  /** All that `iptables-save` prints. */
  readonly iptables: Ruleset;
  /** Virtual servers, ipsets and kube-ipvs0; they stay when kube-proxy comes back in another mode. */
  readonly ipvs?: IpvsTables | undefined;
  /** Chains and jumps of a kube-proxy that ran in another mode, which nobody has cleaned up. */
  readonly leftover?: Ruleset | undefined;
}

/** A node on which no kube-proxy has run. */
export const EMPTY_KERNEL: Kernel = { mode: undefined, iptables: EMPTY_RULESET };

/** Chains of single Services, which kube-proxy in iptables mode deletes when it does not need them. */
const OF_A_SERVICE = /^KUBE-(SVC|SVL|EXT|FW|SEP)-[A-Z2-7]{16}$/;
const TABLES: readonly TableName[] = ['filter', 'nat'];

/** Merged rulesets by what went into them, so that nodes with the same rules go on sharing them. */
const merged = new WeakMap<Ruleset, WeakMap<Ruleset, Ruleset>>();
const leftovers = new WeakMap<Ruleset, WeakMap<Ruleset, Ruleset | undefined>>();

/** A kernel after kube-proxy has written its rules: what it does not know of stays. */
export function rewrite(
  before: Kernel,
  mode: ProxyConfig['mode'],
  fresh: Ruleset,
  ipvs: IpvsTables | undefined,
): Kernel {
  const leftover =
    before.mode === undefined || before.mode === mode
      ? before.leftover
      : remembered(leftovers, before.iptables, fresh, () => leftoverOf(before.iptables, fresh, mode));
  const iptables =
    leftover === undefined ? fresh : remembered(merged, fresh, leftover, () => merge(fresh, leftover));
  const kernel: Kernel = { mode, iptables };
  return {
    ...kernel,
    ...((ipvs ?? before.ipvs) === undefined ? {} : { ipvs: ipvs ?? before.ipvs }),
    ...(leftover === undefined ? {} : { leftover }),
  };
}

function remembered<T>(
  memory: WeakMap<Ruleset, WeakMap<Ruleset, T>>,
  one: Ruleset,
  other: Ruleset,
  make: () => T,
): T {
  let under = memory.get(one);
  if (under === undefined) {
    under = new WeakMap();
    memory.set(one, under);
  }
  if (under.has(other)) return under.get(other) as T;
  const made = make();
  under.set(other, made);
  return made;
}

function leftoverOf(before: Ruleset, fresh: Ruleset, mode: ProxyConfig['mode']): Ruleset | undefined {
  const left: Record<TableName, Record<string, readonly Rule[]>> = { filter: {}, nat: {} };
  for (const table of TABLES)
    for (const [chain, rules] of Object.entries(before[table])) {
      const deleted = mode === 'iptables' && table === 'nat' && OF_A_SERVICE.test(chain);
      if (BUILT_IN[table].includes(chain)) left[table][chain] = others(chain, rules, fresh[table]);
      else if (fresh[table][chain] === undefined && !deleted) left[table][chain] = rules;
    }
  const nothing = TABLES.every((table) => Object.values(left[table]).every((rules) => rules.length === 0));
  return nothing &&
    TABLES.every((table) => Object.keys(left[table]).every((chain) => BUILT_IN[table].includes(chain)))
    ? undefined
    : left;
}

/** The rules of a built-in chain that the other mode does not write. */
function others(chain: string, rules: readonly Rule[], fresh: Table): readonly Rule[] {
  const own = new Set((fresh[chain] ?? []).map((rule) => printRule(chain, rule)));
  return rules.filter((rule) => !own.has(printRule(chain, rule)));
}

/** kube-proxy prepends the jumps that it misses, so what was there before comes after. */
function merge(fresh: Ruleset, leftover: Ruleset): Ruleset {
  const table = (name: TableName): Table => {
    const chains: Record<string, readonly Rule[]> = { ...leftover[name], ...fresh[name] };
    for (const chain of BUILT_IN[name])
      chains[chain] = [...(fresh[name][chain] ?? []), ...(leftover[name][chain] ?? [])];
    return chains;
  };
  return { filter: table('filter'), nat: table('nat') };
}
