import { type FieldError, invalid, type Service } from '../../../api';
import { type IPFamily, parseIP } from './ip-address';
import {
  clusterIPsOf,
  familiesOf,
  goStrings,
  hasSelector,
  isHeadless,
  NONE,
  needsClusterIP,
  sameClusterIPs,
  sameFamilies,
  withSpec,
} from './service-fields';
import { rangeOf, type ServiceNetwork } from './service-network';

const policyOf = (service: Service): string => service.spec?.ipFamilyPolicy ?? '';

/** Fills in ipFamilies and ipFamilyPolicy, or refuses (alloc.go initIPFamilyFields). */
export function initIPFamilies(
  network: ServiceNetwork,
  next: Service,
  previous: Service | undefined,
): Service {
  if (!needsClusterIP(next) || isSamePreferDualStack(next, previous)) return next;
  const trimmed = previous ? trimForDowngrade(next, previous) : next;
  refuse(trimmed, policyErrors(trimmed));
  const inferred = inferFamilies(network, trimmed);
  if (isHeadless(inferred) && !hasSelector(inferred)) return headlessWithoutSelector(network, inferred);
  refuse(inferred, clusterErrors(network, inferred));
  return chooseFamilies(network, inferred);
}

/** A PreferDualStack Service is not upgraded or downgraded because the cluster was. */
export function isSamePreferDualStack(next: Service, previous: Service | undefined): boolean {
  if (!previous || policyOf(next) !== 'PreferDualStack' || policyOf(previous) !== 'PreferDualStack')
    return false;
  return sameClusterIPs(next, previous) && sameFamilies(next, previous);
}

function trimForDowngrade(next: Service, previous: Service): Service {
  const was = policyOf(previous);
  const wasDual = was === 'RequireDualStack' || was === 'PreferDualStack';
  if (!wasDual || policyOf(next) !== 'SingleStack') return next;
  let result = next;
  if (clusterIPsOf(next).length === 2 && sameClusterIPs(next, previous)) {
    result = withSpec(result, { clusterIPs: clusterIPsOf(next).slice(0, 1) });
  }
  if (familiesOf(next).length === 2 && sameFamilies(next, previous)) {
    result = withSpec(result, { ipFamilies: familiesOf(next).slice(0, 1) });
  }
  return result;
}

function policyErrors(service: Service): readonly FieldError[] {
  if (policyOf(service) !== 'SingleStack') return [];
  const error = (what: string): FieldError => ({
    type: 'Invalid',
    field: 'spec.ipFamilyPolicy',
    badValue: '"SingleStack"',
    detail: `must be RequireDualStack or PreferDualStack when multiple ${what} are specified`,
  });
  return [
    ...(clusterIPsOf(service).length === 2 ? [error('clusterIPs')] : []),
    ...(familiesOf(service).length === 2 ? [error('ipFamilies')] : []),
  ];
}

function inferFamilies(network: ServiceNetwork, service: Service): Service {
  const families = [...familiesOf(service)];
  const errors: FieldError[] = [];
  for (const [index, ip] of clusterIPsOf(service).entries()) {
    if (ip === NONE) break;
    const family = parseIP(ip)?.family;
    if (!family || index < families.length) continue;
    if (rangeOf(network, family)) families.push(family);
    else {
      errors.push({
        type: 'Invalid',
        field: `spec.clusterIPs[${index}]`,
        badValue: goStrings(clusterIPsOf(service)),
        detail: `${family} is not configured on this cluster`,
      });
    }
  }
  refuse(service, errors);
  return families.length === 0 ? service : withSpec(service, { ipFamilies: families });
}

const other = (family: string): IPFamily => (family === 'IPv4' ? 'IPv6' : 'IPv4');

const defaultFamily = (network: ServiceNetwork): IPFamily => network.ranges[0]?.family ?? 'IPv4';

function headlessWithoutSelector(network: ServiceNetwork, service: Service): Service {
  const given = familiesOf(service);
  const first = given[0] ?? defaultFamily(network);
  const single = policyOf(service) === 'SingleStack';
  const ipFamilies = given.length > 1 ? [...given] : single ? [first] : [first, other(first)];
  return withSpec(service, { ipFamilies, ipFamilyPolicy: policyOf(service) || 'RequireDualStack' });
}

function clusterErrors(network: ServiceNetwork, service: Service): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (policyOf(service) === 'RequireDualStack' && network.ranges.length < 2) {
    errors.push({
      type: 'Invalid',
      field: 'spec.ipFamilyPolicy',
      badValue: '"RequireDualStack"',
      detail: 'this cluster is not configured for dual-stack services',
    });
  }
  for (const [index, family] of familiesOf(service).entries()) {
    if (rangeOf(network, family as IPFamily)) continue;
    errors.push({
      type: 'Invalid',
      field: `spec.ipFamilies[${index}]`,
      badValue: JSON.stringify(family),
      detail: 'not configured on this cluster',
    });
  }
  return errors;
}

function chooseFamilies(network: ServiceNetwork, service: Service): Service {
  const given = familiesOf(service);
  const dual = clusterIPsOf(service).length === 2 || given.length === 2;
  const ipFamilyPolicy = policyOf(service) || (dual ? 'RequireDualStack' : 'SingleStack');
  const first = given[0] ?? defaultFamily(network);
  const second = given[1] ?? other(first);
  const wantsTwo = ipFamilyPolicy !== 'SingleStack' && rangeOf(network, second as IPFamily) !== undefined;
  return withSpec(service, { ipFamilyPolicy, ipFamilies: wantsTwo ? [first, second] : [first] });
}

function refuse(service: Service, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalid('Service', '', service.metadata.name ?? '', errors);
}
