import type { CloudProvider } from '../../api';
import type { Lab } from '../../labs';
import { createWorkspace, type Workspace } from '../../workspace';

/** Virtual time at which a sandbox is found running (5 January 2026, 09:00 UTC); fixed, so that output depends on the seed alone. */
export const SANDBOX_START = 1_767_603_600_000;

/** What a lab brings to its workspace beside nodes and images. */
export const labParts = ({ cluster, objects, files, images, startScript }: Lab) => ({
  cloud: cluster.cloud,
  proxyMode: cluster.proxyMode,
  lab: {
    objects,
    files,
    ...(images.length > 0 ? { images } : {}),
    ...(cluster.faults.length > 0 ? { faults: cluster.faults } : {}),
    ...(startScript === undefined ? {} : { startScript }),
  },
});

/** How kube-proxy writes its rules. */
export type ProxyMode = Lab['cluster']['proxyMode'];

/** A fresh workspace for the command line. A lab brings its own nodes, images, cloud and proxy mode. */
export function sandboxWorkspace(options: {
  readonly seed: number;
  readonly nodes: number;
  readonly images: 'catalogue' | 'any';
  readonly cloud?: CloudProvider | undefined;
  readonly proxy?: ProxyMode | undefined;
  readonly lab?: Lab | undefined;
  /** `SANDBOX_START` when left out. */
  readonly startAt?: number;
}): Promise<Workspace> {
  const { seed, lab, startAt = SANDBOX_START } = options;
  return createWorkspace({
    seed,
    startAt,
    nodes: lab?.cluster.nodes ?? options.nodes,
    images: lab?.cluster.images ?? options.images,
    cloud: options.cloud,
    proxyMode: options.proxy,
    ...(lab && labParts(lab)),
  });
}
