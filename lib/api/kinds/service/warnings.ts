import type { Stored } from '../../objects';
import type { Service } from '../../types';
import { canonicalIp, parseIp } from '../validation';
import { isHeadless, specOf } from './traits';

/** service.GetWarningsForService: settings that are accepted but do nothing or will go. */
export function serviceWarnings(service: Service, previous?: Stored<Service>): readonly string[] {
  const spec = specOf(service);
  const warnings: string[] = [];
  if (service.metadata.annotations?.['service.kubernetes.io/topology-aware-hints'] !== undefined) {
    warnings.push(
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    );
  }
  if (isHeadless(spec)) warnings.push(...headlessWarnings(service));
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip !== 'None' && !previous) warnings.push(...addressWarnings(`spec.clusterIPs[${index}]`, ip));
  }
  for (const [index, ip] of (spec.externalIPs ?? []).entries()) {
    if (previous?.spec?.externalIPs?.includes(ip)) continue;
    warnings.push(...addressWarnings(`spec.externalIPs[${index}]`, ip));
  }
  if (spec.type === 'ExternalName' && (spec.externalIPs ?? []).length > 0) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.type !== 'ExternalName' && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: PreferClose is deprecated in v1.34+, use PreferSameZone');
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

function addressWarnings(field: string, text: string): readonly string[] {
  const ip = parseIp(text);
  if (!ip || canonicalIp(ip) === text) return [];
  return text.includes('.') && /(^|\.)0\d/.test(text)
    ? [
        `${field}: non-standard IP address "${text}" will be considered invalid in a future Kubernetes release: use "${canonicalIp(ip)}"`,
      ]
    : [`${field}: IPv6 address "${text}" should be in RFC 5952 canonical format ("${canonicalIp(ip)}")`];
}
