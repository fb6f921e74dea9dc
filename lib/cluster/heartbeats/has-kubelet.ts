import type { Node } from '../../api';

const NO_KUBELET_LABEL = 'conformance.run/kubelet';

/** Whether a node is a machine of this cluster: one that joined with a kubelet, not an object made by hand. */
export function hasKubelet(node: Node | undefined): boolean {
  return (
    node !== undefined &&
    node.metadata.labels?.[NO_KUBELET_LABEL] !== 'none' &&
    Boolean(node.spec?.podCIDR) &&
    Boolean(node.status?.nodeInfo?.kubeletVersion)
  );
}
