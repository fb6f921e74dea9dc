import { deepEqual } from '../../../base';
import { drain, type HasConnections } from '../ipvs';
import { builtKernel, ipvsOf, rulesOf } from '../kernel/built-kernel';
import type { Draining, Kernel, Known } from '../kernel/kernel';
import type { ProxyInputs } from '../rules/build-ruleset';
import { leftoverOf } from '../rules/leftover';

/**
 * A kernel after kube-proxy has written what follows from what it knows: what it does not know of stays. The same
 * kernel when nothing is new.
 */
export function rewrite(before: Kernel, fresh: Known, hasConnections: HasConnections | undefined): Kernel {
  const known = sameKnown(before.known, fresh);
  const { mode } = known.config;
  const draining = mode === 'ipvs' ? drainingOf(before, known, hasConnections) : {};
  const settled = before.mode === mode && before.known === known;
  if (settled && (mode === 'iptables' || deepEqual(before.ipvs?.draining, draining))) return before;
  const changed = before.mode !== undefined && before.mode !== mode;
  const leftover = changed ? leftoverOf(builtKernel(before).iptables, rulesOf(known), mode) : before.leftover;
  const ipvs = mode === 'ipvs' ? { known, draining } : before.ipvs;
  const told = mode === 'iptables' && before.told?.ipvs ? { ipvs: before.told.ipvs } : undefined;
  return {
    mode,
    known,
    ...(ipvs === undefined ? {} : { ipvs }),
    ...(leftover === undefined ? {} : { leftover }),
    ...(told === undefined ? {} : { told }),
  };
}

/** Nothing drains where no connection is remembered: then no table has to be looked at. */
function drainingOf(before: Kernel, known: Known, hasConnections: HasConnections | undefined): Draining {
  const tables = hasConnections === undefined ? undefined : builtKernel(before).ipvs;
  return hasConnections === undefined || tables === undefined
    ? {}
    : drain(tables, ipvsOf(known), hasConnections);
}

/** The old knowledge, or as much of it as is still right, so that what was made from it is found again. */
function sameKnown(old: Known | undefined, fresh: Known): Known {
  if (old === undefined) return fresh;
  const inputs = sameInputs(old.inputs, fresh.inputs);
  const node = deepEqual(old.node, fresh.node) ? old.node : fresh.node;
  const config = deepEqual(old.config, fresh.config) ? old.config : fresh.config;
  return inputs === old.inputs && node === old.node && config === old.config ? old : { inputs, node, config };
}

/** The old inputs when the objects are the same. */
export function sameInputs(old: ProxyInputs | undefined, fresh: ProxyInputs): ProxyInputs {
  if (old === undefined || old === fresh || !sameList(old.services, fresh.services)) return fresh;
  const keys = Object.keys(fresh.slices);
  if (Object.keys(old.slices).length !== keys.length) return fresh;
  return keys.every((key) => sameList(fresh.slices[key] ?? [], old.slices[key] ?? [])) ? old : fresh;
}

function sameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
