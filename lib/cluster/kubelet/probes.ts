import type { Container, Probe } from '../../api';
import { failureOf, silence } from './probe-attempts';
import type { ContainerRuntime, ProbeName, ProbeRuntime } from './runtime';
import { tell, type Work, wake } from './work';

/** Where a container's spec has each probe. */
export const PROBE_FIELDS = {
  startup: 'startupProbe',
  liveness: 'livenessProbe',
  readiness: 'readinessProbe',
} as const;
const TITLES = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const;
/** The probes in the order in which they are looked at. */
export const PROBE_NAMES: readonly ProbeName[] = ['startup', 'liveness', 'readiness'];
/** The prober's first look comes a little after the start. */
const FIRST_LOOK_MS = 300;

/** The probes of a container that has just started: liveness is taken for granted, the others are not. */
export function freshProbes(container: Container, now: number): ContainerRuntime['probes'] {
  const entries = PROBE_NAMES.flatMap((name): [ProbeName, ProbeRuntime][] => {
    const probe = container[PROBE_FIELDS[name]];
    if (probe === undefined) return [];
    const nextAt = now + (probe.initialDelaySeconds ?? 0) * 1000 + FIRST_LOOK_MS;
    return [[name, { nextAt, successes: 0, failures: 0, passing: name === 'liveness' }]];
  });
  return Object.fromEntries(entries);
}

/** Whether the container counts as started: it runs, and its startup probe has passed. */
export function isStarted(runtime: ContainerRuntime): boolean {
  return runtime.phase === 'running' && runtime.probes.startup?.passing !== false;
}

/** Whether the container is ready. */
export function isContainerReady(runtime: ContainerRuntime): boolean {
  return (
    (runtime.phase === 'running' || runtime.phase === 'stopping') &&
    runtime.probes.startup?.passing !== false &&
    runtime.probes.readiness?.passing !== false
  );
}

/** While a container is being stopped only its readiness is still looked at. */
export function driveReadiness(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
): ContainerRuntime {
  const probe = container.readinessProbe;
  const state = runtime.probes.readiness;
  if (probe === undefined || state === undefined || runtime.phase !== 'stopping') return runtime;
  // One that never started is not looked at, going or not.
  if (runtime.probes.startup?.passing === false) return runtime;
  const next = state.nextAt > work.now ? state : look(work, container, 'readiness', probe, state);
  wake(work, next.nextAt);
  return { ...runtime, probes: { ...runtime.probes, readiness: next } };
}

/** One look of a probe: what it knows afterwards, and when it looks again. */
export function look(
  work: Work,
  container: Container,
  name: ProbeName,
  probe: Probe,
  state: ProbeRuntime,
): ProbeRuntime {
  const failure = isBroken(work, container, name)
    ? silence(work, container, probe)
    : failureOf(work, container, probe);
  const nextAt = work.now + (probe.periodSeconds ?? 10) * 1000;
  if (failure !== undefined) {
    tell(work, 'Warning', 'Unhealthy', `${TITLES[name]} probe failed: ${failure}`, container);
  }
  const successes = failure === undefined ? state.successes + 1 : 0;
  const failures = failure === undefined ? 0 : state.failures + 1;
  const passes = successes >= (probe.successThreshold ?? 1);
  const fails = failures >= (probe.failureThreshold ?? 3);
  return { nextAt, successes, failures, passing: passes || (state.passing && !fails) };
}

function isBroken({ options, pod }: Work, container: Container, name: ProbeName): boolean {
  const { namespace = '', name: podName } = pod.metadata;
  return options.isProbeBroken?.(name, namespace, podName, container.name) === true;
}
