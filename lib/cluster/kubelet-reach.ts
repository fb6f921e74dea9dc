import { type Node, StatusError, type View } from '../api';
import { type ActiveFault, isDown, kubeletStoppedSince } from './faults';

const KUBELET_PORT = 10_250;
/** How a URL that could not be asked is told; what is no URL is a stream to the kubelet. */
const wordsOf = (address: string, url: string | undefined, why: string): string => {
  const dialled = `dial tcp ${address}:${KUBELET_PORT}: connect: ${why}`;
  return url === undefined
    ? `error dialing backend: ${dialled}`
    : `Get "https://${address}:${KUBELET_PORT}${url}": ${dialled}`;
};

/** Throws what the API server says when it can't reach a node's kubelet. */
export function checkReachable(
  view: View,
  faults: readonly ActiveFault[],
  node: string,
  url: string | undefined,
): void {
  if (kubeletStoppedSince(faults, node) === undefined) return;
  const found = view.get<Node>('nodes', '', node);
  const address = found?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? node;
  const message = wordsOf(address, url, isDown(faults, node) ? 'no route to host' : 'connection refused');
  throw new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    code: 500,
  });
}
