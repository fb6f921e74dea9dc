import type { Container, Delivery, Probe, Request } from '../../api';
import { runInside } from './hooks';
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

/** How a probe fails that nothing answers. */
function silence(work: Work, container: Container, probe: Probe): string {
  if (probe.exec)
    return `command timed out: ${JSON.stringify((probe.exec.command ?? []).join(' '))} timed out after ${probe.timeoutSeconds ?? 1}s`;
  if (probe.httpGet) {
    const { host, port, path = '/', scheme = 'HTTP' } = probe.httpGet;
    const url = `${scheme.toLowerCase()}://${host || address(work)}:${portOf(container, port)}${path}`;
    return `Get "${url}": ${timeoutText({ kind: 'http' }, '')}`;
  }
  const port = probe.tcpSocket?.port ?? probe.grpc?.port ?? 0;
  return timeoutText({ kind: 'connect' }, `dial tcp ${address(work)}:${portOf(container, port)}`);
}

/** Why the probe fails, in the kubelet's words; undefined when it passes. */
function failureOf(work: Work, container: Container, probe: Probe): string | undefined {
  if (probe.httpGet) return httpFailure(work, container, probe, probe.httpGet);
  if (probe.tcpSocket) {
    const { host, port } = probe.tcpSocket;
    return dial(work, probe, host || address(work), portOf(container, port), { kind: 'connect' }).error;
  }
  if (probe.grpc) {
    return dial(work, probe, address(work), probe.grpc.port, { kind: 'connect' }).error === undefined
      ? undefined
      : `timeout: failed to connect service "${address(work)}:${probe.grpc.port}" within 1s: context deadline exceeded`;
  }
  return probe.exec ? execFailure(work, container, probe, probe.exec.command ?? []) : undefined;
}

const address = (work: Work): string => {
  const { namespace = '', name } = work.pod.metadata;
  return work.options.containers.pod(`${namespace}/${name}`)?.ip ?? work.pod.status?.podIP ?? '';
};

function portOf(container: Container, port: string | number): number {
  if (typeof port === 'number') return port;
  return container.ports?.find((each) => each.name === port)?.containerPort ?? Number(port);
}

type HttpGet = NonNullable<Probe['httpGet']>;

function httpFailure(work: Work, container: Container, probe: Probe, get: HttpGet): string | undefined {
  const host = get.host || address(work);
  const port = portOf(container, get.port);
  const scheme = (get.scheme ?? 'HTTP').toLowerCase();
  const path = get.path?.startsWith('/') ? get.path : `/${get.path ?? ''}`;
  const headers = Object.fromEntries(
    (get.httpHeaders ?? []).map((header) => [header.name.toLowerCase(), header.value]),
  );
  const request: Request = {
    kind: 'http',
    method: 'GET',
    path,
    host: headers.host ?? `${host}:${port}`,
    headers: { 'user-agent': 'kube-probe/1.35', accept: '*/*', ...headers },
    body: '',
    ...(scheme === 'https' ? { tls: { serverName: host } } : {}),
  };
  const url = `${scheme}://${host}:${port}${path}`;
  const dialled = dial(work, probe, host, port, request);
  if (dialled.error !== undefined) return `Get "${url}": ${dialled.error}`;
  const { reply } = dialled;
  if (reply?.kind === 'http') {
    return reply.status >= 200 && reply.status < 400
      ? undefined
      : `HTTP probe failed with statuscode: ${reply.status}`;
  }
  if (reply?.kind === 'closed' && reply.why === 'tls-mismatch') {
    return scheme === 'https'
      ? `Get "${url}": http: server gave HTTP response to HTTPS client`
      : 'HTTP probe failed with statuscode: 400';
  }
  return `Get "${url}": EOF`;
}

interface Dialled {
  readonly error?: string;
  readonly reply?: Extract<Delivery, { readonly kind: 'delivered' }>['reply'];
}

function dial(work: Work, probe: Probe, host: string, port: number, request: Request): Dialled {
  const from = { kind: 'node', name: work.node.metadata.name } as const;
  const { outcome } = work.options.send(from, host, port, request);
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  const where = `dial tcp ${host}:${port}`;
  switch (outcome.kind) {
    case 'refused':
      return { error: `${where}: connect: connection refused` };
    case 'unreachable':
      return { error: `${where}: connect: no route to host` };
    case 'dropped':
      return { error: timeoutText(request, where) };
    case 'delivered':
      return outcome.latencyMs > timeoutMs
        ? { error: timeoutText(request, where) }
        : { reply: outcome.reply };
  }
}

const timeoutText = (request: Pick<Request, 'kind'>, where: string): string =>
  request.kind === 'http'
    ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
    : `${where}: i/o timeout`;

/** Steps that a probe's command may take. */
const MAX_COMMAND_TURNS = 200;

/** Runs a probe's command to its end, or to its time-out; what time it takes is only counted. */
function execFailure(
  work: Work,
  container: Container,
  probe: Probe,
  command: readonly string[],
): string | undefined {
  const limit = work.now + (probe.timeoutSeconds ?? 1) * 1000;
  let now = work.now;
  let out = '';
  let turn = runInside(work, container, command, undefined);
  for (let count = 0; turn !== undefined && count < MAX_COMMAND_TURNS; count += 1) {
    out += turn.out + turn.err;
    if (turn.exitCode !== undefined) return turn.exitCode === 0 ? undefined : execOutput(out, turn.exitCode);
    now = turn.wakeAt ?? Number.POSITIVE_INFINITY;
    if (now > limit) break;
    turn = runInside(work, container, command, turn.state, now);
  }
  const seconds = probe.timeoutSeconds ?? 1;
  return turn === undefined
    ? 'container not running'
    : `command timed out: "${command.join(' ')}" timed out after ${seconds}s`;
}

/** What a failed command printed; the runtime's own words where it could not be started. */
const execOutput = (output: string, exitCode: number): string =>
  output === '' && exitCode === 127 ? 'command not found' : output;
