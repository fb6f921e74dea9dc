import type { FieldError } from '../../status';
import type { Container, PodSpec } from '../../types';
import {
  dns1123Label,
  duplicate,
  forbiddenField,
  invalidEach,
  invalidValue,
  missing,
  notSupported,
  oneOf,
  portName,
  portNumber,
  required,
} from '../validation';
import { validateEnv, validateEnvFrom } from './validate-env';
import { validateLifecycle, validateProbe } from './validate-probe';
import { validateResources } from './validate-resources';
import { validateContainerSecurity } from './validate-security';

const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** validateContainers: at least one, each valid, no two of a name. */
export function validateContainers(
  spec: PodSpec,
  volumes: ReadonlySet<string>,
  path: string,
  isPod: boolean,
): FieldError[] {
  const containers = spec.containers ?? [];
  if (containers.length === 0) return [required(path)];
  const errors = containers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const repeated = containers.findIndex(({ name }) => name === container.name) < index;
    return [
      ...validateContainer(container, volumes, at, isPod),
      ...(repeated ? [duplicate(`${at}.name`, container.name)] : []),
      ...validateHooks(container, at, spec.terminationGracePeriodSeconds),
    ];
  });
  return [...errors, ...validateHostPorts(containers, path)];
}

/** validateInitContainers: hooks and probes only for those that keep running. */
export function validateInitContainers(
  spec: PodSpec,
  volumes: ReadonlySet<string>,
  path: string,
  isPod: boolean,
): FieldError[] {
  const names = new Set((spec.containers ?? []).map(({ name }) => name));
  return (spec.initContainers ?? []).flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const errors = validateContainer(container, volumes, at, isPod);
    const { restartPolicy } = container;
    if (restartPolicy !== undefined && !RESTART_POLICIES.includes(restartPolicy)) {
      errors.push(notSupported(`${at}.restartPolicy`, restartPolicy, RESTART_POLICIES));
    }
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    if (restartPolicy === 'Always') {
      return [...errors, ...validateHooks(container, at, spec.terminationGracePeriodSeconds)];
    }
    const detail = 'may not be set for init containers without restartPolicy=Always';
    for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (container[field]) errors.push(forbiddenField(`${at}.${field}`, detail));
    }
    return errors;
  });
}

function validateHooks(container: Container, path: string, graceSeconds = 0): FieldError[] {
  return [
    ...(container.lifecycle ? validateLifecycle(container.lifecycle, `${path}.lifecycle`, graceSeconds) : []),
    ...validateProbe(container.livenessProbe, 'liveness', `${path}.livenessProbe`),
    ...validateProbe(container.readinessProbe, 'readiness', `${path}.readinessProbe`),
    ...validateProbe(container.startupProbe, 'startup', `${path}.startupProbe`),
  ];
}

/** validateContainerCommon. */
function validateContainer(
  container: Container,
  volumes: ReadonlySet<string>,
  path: string,
  isPod: boolean,
): FieldError[] {
  const { name, image = '' } = container;
  return [
    ...(name ? invalidEach(`${path}.name`, name, dns1123Label(name)) : [required(`${path}.name`)]),
    ...(isPod ? validateImage(image, `${path}.image`) : image === '' ? [required(`${path}.image`)] : []),
    ...oneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, MESSAGE_POLICIES),
    ...validatePorts(container.ports ?? [], `${path}.ports`),
    ...validateEnv(container.env ?? [], `${path}.env`),
    ...validateEnvFrom(container.envFrom ?? [], `${path}.envFrom`),
    ...validateMounts(container.volumeMounts ?? [], volumes, `${path}.volumeMounts`),
    ...oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES),
    ...validateResources(container.resources ?? {}, `${path}.resources`),
    ...validateContainerSecurity(container.securityContext, `${path}.securityContext`),
  ];
}

/** An image's name must be there and, in a Pod, have no blanks around it; a template's may. */
export function validateImage(image: string, field: string): FieldError[] {
  if (image === '') return [required(field)];
  return image === image.trim()
    ? []
    : [invalidValue(field, image, 'must not have leading or trailing whitespace')];
}

type Port = NonNullable<Container['ports']>[number];

function validatePorts(ports: readonly Port[], path: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`;
    return [
      ...(port.name ? validatePortName(port.name, names, `${at}.name`) : []),
      ...(port.containerPort
        ? invalidEach(`${at}.containerPort`, port.containerPort, portNumber(port.containerPort))
        : [required(`${at}.containerPort`)]),
      ...(port.hostPort ? invalidEach(`${at}.hostPort`, port.hostPort, portNumber(port.hostPort)) : []),
      ...oneOf(`${at}.protocol`, port.protocol, PROTOCOLS),
    ];
  });
}

function validatePortName(name: string, names: Set<string>, field: string): FieldError[] {
  const errors = invalidEach(field, name, portName(name));
  if (errors.length > 0) return errors;
  if (names.has(name)) return [duplicate(field, name)];
  names.add(name);
  return [];
}

/** One port of the host for one container. */
function validateHostPorts(containers: readonly Container[], path: string): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ protocol = '', hostIP = '', hostPort }, at) => {
      if (!hostPort) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) return [duplicate(`${path}[${index}].ports[${at}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}

type Mount = NonNullable<Container['volumeMounts']>[number];

function validateMounts(mounts: readonly Mount[], volumes: ReadonlySet<string>, path: string): FieldError[] {
  return mounts.flatMap(({ name, mountPath, subPath = '' }, index) => {
    const at = `${path}[${index}]`;
    const repeated = mounts.findIndex((each) => each.mountPath === mountPath) < index;
    return [
      ...(name ? [] : [required(`${at}.name`)]),
      ...(volumes.has(name) ? [] : [missing(`${at}.name`, name ?? '')]),
      ...(mountPath ? [] : [required(`${at}.mountPath`)]),
      ...(repeated ? [invalidValue(`${at}.mountPath`, mountPath, 'must be unique')] : []),
      ...(subPath.startsWith('/')
        ? [invalidValue(`${path}.subPath`, subPath, 'must be a relative path')]
        : []),
      ...(subPath.split('/').includes('..')
        ? [invalidValue(`${path}.subPath`, subPath, "must not contain '..'")]
        : []),
    ];
  });
}
