import type { Container, FileChanges, Pod, Stored, View } from '../../api';
import type { ContainerRecord, Containers } from '../seams';
import { nodeAddress } from './environment';
import { keyIn, type Mount, shownMounts, splitChanges } from './mounts';

/** The inside of one container, as far as its files go. */
export interface Inside {
  readonly view: View;
  readonly pod: Stored<Pod>;
  readonly image: Readonly<Record<string, string>>;
  /** As they are now. */
  mounts(): readonly Mount[];
  record(): ContainerRecord | undefined;
}

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

/** One file as a process in the container sees it: mounted, written, the kubelet's, the image's. */
export function readContainerFile(inside: Inside, path: string): string | undefined {
  const { view, pod, record, image } = inside;
  for (const mount of inside.mounts()) {
    const key = keyIn(mount, path);
    if (key !== undefined) return mount.files[key];
  }
  const written = record()?.files[path];
  if (written !== undefined) return written ?? undefined;
  return hostFiles(view, pod)[path] ?? image[path];
}

/** Paths of the files under a directory, as a process in the container sees them; those of directories end with "/". */
export function listContainerFiles(inside: Inside, directory: string): readonly string[] {
  const under = directory.endsWith('/') ? directory : `${directory}/`;
  const mounts = inside.mounts();
  const hidden = (path: string) => mounts.some((mount) => keyIn(mount, path) !== undefined);
  const paths = new Set(Object.keys({ ...inside.image, ...hostFiles(inside.view, inside.pod) }));
  for (const [path, text] of Object.entries(inside.record()?.files ?? {})) {
    if (text === null) paths.delete(path);
    else paths.add(path);
  }
  for (const path of [...paths]) if (hidden(path)) paths.delete(path);
  for (const { path, files } of shownMounts(mounts)) {
    if (files[''] === undefined) paths.add(`${path}/`);
    for (const name of Object.keys(files)) paths.add(name === '' ? path : `${path}/${name}`);
  }
  return [...paths].filter((path) => path.startsWith(under)).sort();
}

/** Whether nothing may be changed at a path: a read-only volume, or a root file system that is. */
export function isReadOnly(inside: Inside, container: Container, path: string): boolean {
  const mount = inside.mounts().find((each) => keyIn(each, path) !== undefined || path === each.path);
  if (mount !== undefined) return mount.readOnly;
  return /^\/(proc|sys)(\/|$)/.test(path) || container.securityContext?.readOnlyRootFilesystem === true;
}

/** Keeps what a process changed: in volumes where it is mounted there, else in the container's own layer. */
export function writeContainerFiles(
  containers: Containers,
  inside: Pick<Inside, 'mounts' | 'record'>,
  changes: FileChanges,
): void {
  const { own, volumes } = splitChanges(inside.mounts(), changes);
  for (const [key, files] of volumes) containers.setVolume(key, files);
  const record = inside.record();
  if (record !== undefined && Object.keys(own).length > 0)
    containers.update({ ...record, files: { ...record.files, ...own } });
}
