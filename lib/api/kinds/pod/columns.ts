import type { Column } from '../../kind-spec';
import type { Pod } from '../../types';
import { ageColumn, nameColumn, textColumn, wide } from '../columns';
import { restartsCell, summarizePod } from './status-cells';

/** printPod. */
export const podColumns: readonly Column<Pod>[] = [
  nameColumn(),
  textColumn('Ready', 'The aggregate readiness state of this pod for accepting traffic.', (pod) => {
    const { ready, total } = summarizePod(pod);
    return `${ready}/${total}`;
  }),
  textColumn(
    'Status',
    'The aggregate status of the containers in this pod.',
    (pod) => summarizePod(pod).reason,
  ),
  textColumn(
    'Restarts',
    'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    (pod, now) => restartsCell(summarizePod(pod), now),
  ),
  ageColumn(),
  wide(textColumn('IP', 'The address of the Pod.', (pod) => pod.status?.podIPs?.[0]?.ip || '<none>')),
  wide(textColumn('Node', 'The node that the Pod runs on.', (pod) => pod.spec?.nodeName || '<none>')),
  wide(
    textColumn(
      'Nominated Node',
      'The node that preemption makes room on.',
      (pod) => pod.status?.nominatedNodeName || '<none>',
    ),
  ),
  wide(textColumn('Readiness Gates', 'Conditions that the Pod needs beyond its containers.', readinessGates)),
];

function readinessGates(pod: Pod): string {
  const gates = pod.spec?.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter(
    ({ conditionType }) =>
      pod.status?.conditions?.find(({ type }) => type === conditionType)?.status === 'True',
  );
  return `${met.length}/${gates.length}`;
}
