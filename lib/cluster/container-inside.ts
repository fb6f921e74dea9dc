import { internalError, type Pod, type View } from '../api';
import type { ExecTarget } from './client';
import type { ContainerInside } from './cluster-seam';
import type { FoundImage, PullFailure } from './images';
import {
  allContainers,
  type ContainerRegistry,
  commandLine,
  environmentOf,
  hostFiles,
  mountsOf,
  shownMounts,
  splitChanges,
  type TokenOf,
} from './kubelet';
import { podResolvConf, printResolvConf } from './network';
import type { Asked } from './seams';

/** What `exec` needs to know of a cluster to get into one of its containers. */
export interface InsideSources {
  readonly view: View;
  readonly containers: ContainerRegistry;
  readonly serviceCIDR: string;
  readonly tokenOf: TokenOf;
  findImage(reference: string): FoundImage | PullFailure;
  /** Leaves something for a container's kubelet to see to at once. */
  ask(namespace: string, pod: string, container: string, asked: Asked): void;
}

/** The inside of a container that runs; throws the runtime's error when it does not. */
export function enterContainer(
  sources: InsideSources,
  { namespace, pod: name, container }: ExecTarget,
): ContainerInside {
  const { view, containers } = sources;
  const pod = view.get<Pod>('pods', namespace, name);
  const spec = (pod ? allContainers(pod) : []).find((each) => each.name === container);
  const record = containers.get(namespace, name, container);
  const found = spec && sources.findImage(spec.image ?? '');
  if (!pod || !spec || !record?.running || !found || 'error' in found) {
    throw internalError(`unable to upgrade connection: container not found (${JSON.stringify(container)})`);
  }
  const { image } = found;
  const environment = environmentOf(view, pod, spec, image.env ?? {});
  const variables = record.environment ?? ('variables' in environment ? environment.variables : {});
  const current = () => containers.get(namespace, name, container) ?? record;
  const mounts = () =>
    mountsOf(containers, sources.tokenOf, view, view.get<Pod>('pods', namespace, name) ?? pod, spec);
  return {
    namespace,
    pod: name,
    container,
    hostname: pod.spec?.hostNetwork ? (pod.spec.nodeName ?? '') : (pod.spec?.hostname ?? name),
    imageFiles: () => ({
      ...image.files,
      ...hostFiles(view, pod),
      '/etc/resolv.conf': printResolvConf(podResolvConf(pod, sources.serviceCIDR)),
    }),
    mounts: () => shownMounts(mounts()),
    written: () => current().files,
    keepWritten(written) {
      const { own, volumes } = splitChanges(mounts(), written);
      for (const [key, files] of volumes) containers.setVolume(key, files);
      containers.update({ ...current(), files: own });
    },
    environment: variables,
    command: commandLine(spec, image, variables),
    tools: [...image.tools, ...Object.keys(image.executables ?? {})],
    executables: image.executables ?? {},
    signal: (signal) => sources.ask(namespace, name, container, { signal }),
  };
}
