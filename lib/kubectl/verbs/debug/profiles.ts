import type { KubeObject } from '../../../api';
import { bool } from '../../flags';
import type { ParsedArgs } from '../../seams';
import { fail } from '../../session';

/** A Pod as it is written, loosely. */
export interface DebugPod extends KubeObject {
  readonly spec: Fields & { readonly containers: readonly Fields[] };
}
export type Fields = Readonly<Record<string, unknown>>;

/** What is debugged: a Pod from inside, a copy of it, or a node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

const PROFILES = ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin', 'legacy'];

/** Refuses a profile that there is none of. */
export const profileProblem = (profile: string): string | undefined =>
  PROFILES.includes(profile) ? undefined : `unknown profile: ${profile}`;

/** What a profile changes on the debugging container (applied to its securityContext). */
export function profiledContainer(profile: string, style: DebugStyle, container: Fields): Fields {
  const security = securityOf(profile, style);
  return security === undefined ? container : { ...container, securityContext: security };
}

function securityOf(profile: string, style: DebugStyle): Fields | undefined {
  switch (profile) {
    case 'general':
      return style === 'node' ? undefined : { capabilities: { add: ['SYS_PTRACE'] } };
    case 'restricted':
      return {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      };
    case 'netadmin':
      return { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } };
    case 'sysadmin':
      return { privileged: true };
    default:
      return undefined;
  }
}

/** What a profile changes on the Pod of a node: its namespaces, and the node's files at /host. */
export function profiledNodePod(profile: string, pod: DebugPod): DebugPod {
  const mounts = ['legacy', 'general', 'sysadmin'].includes(profile);
  const hosts = mounts || profile === 'netadmin';
  const host = hosts ? { hostIPC: true, hostNetwork: true, hostPID: true } : {};
  if (!mounts) return { ...pod, spec: { ...pod.spec, ...host } };
  const volumes = [{ name: 'host-root', hostPath: { path: '/' } }];
  const containers = pod.spec.containers.map((each) => ({
    ...each,
    volumeMounts: [{ name: 'host-root', mountPath: '/host' }],
  }));
  return { ...pod, spec: { ...pod.spec, ...host, volumes, containers } };
}

const PROBES = [
  ['keep-liveness', 'livenessProbe'],
  ['keep-readiness', 'readinessProbe'],
  ['keep-startup', 'startupProbe'],
] as const;

/** What a profile leaves out of a copied Pod: labels, annotations, probes; the legacy one leaves all in. */
export function profiledCopy(profile: string, args: ParsedArgs, pod: DebugPod): DebugPod {
  if (profile === 'legacy') return pod;
  const { labels, annotations, ...metadata } = pod.metadata;
  const { initContainers, ...rest } = pod.spec;
  const gone: readonly string[] = PROBES.filter(([flag]) => !bool(args, flag)).map(([, field]) => field);
  const containers = pod.spec.containers.map((each) =>
    Object.fromEntries(Object.entries(each).filter(([field]) => !gone.includes(field))),
  );
  return {
    ...pod,
    metadata: {
      ...metadata,
      ...(labels && bool(args, 'keep-labels') ? { labels } : {}),
      ...(annotations && bool(args, 'keep-annotations') ? { annotations } : {}),
    },
    spec: {
      ...rest,
      ...(initContainers && bool(args, 'keep-init-containers', true) ? { initContainers } : {}),
      ...(args.given.has('share-processes') ? {} : { shareProcessNamespace: true }),
      containers,
    },
  };
}

/** A profile's own container spec from a file is not read here. */
export const customProblem = (path: string) =>
  path === '' ? undefined : fail('debug --custom is not available in this simulated cluster');
