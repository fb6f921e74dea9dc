import type { DaemonSet, Node, Pod, Stored, View } from '../../../api';
import type { Random } from '../../../base';
import type { Action, Controller, Plan } from '../../seams';
import { adoptRevisions, claimPods, orphanKey } from '../adopt';
import { controllerKey, ownKey, splitKey } from '../keys';
import { matchesNode } from '../node-affinity';
import { isControlledBy } from '../owners';
import { patchStatus } from '../patch-status';
import { planOf, REST } from '../plan';
import { isPodActive, isPodFinished, untilAvailable } from '../pod-state';
import { REFS } from '../refs';
import { REVISION_HASH, reviseHistory } from '../revisions';
import { untolerated } from '../tolerations';
import { creation, deletion, nodeOf, podFor } from './pod';
import { statusOf } from './status';
import { surging, updated } from './update';

/** Runs one Pod of a DaemonSet on every node that fits. */
export const daemonSetController: Controller = {
  name: 'daemonset-controller',
  account: 'daemon-set-controller',
  watches: [
    ownKey('daemonsets.apps'),
    controllerKey('pods', 'DaemonSet'),
    orphanKey('daemonsets.apps'),
    {
      resource: 'nodes',
      keys: (_object, _previous, view) =>
        view
          .list<DaemonSet>('daemonsets.apps', '')
          .map((set) => `${set.metadata.namespace ?? ''}/${set.metadata.name}`),
    },
  ],
  reconcile(view, key, now, random) {
    const { namespace, name } = splitKey(key);
    const set = view.get<DaemonSet>('daemonsets.apps', namespace, name);
    return set === undefined ? REST : reconcile(view, set, now, random);
  },
  refused(view, key, action, refusal) {
    const { namespace, name } = splitKey(key);
    const set = view.get<DaemonSet>('daemonsets.apps', namespace, name);
    if (set === undefined || action.verb !== 'create') return [];
    const message = `Error creating: ${refusal.message ?? ''}`;
    return [{ verb: 'event', about: set, type: 'Warning', reason: 'FailedCreate', message }];
  },
};

function reconcile(view: View, set: Stored<DaemonSet>, now: number, random: Random): Plan {
  const { namespace = '' } = set.metadata;
  const all = view.list<Pod>('pods', namespace);
  if (set.metadata.deletionTimestamp === undefined) {
    const claims = [...adoptRevisions(view, set), ...claimPods(set, all, () => true)];
    if (claims.length > 0) return { actions: claims };
  }
  const mine = all.filter((pod) => isControlledBy(pod, set));
  const limit = set.spec?.revisionHistoryLimit;
  const revision = reviseHistory(view, set, set.spec?.template, limit, hashesInUse(set, mine));
  if (set.metadata.deletionTimestamp !== undefined) return REST;
  const nodes = view.list<Node>('nodes', '');
  const sample = podFor(set, revision.hash, '', '');
  const wanted = nodes.filter((node) => fits(sample, node));
  const actions = [
    ...finished(set, mine),
    ...placed(set, mine, wanted, revision.hash, random),
    ...misplaced(set, mine, nodes, sample),
    ...updated(set, mine, wanted.length, revision.hash, now),
    ...surging(set, mine, wanted, revision.hash, now, random),
  ];
  const status = statusOf(set, mine, nodes, wanted, revision.hash, now);
  return planOf(
    [...revision.actions, patchStatus(REFS.daemonSets, set, status), ...actions],
    untilAvailable(mine, set.spec?.minReadySeconds ?? 0, now),
  );
}

const hashesInUse = (set: Stored, pods: readonly Pod[]): ReadonlySet<string> =>
  new Set(pods.map((pod) => `${set.metadata.name}-${pod.metadata.labels?.[REVISION_HASH] ?? ''}`));

const fits = (sample: Pod, node: Stored<Node>): boolean =>
  matchesNode(sample, node) && untolerated(sample, node, ['NoSchedule', 'NoExecute']) === undefined;

/** Failed Pods are replaced, with an event that says so. */
function finished(set: Stored<DaemonSet>, mine: readonly Stored<Pod>[]): readonly Action[] {
  return mine
    .filter((pod) => isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined)
    .flatMap((pod) => {
      const node = pod.spec?.nodeName ?? '';
      const failed = pod.status?.phase === 'Failed';
      const message = failed
        ? `Found failed daemon pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} on node ${node}, will try to kill it`
        : `Found succeeded daemon pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} on node ${node}, will try to delete it`;
      const reason = failed ? 'FailedDaemonPod' : 'SucceededDaemonPod';
      const type = failed ? 'Warning' : 'Normal';
      return [{ verb: 'event', about: set, type, reason, message } as Action, ...deletion(set, pod)];
    });
}

function placed(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  wanted: readonly Stored<Node>[],
  hash: string,
  random: Random,
): readonly Action[] {
  const taken = new Set(mine.map(nodeOf));
  return wanted
    .filter((node) => !taken.has(node.metadata.name))
    .flatMap((node) => creation(set, node, hash, random));
}

/** Pods leave nodes that are gone, whose labels do not fit any more, or that forbid them to run. */
function misplaced(
  set: Stored<DaemonSet>,
  mine: readonly Stored<Pod>[],
  nodes: readonly Stored<Node>[],
  sample: Pod,
): readonly Action[] {
  return mine.filter(isPodActive).flatMap((pod) => {
    const node = nodes.find((each) => each.metadata.name === nodeOf(pod));
    const stays =
      node !== undefined &&
      matchesNode(sample, node) &&
      untolerated(sample, node, ['NoExecute']) === undefined;
    return stays ? [] : deletion(set, pod);
  });
}
