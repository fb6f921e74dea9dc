import type { Container, Delivery, Probe, Request } from '../../api';
import { isRecord } from '../../base';
import { runInside } from './hooks';
import type { Work } from './work';

/** Why the probe fails, in the kubelet's words; undefined when it passes. */
export function failureOf(work: Work, container: Container, probe: Probe): string | undefined {
  if (probe.httpGet) return httpFailure(work, container, probe, probe.httpGet);
  if (probe.tcpSocket) {
    const { host, port } = probe.tcpSocket;
    return dial(work, probe, host || address(work), portOf(container, port), { kind: 'connect' }).error;
  }
  if (probe.grpc) return grpcFailure(work, probe, probe.grpc.port, probe.grpc.service ?? '');
  return probe.exec ? execFailure(work, container, probe, probe.exec.command ?? []) : undefined;
}

/** How a probe fails that nothing answers. */
export function silence(work: Work, container: Container, probe: Probe): string {
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

/** The name of gRPC's own health check. */
const HEALTH_CHECK = 'grpc.health.v1.Health/Check';

/** Asks a gRPC server how it is; what does not speak gRPC is waited for until the time is up. */
function grpcFailure(work: Work, probe: Probe, port: number, service: string): string | undefined {
  const host = address(work);
  const request: Request = { kind: 'call', name: HEALTH_CHECK, body: { service } };
  const from = { kind: 'node', name: work.node.metadata.name } as const;
  const { outcome } = work.options.send(from, host, port, request);
  const seconds = probe.timeoutSeconds ?? 1;
  if (outcome.kind !== 'delivered' || outcome.reply.kind !== 'call')
    return `timeout: failed to connect service "${host}:${port}" within ${inGo(seconds)}: context deadline exceeded`;
  if (outcome.latencyMs > seconds * 1000)
    return `timeout: health rpc did not complete within ${inGo(seconds)}`;
  const { body } = outcome.reply;
  const answer = isRecord(body) ? body : {};
  const { code, message = '', status } = answer;
  if (code === 'Unimplemented')
    return `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${String(message)}`;
  if (code !== undefined)
    return `error: health rpc probe failed: rpc error: code = ${String(code)} desc = ${String(message)}`;
  return status === 'SERVING' ? undefined : `service unhealthy (responded with "${String(status)}")`;
}

/** Seconds as Go prints a duration. */
function inGo(seconds: number): string {
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

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
    : `command timed out: "${command.join(' ')}" timed out after ${inGo(seconds)}`;
}

/** What a failed command printed; the runtime's own words where it could not be started. */
const execOutput = (output: string, exitCode: number): string =>
  output === '' && exitCode === 127 ? 'command not found' : output;
