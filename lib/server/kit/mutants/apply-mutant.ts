import { type Client, type KubeObject, StatusError, type Stored } from '../../../api';
import type { Workspace } from '../../../workspace';
import type { Mutant } from './mutant';

/** After a change: for controllers, kubelets and rules to follow. */
const FOLLOW_MS = 40_000;
const FOLLOW_FILES_MS = 150_000;
const GONE_STEP_MS = 2_000;
const GONE_LIMIT_MS = 60_000;

/** The state after a mutation; undefined when the API server refuses such an object, so nobody could have it. */
export async function applyMutant(solved: Workspace, mutant: Mutant): Promise<Workspace | undefined> {
  const workspace = solved.fork();
  try {
    await change(workspace, mutant);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return undefined;
  }
  // The kubelet brings files of ConfigMaps up to date within a minute or so, and CoreDNS looks every half minute.
  const follow = mutant.of.kind === 'ConfigMap' ? FOLLOW_FILES_MS : FOLLOW_MS;
  await workspace.advanceTo(workspace.now + follow);
  return workspace;
}

async function change(workspace: Workspace, { becomes, of, anew }: Mutant): Promise<void> {
  const { client } = workspace;
  const ref = await refOf(client, of);
  const home = of.metadata.namespace ?? '';
  if (becomes && !anew) {
    try {
      const { resourceVersion: _version, ...metadata } = becomes.metadata;
      await client.update(ref, home, { ...becomes, metadata });
      return;
    } catch (error) {
      // A field that cannot be changed: whoever made this mistake made it from the beginning.
      if (!(error instanceof StatusError)) throw error;
    }
  }
  const resource = ref.group === '' ? ref.resource : `${ref.resource}.${ref.group}`;
  if (workspace.view.get(resource, home, of.metadata.name)) {
    await client.delete(ref, home, of.metadata.name, { propagationPolicy: 'Background' });
    await untilGone(workspace, resource, of);
  }
  if (becomes) await client.create(ref, becomes.metadata.namespace ?? '', asWritten(becomes));
}

/** Until the object is gone, and with it the Pods of its name. */
async function untilGone(workspace: Workspace, resource: string, { metadata }: Stored): Promise<void> {
  const { namespace = '', name } = metadata;
  for (let waited = 0; waited < GONE_LIMIT_MS; waited += GONE_STEP_MS) {
    await workspace.advanceTo(workspace.now + GONE_STEP_MS);
    const pods = workspace.view
      .list('pods', namespace)
      .filter((pod) => pod.metadata.name === name || pod.metadata.name.startsWith(`${name}-`));
    if (!workspace.view.get(resource, namespace, name) && pods.length === 0) return;
  }
}

async function refOf(client: Client, { kind, apiVersion }: KubeObject) {
  const all = await client.resources();
  const found = all.find(
    (each) =>
      each.kind === kind &&
      !each.resource.includes('/') &&
      (each.group ? `${each.group}/${each.version}` : each.version) === apiVersion,
  );
  if (!found) throw new Error(`the API does not serve ${kind} (${apiVersion})`);
  return found;
}

/** Without what the server gave it: name, labels, annotations and what was asked for stay. */
function asWritten(object: KubeObject): KubeObject {
  const { name, namespace, labels, annotations } = object.metadata;
  const { status: _status, ...rest } = structuredClone(object) as KubeObject & { status?: unknown };
  const written = {
    ...rest,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
  } as KubeObject;
  if (object.kind === 'Service') {
    const spec = (written as { spec?: Record<string, unknown> }).spec ?? {};
    if (spec.clusterIP !== 'None') delete spec.clusterIP;
    delete spec.clusterIPs;
    delete spec.healthCheckNodePort;
  }
  if (object.kind === 'Pod') delete (written as { spec?: Record<string, unknown> }).spec?.nodeName;
  return written;
}
