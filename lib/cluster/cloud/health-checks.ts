import type { Delivery, Request } from '../../api';
import { REST } from '../controllers';
import type { Onward } from '../network';
import type { Controller } from '../seams';
import type { Instance } from './instances';
import {
  type Balancer,
  type Book,
  type HealthCheck,
  keepBalancer,
  type Target,
  type TargetGroup,
} from './state';

/** What health checks need. */
export interface HealthWorld {
  readonly book: Book;
  readonly instances: readonly Instance[];
  send(to: Onward): Delivery;
}

/** The controller that asks targets how they are; its keys are balancers' names. */
export const HEALTH_CHECKS = 'elastic-load-balancing';

/** The balancers' health checks: each group's targets are asked at its interval, and change their state at its thresholds. */
export function createHealthChecks({ book, instances, send }: HealthWorld): Controller {
  return {
    name: HEALTH_CHECKS,
    watches: [],
    reconcile(_view, name, now) {
      const before = book.state.balancers[name];
      if (before === undefined) return REST;
      const ask = (group: TargetGroup, instance: Instance): Delivery =>
        send({
          node: instance.node,
          source: faceIn(before, instance),
          port: group.check.port === 'traffic-port' ? group.port : group.check.port,
          protocol: 'TCP',
          request: questionOf(group.check, instance.privateIp),
        });
      const groups = before.groups.map((group) =>
        group.nextCheckAt > now
          ? group
          : checked(group, before.kind, instances, now, (one) => ask(group, one)),
      );
      const balancer = book.state.balancers[name] ?? before;
      if (groups.some((group, index) => group !== before.groups[index]))
        keepBalancer(book, { ...balancer, groups });
      const next = Math.min(...groups.map(({ nextCheckAt }) => nextCheckAt));
      return Number.isFinite(next) ? { actions: [], requeueAfterMs: next - now } : REST;
    },
  };
}

function faceIn({ faces }: Balancer, { zone }: Instance): string {
  return (faces.find((face) => face.zone === zone.name) ?? faces[0])?.privateIp ?? '';
}

function questionOf({ protocol, path }: HealthCheck, host: string): Request {
  if (protocol === 'TCP' || protocol === 'SSL') return { kind: 'connect' };
  return {
    kind: 'http',
    method: 'GET',
    path,
    host,
    headers: { 'User-Agent': 'ELB-HealthChecker/2.0', Accept: '*/*' },
    body: '',
    ...(protocol === 'HTTPS' ? { tls: { serverName: '' } } : {}),
  };
}

function checked(
  group: TargetGroup,
  kind: Balancer['kind'],
  instances: readonly Instance[],
  now: number,
  ask: (instance: Instance) => Delivery,
): TargetGroup {
  const targets = Object.entries(group.targets).flatMap(([id, target]): [string, Target][] => {
    if (target.state === 'draining') return (target.until ?? 0) > now ? [[id, target]] : [];
    const instance = instances.find((each) => each.id === id);
    return instance === undefined ? [] : [[id, nextState(target, group.check, kind, ask(instance))]];
  });
  return {
    ...group,
    targets: Object.fromEntries(targets),
    nextCheckAt: now + group.check.intervalSeconds * 1000,
  };
}

/** A target after one more check. */
export function nextState(
  target: Target,
  check: HealthCheck,
  kind: Balancer['kind'],
  outcome: Delivery,
): Target {
  const found = finding(check, kind, outcome);
  if (found.reason === '') {
    if (target.state === 'healthy') return settled(target);
    const streak = Math.max(target.streak, 0) + 1;
    // A network balancer's new target needs to be well once only.
    const enough = target.state === 'initial' && kind === 'network' ? 1 : check.healthyThreshold;
    return streak < enough ? { ...target, streak } : { state: 'healthy', streak: 0, reason: '' };
  }
  if (target.state === 'unhealthy') return settled({ ...target, ...found });
  const streak = Math.min(target.streak, 0) - 1;
  return -streak < check.unhealthyThreshold
    ? { ...target, streak }
    : { state: 'unhealthy', streak: 0, ...found };
}

/** A target whose check came out as its state says. */
function settled(target: Target): Target {
  return target.streak === 0 ? target : { ...target, streak: 0 };
}

/** What a check's outcome says; reason '' is well. */
function finding(
  { protocol, timeoutSeconds }: HealthCheck,
  kind: Balancer['kind'],
  outcome: Delivery,
): Pick<Target, 'reason' | 'code'> {
  if (outcome.kind === 'dropped') return { reason: 'timeout' };
  if (outcome.kind !== 'delivered') return { reason: 'failed' };
  if (outcome.latencyMs > timeoutSeconds * 1000) return { reason: 'timeout' };
  const { reply } = outcome;
  if (protocol === 'TCP' || protocol === 'SSL') return { reason: reply.kind === 'closed' ? 'failed' : '' };
  if (reply.kind !== 'http') return { reason: 'failed' };
  const well = kind === 'classic' ? reply.status === 200 : reply.status >= 200 && reply.status < 400;
  return well ? { reason: '' } : { reason: 'code', code: reply.status };
}
