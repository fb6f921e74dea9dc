import type { FieldError } from '../../status';
import type { ServiceSpec } from '../../types';
import { invalidEach, invalidValue, notSupported, oneOf, portNumber, required } from '../validation';
import { isExternallyAccessible, needsClusterIp, needsHealthCheckNodePort } from './traits';

const POLICIES = ['Cluster', 'Local'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];

/** validateServiceExternalTrafficPolicy: the policy and the health check's node port. */
export function validateExternalPolicy(spec: ServiceSpec): FieldError[] {
  const field = 'spec.externalTrafficPolicy';
  const policy = spec.externalTrafficPolicy;
  if (isExternallyAccessible(spec)) {
    return [...oneOf(field, policy, POLICIES), ...validateHealthCheckNodePort(spec)];
  }
  const detail = 'may only be set for externally-accessible services';
  return [...(policy ? [invalidValue(field, policy, detail)] : []), ...validateHealthCheckNodePort(spec)];
}

function validateHealthCheckNodePort(spec: ServiceSpec): FieldError[] {
  const field = 'spec.healthCheckNodePort';
  const port = spec.healthCheckNodePort ?? 0;
  if (needsHealthCheckNodePort(spec)) {
    return port === 0 ? [required(field)] : invalidEach(field, port, portNumber(port));
  }
  const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return port === 0 ? [] : [invalidValue(field, port, detail)];
}

/** The internal traffic policy and the traffic distribution. */
export function validateInternalPolicies(spec: ServiceSpec): FieldError[] {
  const field = 'spec.internalTrafficPolicy';
  const policy = spec.internalTrafficPolicy ?? undefined;
  const errors: FieldError[] = [];
  if (policy === undefined && needsClusterIp(spec)) errors.push(required(field));
  if (policy !== undefined && !POLICIES.includes(policy)) errors.push(notSupported(field, policy, POLICIES));
  const distribution = spec.trafficDistribution ?? undefined;
  if (distribution !== undefined && !DISTRIBUTIONS.includes(distribution)) {
    errors.push(notSupported('spec.trafficDistribution', distribution, DISTRIBUTIONS));
  }
  return errors;
}
