import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Service, ServiceSpec } from '../../types';
import {
  dns1035Label,
  dns1123Subdomain,
  forbiddenField,
  invalidEach,
  invalidValue,
  notSupported,
  oneOf,
  qualifiedName,
  required,
  validateLabels,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { isHeadless, specOf } from './traits';
import { validateClusterIps, validateExternalIps, validateSourceRanges } from './validate-addresses';
import { validateExternalPolicy, validateInternalPolicies } from './validate-policies';
import { validateDuplicatePorts, validatePorts } from './validate-ports';
import { validateClusterIpChange, validateFamilyChange } from './validate-update';

/** Supported values are listed as upstream sorts them. */
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITIES = ['ClientIP', 'None'];
/** One day. */
const AFFINITY_MAX_SECONDS = 86400;

/** ValidateServiceCreate, and ValidateServiceUpdate when there is a previous one. */
export function validateService(service: Service, previous?: Stored<Service>): FieldError[] {
  if (!previous) return validateWhole(service);
  const [spec, before] = [specOf(service), specOf(previous)];
  return [
    ...validateObjectMetaUpdate(service.metadata, previous.metadata),
    ...validateClusterIpChange(spec, before),
    ...validateFamilyChange(spec, before),
    ...validateLoadBalancerClass(spec, before),
    ...validateWhole(service, before),
  ];
}

function validateWhole(service: Service, before?: ServiceSpec): FieldError[] {
  const spec = specOf(service);
  return [
    ...validateObjectMeta(service.metadata, { namespaced: true, name: dns1035Label }),
    ...validateTopologyAnnotations(service),
    ...((spec.ports ?? []).length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName'
      ? [required('spec.ports')]
      : []),
    ...validateForType(spec),
    ...validatePorts(spec),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...validateAffinity(spec),
    ...validateClusterIps(spec, before),
    ...validateExternalIps(spec, before),
    ...oneOf('spec.type', spec.type, TYPES),
    ...validateDuplicatePorts(spec),
    ...validateSourceRanges(service, before),
    ...validateNodePortAllocation(spec),
    ...validateLoadBalancerClass(spec),
    ...validateExternalPolicy(spec),
    ...validateInternalPolicies(spec),
  ];
}

const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';

function validateTopologyAnnotations(service: Service): FieldError[] {
  const [hints, mode] = [service.metadata.annotations?.[HINTS], service.metadata.annotations?.[MODE]];
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const detail = `must match annotations[${HINTS}] when both are specified`;
  return [invalidValue(`metadata.annotations[${MODE}]`, mode, detail)];
}

function validateForType(spec: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName') return validateExternalName(spec);
  if ((spec.type !== 'LoadBalancer' && spec.type !== 'NodePort') || !isHeadless(spec)) return [];
  return [invalidValue('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`)];
}

function validateExternalName(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const detail = 'may not be set for ExternalName services';
  if (spec.clusterIPs?.length) errors.push(forbiddenField('spec.clusterIPs', detail));
  if (spec.ipFamilies?.length) errors.push(forbiddenField('spec.ipFamilies', detail));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbiddenField('spec.ipFamilyPolicy', detail));
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') return [...errors, required('spec.externalName')];
  return [...errors, ...invalidEach('spec.externalName', name, dns1123Subdomain(name))];
}

function validateAffinity(spec: ServiceSpec): FieldError[] {
  const field = 'spec.sessionAffinityConfig';
  if (!spec.sessionAffinity) return [required('spec.sessionAffinity')];
  if (!AFFINITIES.includes(spec.sessionAffinity)) {
    return [notSupported('spec.sessionAffinity', spec.sessionAffinity, AFFINITIES)];
  }
  const config = spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'None') {
    return config ? [forbiddenField(field, 'must not be set when session affinity is None')] : [];
  }
  const detail = 'when session affinity type is ClientIP';
  if (!config) return [required(field, detail)];
  if (!config.clientIP) return [required(`${field}.clientIP`, detail)];
  const seconds = config.clientIP.timeoutSeconds;
  const path = `${field}.clientIP.timeoutSeconds`;
  if (seconds === undefined) return [required(path, detail)];
  if (seconds > 0 && seconds <= AFFINITY_MAX_SECONDS) return [];
  return [invalidValue(path, seconds, `must be greater than 0 and less than ${AFFINITY_MAX_SECONDS}`)];
}

const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

function validateNodePortAllocation(spec: ServiceSpec): FieldError[] {
  const value = spec.allocateLoadBalancerNodePorts ?? undefined;
  if (spec.type === 'LoadBalancer') {
    return value === undefined ? [required('allocateLoadBalancerNodePorts')] : [];
  }
  return value === undefined
    ? []
    : [forbiddenField('spec.allocateLoadBalancerNodePorts', ONLY_LOAD_BALANCER)];
}

function validateLoadBalancerClass(spec: ServiceSpec, before?: ServiceSpec): FieldError[] {
  const field = 'spec.loadBalancerClass';
  const value = spec.loadBalancerClass;
  if (spec.type !== 'LoadBalancer') return value ? [forbiddenField(field, ONLY_LOAD_BALANCER)] : [];
  const changed = before?.type === 'LoadBalancer' && before.loadBalancerClass !== value;
  return [
    ...(changed ? [invalidValue(field, value, 'may not change once set')] : []),
    ...(value === undefined ? [] : invalidEach(field, value, qualifiedName(value))),
  ];
}
