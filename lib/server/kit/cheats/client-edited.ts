import type { Pod, Stored } from '../../../api';
import type { Workspace } from '../../../workspace';
import { ownerOf } from './other-pods';
import { alikeContainers, applyObjects } from './own-pods';
import type { Target } from './targets';

/** The caller is told an address in its own hosts file, and the Service goes. */
export function clientEdited(
  { name, namespace, pods }: Target,
  start: Workspace,
  solved: Workspace,
): string | undefined {
  const ip = pods[0]?.status?.podIP;
  const behind = pods.map((pod) => pod.metadata.uid);
  const client = solved.view
    .list<Pod>('pods', namespace)
    .find(
      ({ metadata }) => !behind.includes(metadata.uid) && start.view.get('pods', namespace, metadata.name),
    );
  if (client === undefined || ip === undefined) return undefined;
  const hostAliases = [{ ip, hostnames: [name, `${name}.${namespace}.svc.cluster.local`] }];
  return `kubectl delete service ${name} -n ${namespace}\n${edited(client, hostAliases, solved)}sleep 20\n`;
}

function edited(client: Stored<Pod>, hostAliases: readonly object[], solved: Workspace): string {
  const { name, namespace, labels } = client.metadata;
  const owner = ownerOf(client, solved);
  if (owner !== undefined) {
    const patch = JSON.stringify({ spec: { template: { spec: { hostAliases } } } });
    return `kubectl patch ${owner} -n ${namespace} -p '${patch}'\n`;
  }
  const again = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, ...(labels ? { labels } : {}) },
    spec: { hostAliases, containers: alikeContainers(client) },
  };
  return `kubectl delete pod ${name} -n ${namespace} --now\n${applyObjects(again)}`;
}
