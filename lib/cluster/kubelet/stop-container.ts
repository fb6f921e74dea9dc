import type { Container } from '../../api';
import type { ContainerRuntime } from './runtime';
import { between, type Work, wake } from './work';
import { processEnv } from './world';

const STOP_MIN_MS = 60;
const STOP_MAX_MS = 400;
/** As PID 1 these have no handler for SIGTERM, so only SIGKILL ends them. */
const DEAF = new Set(['sh', 'bash', 'ash', 'dash', 'sleep', 'tail', 'cat']);
/** These catch SIGTERM and leave in good order. */
const ORDERLY = new Set(['nginx', 'httpd', 'redis-server', 'node', 'entrypoint', 'docker-entrypoint.sh']);
const SIGTERM_CODE = 143;
const SIGKILL_CODE = 137;

/** Asks a running container to stop: its hook runs, then SIGTERM, and SIGKILL when the grace is over. */
export function beginStop(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  graceMs: number,
): ContainerRuntime {
  const { options, view, pod, now, random } = work;
  const argv = processEnv(options, view, pod, container.name, now, random)?.argv ?? [];
  const program = (argv[0] ?? '').split('/').at(-1) ?? '';
  const hook = hookMs(container);
  const own = DEAF.has(program) ? Number.POSITIVE_INFINITY : between(random, STOP_MIN_MS, STOP_MAX_MS);
  const inTime = hook + own <= graceMs;
  const at = now + (inTime ? hook + own : graceMs);
  const stopCode = inTime ? (ORDERLY.has(program) ? 0 : SIGTERM_CODE) : SIGKILL_CODE;
  wake(work, at);
  return { ...runtime, phase: 'stopping', at, stopCode };
}

/** How long a preStop hook takes: what it sleeps. */
function hookMs(container: Container): number {
  const hook = container.lifecycle?.preStop;
  if (hook?.sleep) return hook.sleep.seconds * 1000;
  const command = (hook?.exec?.command ?? []).join(' ');
  const slept = /\bsleep\s+(\d+(?:\.\d+)?)/.exec(command);
  return slept ? Number(slept[1]) * 1000 : 0;
}
