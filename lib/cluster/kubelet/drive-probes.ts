import type { Container, Probe } from '../../api';
import { isStarted, look, PROBE_FIELDS, PROBE_NAMES } from './probes';
import type { ContainerRuntime, ProbeName } from './runtime';
import { beginStop } from './stop-container';
import { tell, type Work, wake } from './work';

/** Runs the probes that are due; a failed liveness or startup probe stops the container. */
export function driveProbes(work: Work, container: Container, start: ContainerRuntime): ContainerRuntime {
  let runtime = start;
  for (const name of PROBE_NAMES) {
    const probe = container[PROBE_FIELDS[name]];
    const state = runtime.probes[name];
    if (probe === undefined || state === undefined) continue;
    if (name === 'startup' ? state.passing : !isStarted(runtime)) continue;
    const next = state.nextAt > work.now ? state : look(work, container, name, probe, state);
    if (next !== state) runtime = { ...runtime, probes: { ...runtime.probes, [name]: next } };
    if (next !== state && name !== 'readiness' && next.failures >= (probe.failureThreshold ?? 3)) {
      return killed(work, container, runtime, name, probe);
    }
    if (name !== 'startup' || !next.passing) wake(work, next.nextAt);
  }
  return runtime;
}

function killed(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  name: ProbeName,
  probe: Probe,
): ContainerRuntime {
  const message = `Container ${container.name} failed ${name} probe, will be restarted`;
  tell(work, 'Normal', 'Killing', message, container);
  const grace = probe.terminationGracePeriodSeconds ?? work.pod.spec?.terminationGracePeriodSeconds ?? 30;
  return beginStop(work, container, runtime, grace * 1000);
}
