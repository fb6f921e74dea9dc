import type { Container, ContainerStatus, Pod, Probe } from '../../api';
import { canonicalQuantity } from '../../base';
import type { Page } from './page';
import { longTime } from './times';

type State = NonNullable<ContainerStatus['state']>;
type Quantities = NonNullable<NonNullable<Container['resources']>['limits']>;

const orNone = (text: string) => (text === '' ? '<none>' : text);

/** "Containers:" with everything about each; `indent` is "  " inside a Pod template. */
export function writeContainers(
  page: Page,
  label: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[] | undefined,
  pod: Pod | undefined,
  indent: string,
): void {
  page.write(0, `${indent}${label}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    const status = statuses?.find((each) => each.name === container.name);
    writeBasics(page, container, status, indent);
    writeWords(page, 'Command', container.command);
    writeWords(page, 'Args', container.args);
    if (status) writeState(page, status);
    writeQuantities(page, 'Limits', container.resources?.limits);
    writeQuantities(page, 'Requests', container.resources?.requests);
    if (container.livenessProbe) page.field(2, 'Liveness', probeText(container.livenessProbe));
    if (container.readinessProbe) page.field(2, 'Readiness', probeText(container.readinessProbe));
    if (container.startupProbe) page.field(2, 'Startup', probeText(container.startupProbe));
    writeEnvFrom(page, container);
    writeEnv(page, container, pod);
    writeMounts(page, container);
  }
}

function writeBasics(
  page: Page,
  container: Container,
  status: ContainerStatus | undefined,
  indent: string,
): void {
  page.write(1, `${indent === '' ? '' : ' '}${container.name}:\n`);
  if (status) page.field(2, 'Container ID', status.containerID);
  page.field(2, 'Image', container.image);
  if (status) page.field(2, 'Image ID', status.imageID);
  const ports = (container.ports ?? []).map(
    (port) => `${port.containerPort}/${port.protocol ?? ''}${port.name ? ` (${port.name})` : ''}`,
  );
  const hostPorts = (container.ports ?? []).map(
    (port) => `${port.hostPort ?? 0}/${port.protocol ?? ''}${port.name ? ` (${port.name})` : ''}`,
  );
  page.field(2, ports.length > 1 ? 'Ports' : 'Port', orNone(ports.join(', ')));
  page.field(2, hostPorts.length > 1 ? 'Host Ports' : 'Host Port', orNone(hostPorts.join(', ')));
  const seccomp = container.securityContext?.seccompProfile;
  if (seccomp) page.field(2, 'SeccompProfile', seccomp.type);
}

function writeWords(page: Page, title: string, words: readonly string[] | undefined): void {
  if (!words || words.length === 0) return;
  page.write(2, `${title}:\n`);
  for (const line of words.flatMap((word) => word.split('\n'))) page.write(3, `${line}\n`);
}

function writeState(page: Page, status: ContainerStatus): void {
  writeOneState(page, 'State', status.state ?? {});
  if (status.lastState?.terminated) writeOneState(page, 'Last State', status.lastState);
  page.field(2, 'Ready', status.ready ? 'True' : 'False');
  page.field(2, 'Restart Count', status.restartCount);
}

function writeOneState(page: Page, title: string, state: State): void {
  if (state.running) {
    page.field(2, title, 'Running');
    page.field(3, 'Started', longTime(state.running.startedAt));
  } else if (state.terminated) {
    const { reason, message, exitCode, signal, startedAt, finishedAt } = state.terminated;
    page.field(2, title, 'Terminated');
    if (reason) page.field(3, 'Reason', reason);
    if (message) page.field(3, 'Message', message);
    page.field(3, 'Exit Code', exitCode);
    if (signal) page.field(3, 'Signal', signal);
    page.field(3, 'Started', longTime(startedAt));
    page.field(3, 'Finished', longTime(finishedAt));
  } else {
    page.field(2, title, 'Waiting');
    if (state.waiting?.reason) page.field(3, 'Reason', state.waiting.reason);
  }
}

function writeQuantities(page: Page, title: string, quantities: Quantities | undefined): void {
  const names = Object.keys(quantities ?? {}).sort();
  if (names.length === 0) return;
  page.write(2, `${title}:\n`);
  for (const name of names) page.field(3, name, canonicalQuantity(quantities?.[name] ?? ''));
}

/** A probe on one line. */
export function probeText(probe: Probe): string {
  const attributes = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
  if (probe.httpGet) {
    const { scheme = '', host = '', port, path = '' } = probe.httpGet;
    return `http-get ${scheme.toLowerCase()}://${host}:${port}${path} ${attributes}`;
  }
  if (probe.tcpSocket)
    return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function writeEnvFrom(page: Page, container: Container): void {
  if (!container.envFrom || container.envFrom.length === 0) return;
  page.write(2, 'Environment Variables from:\n');
  for (const { configMapRef, secretRef, prefix } of container.envFrom) {
    const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
    const ref = configMapRef ?? secretRef;
    const how = prefix ? `${from} with prefix '${prefix}'` : from;
    page.write(3, `${ref?.name ?? ''}\t${how}\tOptional: ${ref?.optional ?? false}\n`);
  }
}

function writeEnv(page: Page, container: Container, pod: Pod | undefined): void {
  const env = container.env ?? [];
  page.write(2, `Environment:${env.length === 0 ? '\t<none>' : ''}\n`);
  for (const { name, value = '', valueFrom } of env) {
    if (!valueFrom) {
      value.split('\n').forEach((line, index) => {
        page.write(3, index === 0 ? `${name}:\t${line}\n` : `\t${line}\n`);
      });
    } else if (valueFrom.fieldRef) {
      const { apiVersion = 'v1', fieldPath } = valueFrom.fieldRef;
      page.write(3, `${name}:\t${pod ? fieldValue(pod, fieldPath) : ''} (${apiVersion}:${fieldPath})\n`);
    } else if (valueFrom.resourceFieldRef) {
      page.write(
        3,
        `${name}:\t${resourceValue(container, valueFrom.resourceFieldRef.resource)} (${valueFrom.resourceFieldRef.resource})\n`,
      );
    } else if (valueFrom.secretKeyRef) {
      const { key, name: from, optional } = valueFrom.secretKeyRef;
      page.write(
        3,
        `${name}:\t<set to the key '${key}' in secret '${from ?? ''}'>\tOptional: ${optional ?? false}\n`,
      );
    } else if (valueFrom.configMapKeyRef) {
      const { key, name: from, optional } = valueFrom.configMapKeyRef;
      page.write(
        3,
        `${name}:\t<set to the key '${key}' of config map '${from ?? ''}'>\tOptional: ${optional ?? false}\n`,
      );
    }
  }
}

function fieldValue(pod: Pod, path: string): string {
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec?.nodeName,
    'spec.serviceAccountName': pod.spec?.serviceAccountName,
    'status.hostIP': pod.status?.hostIP,
    'status.podIP': pod.status?.podIP,
  };
  const label = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (label) return pod.metadata[label[1] === 'labels' ? 'labels' : 'annotations']?.[label[2] ?? ''] ?? '';
  return fields[path] ?? '';
}

function resourceValue(container: Container, resource: string): string {
  const [kind = '', name = ''] = resource.split('.');
  const value =
    kind === 'limits' ? container.resources?.limits?.[name] : container.resources?.requests?.[name];
  if (value !== undefined) return canonicalQuantity(value);
  return kind === 'limits' ? 'node allocatable' : '0';
}

function writeMounts(page: Page, container: Container): void {
  const mounts = container.volumeMounts ?? [];
  page.write(2, `Mounts:${mounts.length === 0 ? '\t<none>' : ''}\n`);
  for (const mount of mounts.toSorted((a, b) => (a.mountPath < b.mountPath ? -1 : 1))) {
    const flags = [
      mount.readOnly ? 'ro' : 'rw',
      ...(mount.subPath ? [`path=${JSON.stringify(mount.subPath)}`] : []),
    ];
    page.write(3, `${mount.mountPath} from ${mount.name} (${flags.join(',')})\n`);
  }
}
