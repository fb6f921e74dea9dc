import type { KubeObject } from '../../api';
import { HOME, type Workspace } from '../../workspace';
import { toEditingPath, toPagePath } from './home-paths';

/** What the panels show, in the order in which a page gets it. */
const SHOWN_RESOURCES = [
  'nodes',
  'namespaces',
  'deployments.apps',
  'replicasets.apps',
  'pods',
  'services',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'configmaps',
];
const SHOWN = new Set(SHOWN_RESOURCES);
/** The cluster's own machinery: the same in every lab, and of no concern to the panels. */
const HIDDEN_NAMESPACES = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** Whether pages are told of this object. */
export function isShown(resource: string, object: KubeObject): boolean {
  return SHOWN.has(resource) && !HIDDEN_NAMESPACES.has(object.metadata.namespace ?? '');
}

/** Every object that pages show. */
export function shownObjects(workspace: Workspace): readonly KubeObject[] {
  return SHOWN_RESOURCES.flatMap((resource) =>
    workspace.view.list(resource, '').filter((object) => isShown(resource, object)),
  );
}

/** Every file of the home folder that pages show, and the one that a command waits to be edited. */
export function shownFiles(workspace: Workspace): readonly { path: string; text: string }[] {
  const { editing } = workspace;
  const paths = filesUnder(workspace, HOME);
  return [...paths, ...(editing === undefined || paths.includes(editing) ? [] : [editing])].flatMap(
    (absolute) => {
      const path = absolute === editing ? toEditingPath(absolute) : toPagePath(absolute);
      return path === undefined ? [] : [{ path, text: workspace.files.read(absolute) }];
    },
  );
}

function filesUnder(workspace: Workspace, folder: string): readonly string[] {
  return workspace.files.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    return workspace.files.stat(path)?.kind === 'directory' ? filesUnder(workspace, path) : [path];
  });
}
