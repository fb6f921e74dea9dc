import type { Service } from '../../types';
import { addressWarnings, cidrWarnings } from '../validation';
import { isHeadless, specOf } from './traits';

const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';

/** service.GetWarningsForService: settings that are accepted but do nothing or will go. */
export function serviceWarnings(service: Service): readonly string[] {
  const spec = specOf(service);
  const { annotations = {} } = service.metadata;
  const external = spec.externalIPs ?? [];
  const warnings: string[] = [];
  if (annotations[HINTS] !== undefined) {
    warnings.push(`annotation ${HINTS} is deprecated, please use ${MODE} instead`);
  }
  const own = isHeadless(spec) ? [] : (spec.clusterIPs ?? []);
  warnings.push(...own.flatMap((ip, index) => addressWarnings(`spec.clusterIPs[${index}]`, ip)));
  if (isHeadless(spec)) warnings.push(...headlessWarnings(service));
  warnings.push(...external.flatMap((ip, index) => addressWarnings(`spec.externalIPs[${index}]`, ip)));
  if (spec.loadBalancerIP) warnings.push(...addressWarnings('spec.loadBalancerIP', spec.loadBalancerIP));
  const ranges = spec.loadBalancerSourceRanges ?? [];
  warnings.push(
    ...ranges.flatMap((block, index) => cidrWarnings(`spec.loadBalancerSourceRanges[${index}]`, block)),
  );
  if (spec.type === 'ExternalName' && external.length > 0) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.type !== 'ExternalName' && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}

function headlessWarnings(service: Service): readonly string[] {
  const spec = specOf(service);
  const warnings: string[] = [];
  if (spec.loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
  if ((spec.externalIPs ?? []).length > 0) {
    warnings.push('spec.externalIPs is ignored for headless services');
  }
  if (spec.sessionAffinity !== 'None') {
    warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  return warnings;
}
