import { deepEqual } from '../../base';
import type { Desired } from './desired';
import type { Asking } from './ensure';
import { arnHash, targetGroupName } from './names';
import type { Target, TargetGroup } from './state';

/** How soon after it was registered a target is first asked. */
const FIRST_CHECK_MS = 5_000;
/** How long connections of a target that was taken out of a group may go on (deregistration_delay.timeout_seconds). */
const DRAINING_MS = 300_000;

const NEW_TARGET: Target = { state: 'initial', streak: 0, reason: '' };

/** The instances of a classic balancer: those that should be, with what is known of those that were. */
export function classicGroup(
  before: TargetGroup | undefined,
  { check }: Desired,
  instances: readonly string[],
  { now }: Asking,
): TargetGroup {
  const targets = Object.fromEntries(instances.map((id) => [id, before?.targets[id] ?? NEW_TARGET]));
  return {
    name: '',
    hash: '',
    protocol: '',
    port: 0,
    check,
    nextCheckAt: before?.nextCheckAt ?? now + FIRST_CHECK_MS,
    targets,
  };
}

/** One target group for each port; another node port, protocol or kind of check makes a new one (ensureLoadBalancerv2). */
export function networkGroups(
  before: readonly TargetGroup[],
  { service, mappings, check }: Desired,
  instances: readonly string[],
  { now, random }: Asking,
): readonly TargetGroup[] {
  return mappings.map(({ port, nodePort, instanceProtocol }) => {
    const name = targetGroupName(service, port, nodePort, instanceProtocol, check);
    const known = before.find((group) => group.name === name);
    return {
      name,
      hash: known?.hash ?? arnHash(random),
      protocol: instanceProtocol,
      port: nodePort,
      check,
      nextCheckAt: known === undefined ? now + FIRST_CHECK_MS : known.nextCheckAt,
      targets: registered(known?.targets ?? {}, instances, now),
    };
  });
}

function registered(
  before: TargetGroup['targets'],
  instances: readonly string[],
  now: number,
): TargetGroup['targets'] {
  const leaving = Object.entries(before)
    .filter(([id]) => !instances.includes(id))
    .map(([id, target]): [string, Target] => [
      id,
      target.state === 'draining'
        ? target
        : { state: 'draining', streak: 0, reason: '', until: now + DRAINING_MS },
    ]);
  const staying = instances.map((id): [string, Target] => {
    const target = before[id];
    return [id, target === undefined || target.state === 'draining' ? NEW_TARGET : target];
  });
  return Object.fromEntries([...staying, ...leaving]);
}

/** A group of which other instances are targets; the same one when they are those. */
export function withInstances(
  group: TargetGroup,
  kind: 'classic' | 'network',
  instances: readonly string[],
  now: number,
): TargetGroup {
  const targets =
    kind === 'network'
      ? registered(group.targets, instances, now)
      : Object.fromEntries(instances.map((id) => [id, group.targets[id] ?? NEW_TARGET]));
  return deepEqual(targets, group.targets) ? group : { ...group, targets };
}
