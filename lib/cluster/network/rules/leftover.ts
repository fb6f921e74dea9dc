import type { ProxyConfig } from '../../kube-proxy-config';
import { BUILT_IN, type Rule, type Ruleset, type Table, type TableName } from './rules';
import { printRule } from './save';

/** Chains of single Services, which kube-proxy in iptables mode deletes when it does not need them. */
const OF_A_SERVICE = /^KUBE-(SVC|SVL|EXT|FW|SEP)-[A-Z2-7]{16}$/;
const TABLES: readonly TableName[] = ['filter', 'nat'];

/** What stays of the rules of one mode when kube-proxy comes back in another: all that it does not know of. */
export function leftoverOf(before: Ruleset, fresh: Ruleset, mode: ProxyConfig['mode']): Ruleset | undefined {
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
export function withLeftover(fresh: Ruleset, leftover: Ruleset): Ruleset {
  const table = (name: TableName): Table => {
    const chains: Record<string, readonly Rule[]> = { ...leftover[name], ...fresh[name] };
    for (const chain of BUILT_IN[name])
      chains[chain] = [...(fresh[name][chain] ?? []), ...(leftover[name][chain] ?? [])];
    return chains;
  };
  return { filter: table('filter'), nat: table('nat') };
}
