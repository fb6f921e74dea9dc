import type { FieldError } from '../../status';
import type { PodSpec } from '../../types';
import { duplicate, forbiddenField, invalidEach, invalidValue, qualifiedName } from '../validation';

/** validateReadinessGates and validateSchedulingGates. */
export function validateGates(
  { readinessGates = [], schedulingGates = [] }: PodSpec,
  path: string,
): FieldError[] {
  return [
    ...readinessGates.flatMap(({ conditionType: type = '' }, index) =>
      invalidEach(`${path}.readinessGates[${index}].conditionType`, type, qualifiedName(type)),
    ),
    ...schedulingGates.flatMap(({ name = '' }, index) => {
      const at = `${path}.schedulingGates[${index}]`;
      const repeated = schedulingGates.findIndex((each) => each.name === name) < index;
      return [...invalidEach(at, name, qualifiedName(name)), ...(repeated ? [duplicate(at, name)] : [])];
    }),
  ];
}

/** validatePodHostNetworkDeps: on the node's network a container listens on the node's own port; a template may leave it out. */
export function validateHostNetwork(spec: PodSpec, path: string, isPod: boolean): FieldError[] {
  if (!spec.hostNetwork) return [];
  return (spec.containers ?? []).flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort = 0, containerPort }, at) => {
      if (hostPort === containerPort || (!isPod && hostPort === 0)) return [];
      const field = `${path}[${index}].ports[${at}].hostPort`;
      return [invalidValue(field, hostPort, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}

/** The namespaces of the host that go with its users only; the paths are upstream's own. */
const WITH_HOST_USERS = { hostNetwork: 'hostNetwork', hostPID: 'HostPID', hostIPC: 'HostIPC' } as const;

/** validateHostUsers. */
export function validateHostUsers(spec: PodSpec, path: string): FieldError[] {
  if (spec.hostUsers !== false) return [];
  return (Object.keys(WITH_HOST_USERS) as (keyof typeof WITH_HOST_USERS)[])
    .filter((field) => spec[field])
    .map((field) =>
      forbiddenField(`${path}.${WITH_HOST_USERS[field]}`, 'when `pod.Spec.HostUsers` is false'),
    );
}
