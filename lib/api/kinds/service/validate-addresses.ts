import type { FieldError } from '../../status';
import type { Service, ServiceSpec } from '../../types';
import {
  cidrBlock,
  duplicate,
  forbiddenField,
  invalidEach,
  invalidValue,
  ipAddress,
  nonSpecialIp,
  notSupported,
  parseIp,
  required,
} from '../validation';
import { isHeadless } from './traits';

const FAMILIES = ['IPv4', 'IPv6'];
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const CLUSTER_IPS = 'spec.clusterIPs';

/** ValidateServiceClusterIPsRelatedFields; addresses that were there before are not judged again. */
export function validateClusterIps(spec: ServiceSpec, before?: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const errors = [...validateSingular(spec), ...validateFamilies(spec)];
  const ips = spec.clusterIPs ?? [];
  const wrong = ips.flatMap((ip, index) => {
    if (index > 0 || ip !== 'None') {
      return before?.clusterIPs?.includes(ip)
        ? []
        : invalidEach(`${CLUSTER_IPS}[${index}]`, ip, ipAddress(ip));
    }
    return ips.length > 1 ? [invalidValue(CLUSTER_IPS, ips, "'None' must be the first and only value")] : [];
  });
  errors.push(...wrong);
  if (ips.length > 2) errors.push(invalidValue(CLUSTER_IPS, ips, 'may only hold up to 2 values'));
  return wrong.length > 0 ? errors : [...errors, ...validateTogether(spec, ips)];
}

function validateSingular({ clusterIP, clusterIPs = [] }: ServiceSpec): FieldError[] {
  if (!clusterIP) {
    const detail = 'must be empty when `clusterIP` is not specified';
    return clusterIPs.length > 0 ? [invalidValue(CLUSTER_IPS, clusterIPs, detail)] : [];
  }
  if (clusterIPs.length === 0) return [required(CLUSTER_IPS)];
  return clusterIPs[0] === clusterIP
    ? []
    : [invalidValue(CLUSTER_IPS, clusterIPs, 'first value must match `clusterIP`')];
}

function validateFamilies({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] {
  const errors = ipFamilies.flatMap((family, index) => {
    const field = `spec.ipFamilies[${index}]`;
    return [
      ...(FAMILIES.includes(family) ? [] : [notSupported(field, family, FAMILIES)]),
      ...(ipFamilies.indexOf(family) < index ? [duplicate(field, family)] : []),
    ];
  });
  if (ipFamilyPolicy === undefined || FAMILY_POLICIES.includes(ipFamilyPolicy)) return errors;
  return [...errors, notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, FAMILY_POLICIES)];
}

function validateTogether(spec: ServiceSpec, ips: readonly string[]): FieldError[] {
  const errors: FieldError[] = [];
  const families = ips.map((ip) => parseIp(ip)?.family);
  if (ips.length > 1 && (new Set(families).size < 2 || ips.length > 2)) {
    if (new Set(families).size < 2) {
      errors.push(invalidValue(CLUSTER_IPS, ips, 'may specify no more than one IP for each IP family'));
    }
  }
  if (isHeadless(spec)) return errors;
  ips.forEach((ip, index) => {
    const family = spec.ipFamilies?.[index];
    if (!family || !FAMILIES.includes(family) || family === families[index]) return;
    const detail = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    errors.push(invalidValue(`${CLUSTER_IPS}[${index}]`, ip, detail));
  });
  return errors;
}

/** External IPs need not exist, but must be addresses that could. */
export function validateExternalIps(spec: ServiceSpec, before?: ServiceSpec): FieldError[] {
  return (spec.externalIPs ?? []).flatMap((ip, index) => {
    const field = `spec.externalIPs[${index}]`;
    const known = before?.externalIPs?.includes(ip) && !parseIp(ip);
    return known ? [] : invalidEach(field, ip, nonSpecialIp(ip));
  });
}

const RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

/** Source ranges of a load balancer, from the field or else from the old annotation. */
export function validateSourceRanges(service: Service, before?: ServiceSpec): FieldError[] {
  const ranges = service.spec?.loadBalancerSourceRanges ?? [];
  // The path's capital L is upstream's own.
  const field = 'spec.LoadBalancerSourceRanges';
  const annotation = service.metadata.annotations?.[RANGES_ANNOTATION];
  const misplaced = (path: string): FieldError[] =>
    service.spec?.type === 'LoadBalancer' ? [] : [forbiddenField(path, ONLY_LOAD_BALANCER)];
  if (ranges.length > 0) {
    const wrong = ranges.flatMap((range, index) => {
      if (before?.loadBalancerSourceRanges?.includes(range)) return [];
      const value = range.trim();
      return invalidEach(value === '' ? field : `${field}[${index}]`, value, cidrBlock(value));
    });
    return [...misplaced(field), ...wrong];
  }
  if (annotation === undefined) return [];
  const path = `metadata.annotations[${RANGES_ANNOTATION}]`;
  const parts = annotation.trim() === '' ? [] : annotation.split(',').map((each) => each.trim());
  return [...misplaced(path), ...parts.flatMap((each) => invalidEach(path, each, cidrBlock(each)))];
}
