import type { FieldError } from '../../status';
import type { PodSpec } from '../../types';
import {
  dns1123Label,
  dns1123Subdomain,
  inRange,
  invalidEach,
  invalidValue,
  ipAddress,
  labelValue,
  notSupported,
  oneOf,
  qualifiedName,
  required,
  validateLabels,
} from '../validation';
import { validateContainers, validateInitContainers } from './validate-container';
import { validateVolumes } from './validate-volumes';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
const MAX_INT32 = 2147483647;

/** ValidatePodSpec. */
export function validatePodSpec(spec: PodSpec, path: string): FieldError[] {
  const volumes = validateVolumes(spec.volumes ?? [], `${path}.volumes`);
  return [
    ...volumes.errors,
    ...validateContainers(spec, volumes.names, `${path}.containers`),
    ...validateInitContainers(spec, volumes.names, `${path}.initContainers`),
    ...oneOf(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...validateDns(spec, path),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validateSpreadConstraints(spec, `${path}.topologySpreadConstraints`),
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

function validateDns(spec: PodSpec, path: string): FieldError[] {
  const errors = oneOf(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES);
  const servers = spec.dnsConfig?.nameservers ?? [];
  if (spec.dnsPolicy === 'None' && servers.length === 0) {
    const field = spec.dnsConfig ? `${path}.dnsConfig.nameservers` : `${path}.dnsConfig`;
    errors.push(
      required(
        field,
        spec.dnsConfig
          ? 'must provide at least one DNS nameserver when `dnsPolicy` is None'
          : 'must provide `dnsConfig` when `dnsPolicy` is None',
      ),
    );
  }
  servers.forEach((ip, index) => {
    errors.push(...invalidEach(`${path}.dnsConfig.nameservers[${index}]`, ip, ipAddress(ip)));
  });
  return errors;
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
  const grace = spec.terminationGracePeriodSeconds;
  return [
    ...(deadline === undefined
      ? []
      : invalidEach(`${path}.activeDeadlineSeconds`, deadline, inRange(deadline, 1, MAX_INT32))),
    ...(grace !== undefined && grace < 0
      ? [invalidValue(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than or equal to 0')]
      : []),
  ];
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
    ({ maxSkew, topologyKey, whenUnsatisfiable }, index) => {
      const path = `${field}[${index}]`;
      return [
        ...(maxSkew > 0 ? [] : [invalidValue(`${path}.maxSkew`, maxSkew ?? 0, 'must be greater than zero')]),
        ...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
        ...(['DoNotSchedule', 'ScheduleAnyway'].includes(whenUnsatisfiable)
          ? []
          : [
              notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable ?? '', [
                'DoNotSchedule',
                'ScheduleAnyway',
              ]),
            ]),
      ];
    },
  );
}
