import type { FieldError } from '../../status';
import type { PodSpec } from '../../types';
import {
  dns1123Label,
  dns1123Subdomain,
  duplicate,
  inRange,
  invalidEach,
  invalidValue,
  ipAddress,
  labelValue,
  notSupported,
  oneOf,
  qualifiedName,
  required,
  validateLabelSelector,
  validateLabels,
} from '../validation';
import { validateAffinity } from './validate-affinity';
import { validateContainers, validateInitContainers } from './validate-container';
import { validateDnsConfig } from './validate-dns';
import { validateGates, validateHostNetwork, validateHostUsers } from './validate-gates';
import { validatePodSecurity } from './validate-security';
import { validateVolumes } from './validate-volumes';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
const MAX_INT32 = 2147483647;

/** ValidatePodSpec; a Pod's own, or that of a template. */
export function validatePodSpec(spec: PodSpec, path: string, isPod = false): FieldError[] {
  const volumes = validateVolumes(spec.volumes ?? [], `${path}.volumes`, isPod);
  return [
    ...volumes.errors,
    ...validateContainers(spec, volumes.names, `${path}.containers`, isPod),
    ...validateInitContainers(spec, volumes.names, `${path}.initContainers`, isPod),
    ...validateHostNetwork(spec, `${path}.containers`, isPod),
    ...oneOf(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...oneOf(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validatePodSecurity(spec, `${path}.securityContext`),
    ...validateAffinity(spec.affinity, `${path}.affinity`),
    ...validateDnsConfig(spec, `${path}.dnsConfig`),
    ...validateGates(spec, path),
    ...validateSpreadConstraints(spec, `${path}.topologySpreadConstraints`),
    ...validateHostUsers(spec, path),
    ...validateNames(spec, path),
    ...validateSeconds(spec, path),
    ...(spec.tolerations ?? []).flatMap((each, index) =>
      validateToleration(each, `${path}.tolerations[${index}]`),
    ),
    ...(spec.hostAliases ?? []).flatMap(({ ip, hostnames = [] }, index) => [
      ...invalidEach(`${path}.hostAliases[${index}].ip`, ip ?? '', ipAddress(ip ?? '')),
      ...hostnames.flatMap((name, at) =>
        invalidEach(`${path}.hostAliases[${index}].hostnames[${at}]`, name, dns1123Subdomain(name)),
      ),
    ]),
  ];
}

function validateNames(spec: PodSpec, path: string): FieldError[] {
  const check = (
    field: 'serviceAccountName' | 'nodeName' | 'hostname' | 'subdomain',
    rule: (name: string) => string[],
  ): FieldError[] => {
    const value = spec[field];
    return value ? invalidEach(`${path}.${field}`, value, rule(value)) : [];
  };
  return [
    ...check('serviceAccountName', dns1123Subdomain),
    ...check('nodeName', dns1123Subdomain),
    ...check('hostname', dns1123Label),
    ...check('subdomain', dns1123Label),
  ];
}

function validateSeconds(spec: PodSpec, path: string): FieldError[] {
  const deadline = spec.activeDeadlineSeconds;
  return deadline === undefined
    ? []
    : invalidEach(`${path}.activeDeadlineSeconds`, deadline, inRange(deadline, 1, MAX_INT32));
}

type Toleration = NonNullable<PodSpec['tolerations']>[number];

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateToleration(toleration: Toleration, path: string): FieldError[] {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  const errors = key === '' ? [] : invalidEach(`${path}.key`, key, qualifiedName(key));
  if (key === '' && operator !== 'Exists') {
    const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalidValue(`${path}.operator`, operator, detail));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
    errors.push(invalidValue(`${path}.effect`, effect, detail));
  }
  if (operator === 'Equal' || operator === '') {
    errors.push(...invalidEach(`${path}.operator`, value, labelValue(value)));
  } else if (operator === 'Exists') {
    const detail = "value must be empty when `operator` is 'Exists'";
    if (value !== '') errors.push(invalidValue(`${path}.operator`, value, detail));
  } else errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
  if (effect !== '' && !EFFECTS.includes(effect)) {
    errors.push(notSupported(`${path}.effect`, effect, EFFECTS));
  }
  return errors;
}

function validateSpreadConstraints(spec: PodSpec, field: string): FieldError[] {
  return (spec.topologySpreadConstraints ?? []).flatMap(
    ({ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }, index, all) => {
      const path = `${field}[${index}]`;
      const repeated = all
        .slice(index + 1)
        .some((each) => each.topologyKey === topologyKey && each.whenUnsatisfiable === whenUnsatisfiable);
      return [
        ...(maxSkew > 0 ? [] : [invalidValue(`${path}.maxSkew`, maxSkew ?? 0, 'must be greater than zero')]),
        ...(topologyKey
          ? invalidEach(`${path}.topologyKey`, topologyKey, qualifiedName(topologyKey))
          : [required(`${path}.topologyKey`, 'can not be empty')]),
        ...(['DoNotSchedule', 'ScheduleAnyway'].includes(whenUnsatisfiable)
          ? []
          : [
              notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable ?? '', [
                'DoNotSchedule',
                'ScheduleAnyway',
              ]),
            ]),
        ...(repeated
          ? [duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`)]
          : []),
        ...(labelSelector ? validateLabelSelector(labelSelector, `${path}.labelSelector`) : []),
      ];
    },
  );
}
