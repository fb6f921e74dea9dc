import type { Match, Origin, Rule, Target } from './rules';
import type { ServicePortInfo } from './service-ports';

/** The jump that has a packet masqueraded when it leaves the node. */
export const MARK_MASQ: Target = { kind: 'jump', chain: 'KUBE-MARK-MASQ' };

/** Collects the rules of one service port in kube-proxy's order. */
export class RuleWriter {
  readonly nat: Record<string, readonly Rule[]> = {};
  readonly filter: Record<string, readonly Rule[]> = {};

  add(
    table: 'nat' | 'filter',
    chain: string,
    matches: readonly Match[],
    target: Target,
    origin: Origin,
  ): void {
    const chains = this[table];
    chains[chain] = [...(chains[chain] ?? []), { matches, target, origin }];
  }

  chain(name: string): void {
    this.nat[name] = this.nat[name] ?? [];
  }

  /** Puts rules that others share after those that a chain of nat has. */
  append(chain: string, rules: readonly Rule[]): void {
    const before = this.nat[chain] ?? [];
    this.nat[chain] = before.length === 0 ? rules : [...before, ...rules];
  }
}

/** The Service, and the field of it, that a rule was written for. */
export function about(port: ServicePortInfo, field: string): Origin {
  return { resource: 'services', namespace: port.namespace, name: port.service, field };
}

/** A rule's comment. */
export function comment(text: string): Match {
  return { kind: 'comment', text };
}
