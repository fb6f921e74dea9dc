import {
  type Check,
  type CheckPod,
  type Container,
  containersOf,
  namedContainers,
  plural,
  quoted,
  setters,
  sorted,
  unlessOwnUsers,
} from './check';
import { seLinuxOptions } from './se-linux';
import { seccompAnnotations, seccompBaseline } from './seccomp';

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

const appArmorProfile: CheckPod = (spec, annotations) => {
  const isBad = (type: string | undefined): type is string =>
    type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
  const own = spec.securityContext?.appArmorProfile?.type;
  const bad = containersOf(spec).filter((each) => isBad(each.securityContext?.appArmorProfile?.type));
  const types = [own, ...bad.map((each) => each.securityContext?.appArmorProfile?.type)].filter(isBad);
  const noted = Object.entries(annotations)
    .filter(
      ([key, value]) => key.startsWith(APP_ARMOR) && !/^(|runtime\/default|localhost\/.*)$/s.test(value),
    )
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .sort();
  const values = [...sorted(types), ...noted];
  const annotation = noted.length > 0 ? [plural(noted.length, 'annotation', 'annotations')] : [];
  const who = setters(isBad(own), bad.map(nameOf), ...annotation);
  return who.length === 0
    ? undefined
    : {
        reason: plural(values.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
        detail: `${who.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
      };
};

const nameOf = ({ name }: Container): string => name;

const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const capabilities: CheckPod = (spec) => {
  const forbidden = ({ securityContext }: Container): readonly string[] =>
    (securityContext?.capabilities?.add ?? []).filter((each) => !DEFAULT_CAPABILITIES.has(each));
  const bad = containersOf(spec).filter((each) => forbidden(each).length > 0);
  if (bad.length === 0) return undefined;
  const names = namedContainers(bad.map(nameOf));
  const added = quoted(sorted(bad.flatMap(forbidden)));
  return {
    reason: 'non-default capabilities',
    detail: `${names} must not include ${added} in securityContext.capabilities.add`,
  };
};

const hostNamespaces: CheckPod = ({ hostNetwork, hostPID, hostIPC }) => {
  const used = [
    ...(hostNetwork ? ['hostNetwork=true'] : []),
    ...(hostPID ? ['hostPID=true'] : []),
    ...(hostIPC ? ['hostIPC=true'] : []),
  ];
  return used.length === 0 ? undefined : { reason: 'host namespaces', detail: used.join(', ') };
};

const hostPathVolumes: CheckPod = ({ volumes = [] }) => {
  const bad = volumes.filter(({ hostPath }) => hostPath).map(({ name }) => name);
  if (bad.length === 0) return undefined;
  return { reason: 'hostPath volumes', detail: `${plural(bad.length, 'volume', 'volumes')} ${quoted(bad)}` };
};

const hostPorts: CheckPod = (spec) => {
  const portsOf = ({ ports = [] }: Container): readonly string[] =>
    ports.flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const bad = containersOf(spec).filter((each) => portsOf(each).length > 0);
  if (bad.length === 0) return undefined;
  const ports = sorted(bad.flatMap(portsOf));
  const use = plural(bad.length, 'uses', 'use');
  const what = plural(ports.length, 'hostPort', 'hostPorts');
  return {
    reason: 'hostPort',
    detail: `${namedContainers(bad.map(nameOf))} ${use} ${what} ${ports.join(', ')}`,
  };
};

const hostProbes: CheckPod = (spec) => {
  const hostsOf = ({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container) =>
    [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop]
      .flatMap((each) => [each?.httpGet?.host, each?.tcpSocket?.host])
      .filter((host) => host !== undefined && host !== '')
      .map(String);
  const bad = containersOf(spec).filter((each) => hostsOf(each).length > 0);
  if (bad.length === 0) return undefined;
  const names = sorted(bad.map(nameOf));
  const hosts = sorted(bad.flatMap(hostsOf));
  const use = plural(names.length, 'uses', 'use');
  const what = plural(hosts.length, 'probe or lifecycle host', 'probe or lifecycle hosts');
  return {
    reason: 'probe or lifecycle host',
    detail: `${namedContainers(names)} ${use} ${what} ${quoted(hosts)}`,
  };
};

const privileged: CheckPod = (spec) => {
  const bad = containersOf(spec).filter(({ securityContext }) => securityContext?.privileged);
  if (bad.length === 0) return undefined;
  const names = namedContainers(bad.map(nameOf));
  return { reason: 'privileged', detail: `${names} must not set securityContext.privileged=true` };
};

/** Also a check of the restricted level, where it never rests. */
export const procMount: CheckPod = (spec) => {
  const mountOf = ({ securityContext }: Container): string => securityContext?.procMount ?? 'Default';
  const bad = containersOf(spec).filter((each) => mountOf(each) !== 'Default');
  if (bad.length === 0) return undefined;
  const names = namedContainers(bad.map(nameOf));
  const types = quoted(sorted(bad.map(mountOf)));
  return { reason: 'procMount', detail: `${names} must not set securityContext.procMount to ${types}` };
};

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SAFE_SYSCTLS_27 = [...SAFE_SYSCTLS, 'net.ipv4.ip_local_reserved_ports'];
const SAFE_SYSCTLS_29 = [
  ...SAFE_SYSCTLS_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SAFE_SYSCTLS_32 = [...SAFE_SYSCTLS_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

const sysctls =
  (safe: readonly string[]): CheckPod =>
  ({ securityContext }) => {
    const bad = (securityContext?.sysctls ?? [])
      .map(({ name }) => name)
      .filter((each) => !safe.includes(each));
    return bad.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: bad.join(', ') };
  };

const windowsHostProcess: CheckPod = (spec) => {
  const bad = containersOf(spec).filter((each) => each.securityContext?.windowsOptions?.hostProcess);
  const own = spec.securityContext?.windowsOptions?.hostProcess ?? false;
  const who = setters(own, bad.map(nameOf));
  if (who.length === 0) return undefined;
  const what = 'must not set securityContext.windowsOptions.hostProcess=true';
  return { reason: 'hostProcess', detail: `${who.join(' and ')} ${what}` };
};

/** In the order in which they are told of. */
export const baselineChecks: readonly Check[] = [
  { id: 'appArmorProfile', versions: [[0, appArmorProfile]] },
  { id: 'capabilities_baseline', versions: [[0, capabilities]] },
  { id: 'hostNamespaces', versions: [[0, hostNamespaces]] },
  { id: 'hostPathVolumes', versions: [[0, hostPathVolumes]] },
  { id: 'hostPorts', versions: [[0, hostPorts]] },
  { id: 'hostProbesAndHostLifecycle', versions: [[34, hostProbes]] },
  { id: 'privileged', versions: [[0, privileged]] },
  {
    id: 'procMount',
    versions: [
      [0, procMount],
      [35, unlessOwnUsers(procMount)],
    ],
  },
  {
    id: 'seLinuxOptions',
    versions: [
      [0, seLinuxOptions([])],
      [31, seLinuxOptions(['container_engine_t'])],
    ],
  },
  {
    id: 'seccompProfile_baseline',
    versions: [
      [0, seccompAnnotations],
      [19, seccompBaseline],
    ],
  },
  {
    id: 'sysctls',
    versions: [
      [0, sysctls(SAFE_SYSCTLS)],
      [27, sysctls(SAFE_SYSCTLS_27)],
      [29, sysctls(SAFE_SYSCTLS_29)],
      [32, sysctls(SAFE_SYSCTLS_32)],
    ],
  },
  { id: 'windowsHostProcess', versions: [[0, windowsHostProcess]] },
];
