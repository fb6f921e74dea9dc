import type { Container, Pod, ServiceAccount, Stored } from '../../../api';
import { randomName } from '../../../base';
import type { Request } from '../context';
import { type Attributes, isAbout, type Plugin, refuseEarly } from './plugin';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_SECONDS = 3607;
const VOLUME_PREFIX = 'kube-api-access-';

/** Every Pod runs as a service account whose token is mounted. */
export const serviceAccount: Plugin = {
  name: 'ServiceAccount',
  admit(attributes, object) {
    if (!isAbout(attributes, '', 'pods') || attributes.operation !== 'CREATE') return object;
    return setAccount(attributes, object as Pod);
  },
};

function setAccount(request: Attributes, pod: Pod): Pod {
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return pod;
  const name = pod.spec?.serviceAccountName || pod.spec?.serviceAccount || 'default';
  const account = findAccount(request, pod, name);
  const withAccount = setSpec(pod, { serviceAccountName: name, serviceAccount: name });
  const withSecrets = pod.spec?.imagePullSecrets?.length
    ? withAccount
    : setSpec(
        withAccount,
        account.imagePullSecrets?.length ? { imagePullSecrets: account.imagePullSecrets } : {},
      );
  const mounts = pod.spec?.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
  return mounts ? mountToken(request, withSecrets) : withSecrets;
}

function findAccount(request: Attributes, pod: Pod, name: string): ServiceAccount {
  const { context, namespace } = request;
  const found = context.store.get(`/serviceaccounts/${namespace}/${name}`);
  if (found) return found as Stored<ServiceAccount>;
  throw refuseEarly(
    request,
    pod,
    `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`,
  );
}

function mountToken({ context }: Request, pod: Pod): Pod {
  const lacks = (container: Container) =>
    !(container.volumeMounts ?? []).some((mount) => mount.mountPath === TOKEN_PATH);
  const containers = pod.spec?.containers ?? [];
  const initContainers = pod.spec?.initContainers ?? [];
  if (![...containers, ...initContainers].some(lacks)) return pod;
  const name = `${VOLUME_PREFIX}${randomName(context.random, 5)}`;
  const mount = <T extends Container>(container: T): T =>
    lacks(container)
      ? {
          ...container,
          volumeMounts: [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath: TOKEN_PATH }],
        }
      : container;
  const mounted = setSpec(pod, {
    containers: containers.map(mount),
    volumes: [...(pod.spec?.volumes ?? []), { name, projected: { sources: SOURCES, defaultMode: 420 } }],
  });
  return initContainers.length > 0
    ? setSpec(mounted, { initContainers: initContainers.map(mount) })
    : mounted;
}

const SOURCES = [
  { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  {
    downwardAPI: {
      items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
    },
  },
];

function setSpec(pod: Pod, changes: Partial<NonNullable<Pod['spec']>>): Pod {
  return { ...pod, spec: { ...pod.spec, containers: pod.spec?.containers ?? [], ...changes } };
}
