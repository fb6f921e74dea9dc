import type { Container, PersistentVolume, Pod, Stored } from '../../../api';
import type { Store } from '../../seams';

/** Resources that a node may get at only through a Pod on it. */
export type RelatedKind =
  | 'pods'
  | 'secrets'
  | 'configmaps'
  | 'persistentvolumeclaims'
  | 'persistentvolumes'
  | 'serviceaccounts';

const MIRROR = 'kubernetes.io/config.mirror';

type Spec = NonNullable<Pod['spec']>;

/** Whether a Pod bound to the node is the object or refers to it (node.Graph). */
export function isRelated(
  store: Store,
  node: string,
  kind: RelatedKind,
  namespace: string,
  name: string,
): boolean {
  if (kind === 'persistentvolumes') return isClaimed(store, node, name);
  const pods = store.list(`/pods/${namespace}/`) as readonly Stored<Pod>[];
  return pods.some(({ metadata, spec }) => {
    if (spec?.nodeName !== node) return false;
    if (kind === 'pods') return metadata.name === name;
    // What a node claims to run may not open anything to it.
    return metadata.annotations?.[MIRROR] === undefined && namesIn(spec, kind).includes(name);
  });
}

/** A volume is reached through the claim that it is bound to. */
function isClaimed(store: Store, node: string, name: string): boolean {
  const volume = store.get(`/persistentvolumes//${name}`) as Stored<PersistentVolume> | undefined;
  const claim = volume?.spec?.claimRef;
  return claim?.name
    ? isRelated(store, node, 'persistentvolumeclaims', claim.namespace ?? '', claim.name)
    : false;
}

function namesIn(spec: Spec, kind: RelatedKind): readonly (string | undefined)[] {
  switch (kind) {
    case 'serviceaccounts':
      return [spec.serviceAccountName];
    case 'persistentvolumeclaims':
      return (spec.volumes ?? []).map((volume) => volume.persistentVolumeClaim?.claimName);
    case 'configmaps':
      return [
        ...(spec.volumes ?? []).flatMap(({ configMap, projected }) => [
          configMap?.name,
          ...(projected?.sources ?? []).map((source) => source.configMap?.name),
        ]),
        ...containersOf(spec).flatMap(({ env = [], envFrom = [] }) => [
          ...env.map((each) => each.valueFrom?.configMapKeyRef?.name),
          ...envFrom.map((each) => each.configMapRef?.name),
        ]),
      ];
    case 'secrets':
      return secretsOf(spec);
    default:
      return [];
  }
}

function secretsOf(spec: Spec): readonly (string | undefined)[] {
  return [
    ...(spec.imagePullSecrets ?? []).map((each) => each.name),
    ...(spec.volumes ?? []).flatMap(({ secret, projected }) => [
      secret?.secretName,
      ...(projected?.sources ?? []).map((source) => source.secret?.name),
    ]),
    ...containersOf(spec).flatMap(({ env = [], envFrom = [] }) => [
      ...env.map((each) => each.valueFrom?.secretKeyRef?.name),
      ...envFrom.map((each) => each.secretRef?.name),
    ]),
  ];
}

const containersOf = ({ initContainers = [], containers }: Spec): readonly Container[] => [
  ...initContainers,
  ...containers,
];
