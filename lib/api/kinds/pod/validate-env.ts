import type { FieldError } from '../../status';
import type { Container } from '../../types';
import {
  configMapKey,
  dns1123Subdomain,
  envVarName,
  invalidEach,
  invalidValue,
  notSupported,
  required,
} from '../validation';

type Variable = NonNullable<Container['env']>[number];
type Source = NonNullable<Variable['valueFrom']>;
type FromSource = NonNullable<Container['envFrom']>[number];

/** ValidateEnv. */
export function validateEnv(variables: readonly Variable[], path: string): FieldError[] {
  return variables.flatMap(({ name, value = '', valueFrom }, index) => {
    const at = `${path}[${index}]`;
    return [
      ...(name ? invalidEach(`${at}.name`, name, envVarName(name)) : [required(`${at}.name`)]),
      ...(valueFrom ? validateSource(valueFrom, value, `${at}.valueFrom`) : []),
    ];
  });
}

const ONE_AT_A_TIME = 'may not have more than one field specified at a time';

function validateSource(source: Source, value: string, path: string): FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = source;
  const errors = [
    ...(fieldRef ? validateFieldRef(fieldRef, `${path}.fieldRef`) : []),
    ...(resourceFieldRef ? validateResourceRef(resourceFieldRef.resource, `${path}.resourceFieldRef`) : []),
    ...(configMapKeyRef ? validateKeyRef(configMapKeyRef, `${path}.configMapKeyRef`) : []),
    ...(secretKeyRef ? validateKeyRef(secretKeyRef, `${path}.secretKeyRef`) : []),
  ];
  const sources = Object.values(source).filter((each) => each !== undefined && each !== null).length;
  if (sources === 0) {
    const detail = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
    return [...errors, invalidValue(path, '', detail)];
  }
  if (value !== '')
    return [...errors, invalidValue(path, '', 'may not be specified when `value` is not empty')];
  return sources > 1 ? [...errors, invalidValue(path, '', ONE_AT_A_TIME)] : errors;
}

interface KeyRef {
  readonly name?: string | undefined;
  readonly key?: string | undefined;
}

function validateKeyRef({ name, key }: KeyRef, path: string): FieldError[] {
  return [
    ...(name ? [] : [required(`${path}.name`)]),
    ...(key ? invalidEach(`${path}.key`, key, configMapKey(key)) : [required(`${path}.key`)]),
  ];
}

/** Fields of the Pod that a variable may take, as upstream sorts them. */
const FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Fields that exist but are of no use to a variable. */
const OTHER_PATHS = ['spec.restartPolicy', 'spec.schedulerName', 'spec.hostNetwork', 'status.phase'];

function validateFieldRef(
  ref: { readonly apiVersion?: string | undefined; readonly fieldPath: string },
  path: string,
): FieldError[] {
  if (!ref.apiVersion) return [required(`${path}.apiVersion`)];
  const field = `${path}.fieldPath`;
  if (!ref.fieldPath) return [required(field)];
  if (/^metadata\.(labels|annotations)\['.+'\]$/.test(ref.fieldPath)) return [];
  if (FIELD_PATHS.includes(ref.fieldPath)) return [];
  if (OTHER_PATHS.includes(ref.fieldPath)) return [notSupported(field, ref.fieldPath, FIELD_PATHS)];
  const detail = `error converting fieldPath: field label not supported: ${ref.fieldPath}`;
  return [invalidValue(field, ref.fieldPath, detail)];
}

/** Amounts of a container that a variable may take. */
const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

function validateResourceRef(resource: string, path: string): FieldError[] {
  if (!resource) return [required(`${path}.resource`)];
  if (RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource)) return [];
  return [notSupported(`${path}.resource`, resource, RESOURCES)];
}

const validateName = (name: string | undefined, field: string): FieldError[] =>
  name ? invalidEach(field, name, dns1123Subdomain(name)) : [required(field)];

/** ValidateEnvFrom. */
export function validateEnvFrom(sources: readonly FromSource[], path: string): FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const at = `${path}[${index}]`;
    const errors = prefix ? invalidEach(`${at}.prefix`, prefix, envVarName(prefix)) : [];
    if (configMapRef) errors.push(...validateName(configMapRef.name, `${at}.configMapRef.name`));
    if (secretRef) errors.push(...validateName(secretRef.name, `${at}.secretRef.name`));
    if (!configMapRef && !secretRef) {
      errors.push(invalidValue(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    }
    if (configMapRef && secretRef) errors.push(invalidValue(path, '', ONE_AT_A_TIME));
    return errors;
  });
}
