import { goStruct } from '../../go-format';
import type { FieldError } from '../../status';
import type { Container, PodSpec } from '../../types';
import { inRange, invalidEach, invalidGoValue, invalidValue, notSupported, required } from '../validation';

type PodContext = NonNullable<PodSpec['securityContext']>;
type ContainerContext = NonNullable<Container['securityContext']>;
type Seccomp = NonNullable<PodContext['seccompProfile']>;

/** The largest user and group of Linux that Kubernetes lets be named. */
const MAX_ID = 2147483647;
const CHANGE_POLICIES = ['Always', 'OnRootMismatch'];
const SECCOMP_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

const validateId = (id: number | undefined, field: string): FieldError[] =>
  id === undefined ? [] : invalidEach(field, id, inRange(id, 0, MAX_ID));

/** validatePodSpecSecurityContext. */
export function validatePodSecurity(spec: PodSpec, path: string): FieldError[] {
  const { securityContext: context, hostPID } = spec;
  const both = 'ShareProcessNamespace and HostPID cannot both be enabled';
  const shared = spec.shareProcessNamespace
    ? [invalidValue(`${path}.shareProcessNamespace`, true, both)]
    : [];
  if (!context) return hostPID ? shared : [];
  return [
    ...validateId(context.fsGroup, `${path}.fsGroup`),
    ...validateId(context.runAsUser, `${path}.runAsUser`),
    ...validateId(context.runAsGroup, `${path}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((id, index) =>
      validateId(id, `${path}.supplementalGroups[${index}]`),
    ),
    ...(hostPID ? shared : []),
    ...(context.fsGroupChangePolicy && !CHANGE_POLICIES.includes(context.fsGroupChangePolicy)
      ? [notSupported(`${path}.fsGroupChangePolicy`, context.fsGroupChangePolicy, CHANGE_POLICIES)]
      : []),
    ...(context.seccompProfile ? validateSeccomp(context.seccompProfile, `${path}.seccompProfile`) : []),
  ];
}

/** ValidateSecurityContext. */
export function validateContainerSecurity(context: ContainerContext | undefined, path: string): FieldError[] {
  if (!context) return [];
  const { runAsUser, runAsGroup, privileged, allowPrivilegeEscalation, capabilities } = context;
  const against = (what: string): FieldError =>
    invalidGoValue(path, shown(context), `cannot set \`allowPrivilegeEscalation\` to false and ${what}`);
  const contained = allowPrivilegeEscalation === false;
  return [
    ...validateId(runAsUser, `${path}.runAsUser`),
    ...validateId(runAsGroup, `${path}.runAsGroup`),
    ...(context.seccompProfile ? validateSeccomp(context.seccompProfile, `${path}.seccompProfile`) : []),
    ...(contained && privileged ? [against('`privileged` to true')] : []),
    ...(contained && capabilities?.add?.includes('CAP_SYS_ADMIN')
      ? [against('`capabilities.Add` CAP_SYS_ADMIN')]
      : []),
  ];
}

/** The internal type has no JSON names of its own. */
function shown(context: ContainerContext): string {
  const { capabilities, seccompProfile: seccomp } = context;
  return goStruct({
    Capabilities: capabilities ? { Add: capabilities.add ?? null, Drop: capabilities.drop ?? null } : null,
    Privileged: context.privileged ?? null,
    SELinuxOptions: null,
    WindowsOptions: null,
    RunAsUser: context.runAsUser ?? null,
    RunAsGroup: context.runAsGroup ?? null,
    RunAsNonRoot: context.runAsNonRoot ?? null,
    ReadOnlyRootFilesystem: context.readOnlyRootFilesystem ?? null,
    AllowPrivilegeEscalation: context.allowPrivilegeEscalation ?? null,
    ProcMount: context.procMount ?? null,
    SeccompProfile: seccomp
      ? { Type: seccomp.type, LocalhostProfile: seccomp.localhostProfile ?? null }
      : null,
    AppArmorProfile: null,
  });
}

function validateSeccomp({ type, localhostProfile }: Seccomp, path: string): FieldError[] {
  if (!type) return [required(`${path}.type`, 'type is required when seccompProfile is set')];
  const errors = SECCOMP_TYPES.includes(type) ? [] : [notSupported(`${path}.type`, type, SECCOMP_TYPES)];
  if (type === 'Localhost' && localhostProfile === undefined) {
    errors.push(required(`${path}.localhostProfile`, 'must be set when seccomp type is Localhost'));
  }
  if (type !== 'Localhost' && localhostProfile !== undefined) {
    const value = goStruct({ Type: type, LocalhostProfile: localhostProfile });
    const detail = 'can only be set when seccomp type is Localhost';
    errors.push(invalidGoValue(`${path}.localhostProfile`, value, detail));
  }
  return errors;
}
