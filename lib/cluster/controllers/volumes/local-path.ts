import type {
  KubeObject,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  Stored,
  View,
} from '../../../api';
import type { Action, Controller } from '../../seams';
import { ownKey, splitKey } from '../keys';
import { planOf, REST } from '../plan';
import { REFS } from '../refs';
import { findClass, PROVISIONED_BY, PROVISIONER, SELECTED_NODE, waitsForConsumer } from './classes';

type Claim = Stored<PersistentVolumeClaim>;

/** The provisioner of the class `standard`, which stands outside of the control plane. */
const LOCAL_PATH = 'rancher.io/local-path';
const ROOT = '/opt/local-path-provisioner';
/** A helper Pod makes or removes the directory; that takes about so long. */
const WORK_MS = 1500;

/** Makes volumes for claims that are marked for it, and deletes those it made once they are released. */
export const localPathProvisioner: Controller = {
  name: `${LOCAL_PATH}_local-path-provisioner-7dc846544d-w9k2x_5e9d7a3c-41b8-4a57-9c0e-6b2f1d8e73aa`,
  delayMs: WORK_MS,
  program: 'local-path-provisioner',
  account: 'persistent-volume-binder',
  watches: [ownKey('persistentvolumeclaims'), ownKey('persistentvolumes')],
  reconcile(view, key) {
    const { namespace, name } = splitKey(key);
    if (namespace === '') return planOf(remove(view.get<PersistentVolume>('persistentvolumes', '', name)));
    const claim = view.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
    return claim === undefined ? REST : planOf(make(view, claim));
  },
};

function make(view: View, claim: Claim): readonly Action[] {
  const { annotations, deletionTimestamp, uid } = claim.metadata;
  const isOurs = annotations?.[PROVISIONER] === LOCAL_PATH && !claim.spec?.volumeName;
  const found = isOurs && deletionTimestamp === undefined ? findClass(view, claim) : undefined;
  const name = `pvc-${uid}`;
  if (found?.provisioner !== LOCAL_PATH || view.get('persistentvolumes', '', name)) return [];
  const node = annotations?.[SELECTED_NODE];
  if (node === undefined && waitsForConsumer(view, claim)) return [];
  const key = JSON.stringify(`${claim.metadata.namespace ?? ''}/${claim.metadata.name}`);
  const tell = (reason: string, message: string): Action => ({
    verb: 'event',
    about: claim,
    type: 'Normal',
    reason,
    message,
  });
  return [
    tell('Provisioning', `External provisioner is provisioning volume for claim ${key}`),
    { verb: 'create', ref: REFS.persistentVolumes, object: volumeFor(claim, found, name, node) },
    tell('ProvisioningSucceeded', `Successfully provisioned volume ${name}`),
  ];
}

function volumeFor(claim: Claim, found: StorageClass, name: string, node: string | undefined): KubeObject {
  const { name: claimName, namespace = '', uid, resourceVersion } = claim.metadata;
  const expression = { key: 'kubernetes.io/hostname', operator: 'In', values: [node] };
  const spec = {
    accessModes: claim.spec?.accessModes,
    capacity: { storage: claim.spec?.resources?.requests?.storage },
    claimRef: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      name: claimName,
      namespace,
      uid,
      resourceVersion,
    },
    hostPath: { path: `${ROOT}/${name}_${namespace}_${claimName}`, type: 'DirectoryOrCreate' },
    ...(node === undefined
      ? {}
      : { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } } }),
    persistentVolumeReclaimPolicy: found.reclaimPolicy ?? 'Delete',
    storageClassName: found.metadata.name,
    volumeMode: claim.spec?.volumeMode,
  };
  const annotations = { [PROVISIONED_BY]: LOCAL_PATH };
  const object = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name, annotations }, spec };
  return object;
}

function remove(volume: Stored<PersistentVolume> | undefined): readonly Action[] {
  const isOurs = volume?.metadata.annotations?.[PROVISIONED_BY] === LOCAL_PATH;
  const isDue =
    volume?.status?.phase === 'Released' && volume.spec?.persistentVolumeReclaimPolicy === 'Delete';
  if (!volume || !isOurs || !isDue || volume.metadata.deletionTimestamp !== undefined) return [];
  return [{ verb: 'delete', ref: REFS.persistentVolumes, namespace: '', name: volume.metadata.name }];
}
