import { type FieldError, goJson, invalid, type KindSpec, type Service } from '../../../api';
import { type IPFamily, parseIP } from './ip-address';
import {
  clusterIPsOf,
  familiesOf,
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
  kind: KindSpec,
  next: Service,
  previous: Service | undefined,
): Service {
  if (!needsClusterIP(next) || isSamePreferDualStack(next, previous)) return next;
  const trimmed = previous ? trimForDowngrade(keepPolicy(next, previous), previous) : next;
  refuse(trimmed, addressErrors(kind, trimmed));
  if (policyOf(trimmed) !== '') refuse(trimmed, policyErrors(trimmed));
  if (isHeadless(trimmed) && !hasSelector(trimmed)) return headlessWithoutSelector(network, trimmed);
  refuse(trimmed, policyErrors(trimmed));
  if (previous && dropsSecondary(trimmed, previous)) {
    if (isHeadless(trimmed)) refuse(trimmed, [secondaryReleased(trimmed)]);
    return trimmed;
  }
  const inferred = inferFamilies(network, trimmed);
  refuse(inferred, clusterErrors(network, inferred));
  return chooseFamilies(network, inferred);
}

/** An update that says nothing of the policy keeps it. */
function keepPolicy(next: Service, previous: Service): Service {
  const ipFamilyPolicy = policyOf(next) || policyOf(previous);
  return ipFamilyPolicy === '' ? next : withSpec(next, { ipFamilyPolicy });
}

/** What the fields say among themselves comes before what the cluster says of them. */
function addressErrors(kind: KindSpec, service: Service): readonly FieldError[] {
  const about = /^spec\.(clusterIPs?|ipFamilies|ipFamilyPolicy)\b/;
  return kind.validate(service).filter((error) => about.test(error.field));
}

/** The second address goes only by asking for SingleStack; validation refuses what is left as it came. */
function dropsSecondary(next: Service, previous: Service): boolean {
  if (familiesOf(previous).length !== 2 || policyOf(next) === 'SingleStack') return false;
  return familiesOf(next).length === 1 || (clusterIPsOf(next).length === 1 && !isHeadless(next));
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

const secondaryReleased = (service: Service): FieldError => ({
  type: 'Invalid',
  field: 'spec.ipFamilyPolicy',
  badValue: JSON.stringify(policyOf(service)),
  detail: "must be set to 'SingleStack' when releasing the secondary ipFamily",
});

function policyErrors(service: Service): readonly FieldError[] {
  const policy = policyOf(service);
  if (policy !== '' && policy !== 'SingleStack') return [];
  const error = (what: string): FieldError => ({
    type: 'Invalid',
    field: 'spec.ipFamilyPolicy',
    badValue: policy === '' ? 'null' : '"SingleStack"',
    detail: `must be RequireDualStack or PreferDualStack when multiple ${what} are specified`,
  });
  return [
    ...(clusterIPsOf(service).length === 2 ? [error('cluster IPs')] : []),
    ...(familiesOf(service).length === 2 ? [error('IP families')] : []),
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
        badValue: goJson(clusterIPsOf(service)),
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
  const ipFamilyPolicy = policyOf(service) || 'SingleStack';
  const first = given[0] ?? defaultFamily(network);
  const second = given[1] ?? other(first);
  const wantsTwo = ipFamilyPolicy !== 'SingleStack' && rangeOf(network, second as IPFamily) !== undefined;
  return withSpec(service, { ipFamilyPolicy, ipFamilies: wantsTwo ? [first, second] : [first] });
}

function refuse(service: Service, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalid('Service', '', service.metadata.name ?? '', errors);
}
