import { isRecord } from '../../base';
import { answersTo, type Fields, kindOf, nameOf, namespaceOf, type Resource } from './resource';

/** Fields whose value is a name, and of what. */
const NAME_FIELDS: Readonly<Record<string, string>> = {
  secretName: 'Secret',
  claimName: 'PersistentVolumeClaim',
  serviceAccountName: 'ServiceAccount',
  serviceAccount: 'ServiceAccount',
  serviceName: 'Service',
  volumeName: 'PersistentVolume',
  priorityClassName: 'PriorityClass',
  storageClassName: 'StorageClass',
  ingressClassName: 'IngressClass',
};

/** Fields whose value has a `name`, and of what. */
const NAMED_FIELDS: Readonly<Record<string, string>> = {
  configMap: 'ConfigMap',
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  secret: 'Secret',
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
  imagePullSecrets: 'Secret',
  service: 'Service',
};

/** Fields whose value says the kind beside the name. */
const TYPED_FIELDS: ReadonlySet<string> = new Set(['scaleTargetRef', 'roleRef', 'subjects', 'targetRef']);

/** Parts of an object that hold no references. */
const PLAIN: ReadonlySet<string> = new Set(['metadata', 'data', 'binaryData', 'stringData', 'status']);

/** Makes names that objects use of each other follow what became of those objects (kustomize's name references). */
export function followNames(resources: readonly Resource[]): readonly Resource[] {
  return resources.map((resource) => {
    const find = (kind: string, name: unknown, namespace?: string) =>
      typeof name === 'string' ? candidate(resources, resource, kind, name, namespace) : undefined;
    const parts = Object.entries(resource.object).map(
      ([key, value]) => [key, PLAIN.has(key) ? value : follow(key, value, find)] as const,
    );
    return { ...resource, object: Object.fromEntries(parts) };
  });
}

type Find = (kind: string, name: unknown, namespace?: string) => Resource | undefined;

function candidate(
  resources: readonly Resource[],
  from: Resource,
  kind: string,
  name: string,
  namespace: string | undefined,
): Resource | undefined {
  const named = resources.filter((each) => kindOf(each) === kind && answersTo(each, name));
  if (named.length < 2) return named[0];
  const place = namespace ?? namespaceOf(from);
  return named.find((each) => namespaceOf(each) === place);
}

function follow(key: string, value: unknown, find: Find): unknown {
  if (Array.isArray(value)) return value.map((each) => follow(key, each, find));
  if (!isRecord(value)) {
    const kind = NAME_FIELDS[key];
    const found = kind === undefined ? undefined : find(kind, value);
    return found === undefined ? value : nameOf(found);
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, follow(name, inner, find)] as const);
  const out: Fields = Object.fromEntries(entries);
  const kind = TYPED_FIELDS.has(key) ? String(value.kind ?? '') : NAMED_FIELDS[key];
  if (kind === undefined || value.name === undefined) return out;
  const found = find(kind, value.name, typeof value.namespace === 'string' ? value.namespace : undefined);
  if (found === undefined) return out;
  const moved = key === 'subjects' && namespaceOf(found) !== '' ? { namespace: namespaceOf(found) } : {};
  return { ...out, name: nameOf(found), ...moved };
}
