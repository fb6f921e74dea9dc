import type { KubeObject } from '../../lib/api';
import type { TracedView } from '../../lib/server';
import { type ClusterSummary, summariseCluster } from '../_client/lab/cluster-summary';

/** What a diagram shows: a cluster as it was at one moment, and perhaps a request's way through it. */
export interface Scene {
  readonly cluster: ClusterSummary;
  readonly way?: TracedView | undefined;
}

/** The API server's own Service is in every cluster; it is drawn only where a request goes to it. */
const API_SERVICE = 'Service/default/kubernetes';

/** The scene of these objects: what the course is about, without the cluster's own machinery. */
export function sceneOf(objects: readonly KubeObject[], way?: TracedView): Scene {
  const all = summariseCluster(
    Object.fromEntries(
      objects.map((each) => [`${each.kind}/${each.metadata.namespace ?? ''}/${each.metadata.name}`, each]),
    ),
  );
  const asked =
    way?.trace.some(
      ({ object }) => object !== undefined && `Service/${object.namespace}/${object.name}` === API_SERVICE,
    ) ?? false;
  const services = all.services.filter(({ key }) => asked || key !== API_SERVICE);
  return { cluster: { ...all, services }, ...(way === undefined ? {} : { way }) };
}
