import type { Container, FileChanges, Pod, Stored, View } from '../../api';
import type { ContainerMount } from '../cluster-seam';
import type { Containers } from '../seams';
import { environmentOf, expand } from './environment';
import { isFromApi, volumeKey } from './volume-key';
import { filesOf, type TokenOf } from './volumes';

type Files = Readonly<Record<string, string>>;

/** Where a volume, or a part of one, appears in a container. */
export interface Mount {
  /** Without a final slash. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly key: string;
  /** The part of the volume that is seen: "" for all of it, "sub/path", or one file's name. */
  readonly within: string;
  /** `within` names one file, which appears at `path`. */
  readonly single: boolean;
  readonly files: Files;
}

/** A container's mounts, the deepest first, so that the first that holds a path is the one that is seen. */
export function mountsOf(
  containers: Containers,
  tokenOf: TokenOf,
  view: View,
  pod: Stored<Pod>,
  container: Container,
): readonly Mount[] {
  const mounts = (container.volumeMounts ?? []).flatMap((mount): readonly Mount[] => {
    const volume = pod.spec?.volumes?.find((each) => each.name === mount.name);
    if (volume === undefined) return [];
    const key = volumeKey(view, pod, volume);
    const files = containers.volume(key) ?? currentFiles(view, tokenOf, pod, volume);
    const within = partOf(view, pod, container, mount);
    return [
      {
        path: mount.mountPath.replace(/(.)\/+$/, '$1'),
        readOnly: isFromApi(volume) || mount.readOnly === true,
        key,
        within,
        single: within !== '' && files[within] !== undefined,
        files,
      },
    ];
  });
  return mounts.toSorted((a, b) => b.path.length - a.path.length);
}

function currentFiles(
  view: View,
  tokenOf: TokenOf,
  pod: Stored<Pod>,
  volume: Parameters<typeof filesOf>[3],
): Files {
  const found = filesOf(view, tokenOf, pod, volume);
  return 'files' in found ? found.files : {};
}

type VolumeMount = NonNullable<Container['volumeMounts']>[number];

function partOf(view: View, pod: Stored<Pod>, container: Container, mount: VolumeMount): string {
  let part = mount.subPath ?? '';
  if (mount.subPathExpr) {
    const environment = environmentOf(view, pod, container, {});
    part = expand(mount.subPathExpr, 'variables' in environment ? environment.variables : {});
  }
  return part.replace(/^\/+|\/+$/g, '');
}

/** Where a path of the container lies in a mount: the key in the volume's files; undefined outside of it. */
export function keyIn(mount: Mount, path: string): string | undefined {
  if (mount.single) return path === mount.path ? mount.within : undefined;
  const prefix = mount.path === '/' ? '/' : `${mount.path}/`;
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.slice(prefix.length);
  return mount.within === '' ? rest : `${mount.within}/${rest}`;
}

/** The mounts as a shell's file system takes them; a single file has the empty name. */
export function shownMounts(mounts: readonly Mount[]): readonly ContainerMount[] {
  return mounts.toReversed().map(({ path, readOnly, within, single, files }) => {
    if (single) return { path, readOnly, files: { '': files[within] ?? '' } };
    const prefix = within === '' ? '' : `${within}/`;
    const seen = Object.entries(files).filter(([name]) => name.startsWith(prefix) && name !== prefix);
    return {
      path,
      readOnly,
      files: Object.fromEntries(seen.map(([name, text]) => [name.slice(prefix.length), text])),
    };
  });
}

/** Sorts changes by where they fall: into volumes, which keep them, or into the container's own layer. */
export function splitChanges(
  mounts: readonly Mount[],
  changes: FileChanges,
): { readonly own: FileChanges; readonly volumes: ReadonlyMap<string, Files> } {
  const own: Record<string, string | null> = {};
  const volumes = new Map<string, Record<string, string>>();
  for (const [path, text] of Object.entries(changes)) {
    const mount = mounts.find((each) => keyIn(each, path) !== undefined);
    if (mount === undefined) own[path] = text;
    else if (!mount.readOnly) {
      const files = volumes.get(mount.key) ?? { ...mount.files };
      volumes.set(mount.key, files);
      change(files, keyIn(mount, path) ?? '', text);
    }
  }
  return { own, volumes };
}

function change(files: Record<string, string>, key: string, text: string | null): void {
  if (text !== null) files[key] = text;
  else {
    delete files[key];
    delete files[`${key}/`];
  }
}
