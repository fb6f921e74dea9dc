import type { Container, Pod, Stored, View } from '../../api';
import type { ContainerRecord } from '../seams';
import { nodeAddress } from './environment';
import { mountsOf } from './volumes';

/** Files that the kubelet and the runtime write into every container. */
export function hostFiles(view: View, pod: Stored<Pod>): Readonly<Record<string, string>> {
  const hostname = pod.spec?.hostNetwork
    ? (pod.spec.nodeName ?? '')
    : (pod.spec?.hostname ?? pod.metadata.name);
  const ip = pod.status?.podIP ?? nodeAddress(view, pod.spec?.nodeName ?? '') ?? '';
  const subdomain = pod.spec?.subdomain;
  const domain = `${pod.metadata.namespace ?? ''}.svc.cluster.local`;
  const own = subdomain ? `${ip}\t${hostname}.${subdomain}.${domain}\t${hostname}` : `${ip}\t${hostname}`;
  const aliases = (pod.spec?.hostAliases ?? []).map(
    (alias) => `${alias.ip}\t${(alias.hostnames ?? []).join('\t')}`,
  );
  const extra = aliases.length === 0 ? [] : ['', '# Entries added by HostAliases.', ...aliases];
  const hosts = [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
    own,
    ...extra,
  ];
  return { '/etc/hosts': `${hosts.join('\n')}\n`, '/etc/hostname': `${hostname}\n` };
}

/** One file as a process in the container sees it: written, mounted, the kubelet's, the image's. */
export function readContainerFile(
  view: View,
  pod: Stored<Pod>,
  container: Container,
  record: ContainerRecord | undefined,
  imageFiles: Readonly<Record<string, string>>,
  path: string,
): string | undefined {
  const written = record?.files[path];
  if (written !== undefined) return written ?? undefined;
  for (const mount of mountsOf(view, pod, container)) {
    const prefix = mount.path.endsWith('/') ? mount.path : `${mount.path}/`;
    const file = path.startsWith(prefix) ? mount.files[path.slice(prefix.length)] : undefined;
    if (file !== undefined) return file;
  }
  return hostFiles(view, pod)[path] ?? imageFiles[path];
}
