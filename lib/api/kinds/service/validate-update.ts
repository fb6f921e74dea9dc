import { goJson } from '../../go-format';
import type { FieldError } from '../../status';
import type { ServiceSpec } from '../../types';
import { invalidGoValue, invalidValue } from '../validation';
import { isHeadless } from './traits';

const ONCE = 'may not change once set';

/** validateUpgradeDowngradeClusterIPs: a second address may come and go, the first stays. */
export function validateClusterIpChange(spec: ServiceSpec, before: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return [];
  if (isHeadless(spec) && isHeadless(before)) return [];
  const [ips, old] = [spec.clusterIPs ?? [], before.clusterIPs ?? []];
  const at = (index: number, detail: string): FieldError =>
    invalidGoValue(`spec.clusterIPs[${index}]`, goJson(spec.clusterIPs), detail);
  if (ips.length === old.length)
    return old.flatMap((ip, index) => (ip === ips[index] ? [] : [at(index, ONCE)]));
  const errors: FieldError[] = [];
  if (ips.length === 0) errors.push(at(0, 'primary clusterIP can not be unset'));
  else if (old.length > 0 && ips[0] !== old[0]) errors.push(at(0, ONCE));
  if (old.length > ips.length && ips.length === 1) errors.push(...mustBeSingleStack(spec, 'clusterIP'));
  return errors;
}

/** validateUpgradeDowngradeIPFamilies: the same for families. */
export function validateFamilyChange(spec: ServiceSpec, before: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return [];
  if (isHeadless(spec) || isHeadless(before)) return [];
  const [families, old] = [spec.ipFamilies ?? [], before.ipFamilies ?? []];
  const primary = (badValue: string, detail: string): FieldError =>
    invalidGoValue('spec.ipFamilies[0]', badValue, detail);
  if (families.length === old.length) {
    return old.flatMap((family, index) =>
      family === families[index] ? [] : [primary(goJson(spec.ipFamilies), ONCE)],
    );
  }
  const errors: FieldError[] = [];
  const released = old.length > families.length;
  if (released && !spec.clusterIPs?.length) {
    errors.push(primary(goJson(spec.ipFamilies), 'primary ipFamily can not be unset'));
  }
  if (families.length > 0 && old.length > 0 && families[0] !== old[0]) {
    errors.push(primary(goJson(spec.clusterIPs), ONCE));
  }
  if (released && families.length === 1) errors.push(...mustBeSingleStack(spec, 'ipFamily'));
  return errors;
}

function mustBeSingleStack(spec: ServiceSpec, released: string): FieldError[] {
  if (spec.ipFamilyPolicy === 'SingleStack') return [];
  const detail = `must be set to 'SingleStack' when releasing the secondary ${released}`;
  return [invalidValue('spec.ipFamilyPolicy', spec.ipFamilyPolicy, detail)];
}
