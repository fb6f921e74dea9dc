import type { Container, Pod, PodSpec, PodTemplateSpec } from '../../types';
import { withDefaults } from '../shape';
import { setContainerDefaults } from './container-defaults';
import { setVolumeDefaults } from './volume-defaults';

/** How long a Pod may take to stop unless it says otherwise. */
const GRACE_PERIOD_SECONDS = 30;

/** SetDefaults_Pod: those of every Pod spec, and those that templates do not get. */
export function setPodDefaults(pod: Pod): Pod {
  const spec = setPodSpecDefaults(pod.spec ?? { containers: [] });
  const ports = spec.hostNetwork ? hostPorts : (container: Container): Container => container;
  const finish = (container: Container): Container => ports(requestLimits(container));
  return {
    ...pod,
    spec: {
      ...spec,
      enableServiceLinks: spec.enableServiceLinks ?? true,
      containers: spec.containers.map(finish),
      ...(spec.initContainers ? { initContainers: spec.initContainers.map(finish) } : {}),
    },
    status: pod.status ?? {},
  };
}

/** Upstream writes the creation time of a template, which it never has, as null. */
const UNSET_CREATION: object = { creationTimestamp: null };

/** The defaults of a workload's Pod template. */
export function setPodTemplateDefaults(template: PodTemplateSpec | undefined): PodTemplateSpec {
  return {
    metadata: { ...template?.metadata, ...UNSET_CREATION },
    spec: setPodSpecDefaults(template?.spec ?? { containers: [] }),
  };
}

/** SetDefaults_PodSpec with those of the types inside. */
export function setPodSpecDefaults(given: PodSpec): PodSpec {
  const spec = withDefaults<PodSpec>(given, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: GRACE_PERIOD_SECONDS,
  });
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  return {
    ...spec,
    // The old name of the field is kept in step with the new one.
    ...(account ? { serviceAccount: account, serviceAccountName: account } : {}),
    containers: (spec.containers ?? []).map(setContainerDefaults),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(setContainerDefaults) } : {}),
    ...(spec.ephemeralContainers
      ? {
          ephemeralContainers: spec.ephemeralContainers.map((each) => ({
            ...each,
            ...setContainerDefaults(each),
          })),
        }
      : {}),
    ...(spec.volumes ? { volumes: spec.volumes.map(setVolumeDefaults) } : {}),
  };
}

/** A limit without a request is the request too. */
function requestLimits(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  if (!limits) return container;
  const missing = Object.entries(limits).filter(([name]) => requests?.[name] === undefined);
  if (missing.length === 0) return container;
  const filled = { ...requests, ...Object.fromEntries(missing) };
  return { ...container, resources: { ...container.resources, requests: filled } };
}

/** On the host's network a container's port is the host's port. */
function hostPorts(container: Container): Container {
  if (!container.ports) return container;
  const ports = container.ports.map((port) => ({ ...port, hostPort: port.hostPort || port.containerPort }));
  return { ...container, ports };
}
