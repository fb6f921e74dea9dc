import { type KubeObject, type Node, type Pod, parseLabelSelector, StatusError } from '../../../api';
import { goJsonString } from '../../../base';
import { bool, duration, int, text } from '../../flags';
import { cordonManual, drainManual, type Manual, uncordonManual } from '../../manual';
import { findTargets, type LoadedInfo, loadTargets, objectName, visitLoaded } from '../../resources';
import { type Command, type ParsedArgs, UsageError } from '../../seams';
import { fail, openSession, type Session, throwAll, usageFailure } from '../../session';
import { awaitObject, withDeadline } from '../../waiting';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const MIRROR = 'kubernetes.io/config.mirror';
const RETRY_MS = 5_000;
const WEEK_MS = 7 * 24 * 3_600_000;

const dryText = (session: Session) =>
  session.dryRun === 'client' ? ' (dry run)' : session.dryRun === 'server' ? ' (server dry run)' : '';

function command(manual: Manual, wanted: boolean): Command<ParsedArgs> {
  return {
    ...manual,
    options: (args) =>
      args.positional.length === 0 && text(args, 'selector') === ''
        ? usageFailure(manual.name, `USAGE: ${manual.usage.replace(' [options]', '')} [flags]`)
        : args,
    async run(args, env) {
      const session = openSession(args, env);
      await visitNodes(session, manual.name, (info) => setSchedulable(session, info, wanted));
      return 0;
    },
  };
}

/** `kubectl cordon`. */
export const cordon = command(cordonManual, true);

/** `kubectl uncordon`. */
export const uncordon = command(uncordonManual, false);

/** All nodes are found before anything is done to one of them (DrainCmdOptions.Complete). */
async function visitNodes(
  session: Session,
  verb: string,
  work: (info: LoadedInfo) => Promise<void>,
): Promise<void> {
  const { args } = session;
  if (args.positional.length > 0 && text(args, 'selector') !== '') {
    throw usageFailure(verb, 'cannot specify both a node name and a --selector option');
  }
  if (!isLabelSelector(text(args, 'pod-selector')))
    throw fail('--pod-selector=<pod_selector> must be a valid label selector');
  const bySelector = text(args, 'selector') !== '';
  const targets = await findTargets(
    session,
    bySelector
      ? { words: ['nodes'] }
      : { words: args.positional, defaultType: 'nodes', singleResourceType: true },
  );
  const loaded = await loadTargets(session, targets, {});
  throwAll(loaded.errors);
  for (const { resource } of loaded.infos) {
    if (resource.resource !== 'nodes') {
      const got = `${resource.group}/${resource.version}, Resource=${resource.resource}`;
      throw fail(`expected resource of type node, got ${goJsonString(got)}`);
    }
  }
  await visitLoaded(loaded, work);
}

/** Whether a selector can be read; drain refuses others before anything is asked of the server. */
function isLabelSelector(query: string): boolean {
  try {
    parseLabelSelector(query);
    return true;
  } catch (error) {
    if (error instanceof StatusError) return false;
    throw error;
  }
}

async function setSchedulable(session: Session, info: LoadedInfo, unschedulable: boolean): Promise<void> {
  const name = objectName(info.resource, info.name);
  const word = unschedulable ? 'cordoned' : 'uncordoned';
  if (((info.object as Node).spec?.unschedulable ?? false) === unschedulable) {
    await session.out(`${name} already ${word}${dryText(session)}\n`);
    return;
  }
  if (session.dryRun !== 'client') {
    const patch = { spec: { unschedulable: unschedulable ? true : null } };
    const dry = session.dryRun === 'server' ? { dryRun: true } : {};
    await session.heed(await session.client.patch(info.resource, '', info.name, 'strategic', patch, dry));
  }
  await session.out(`${name} ${word}${dryText(session)}\n`);
}

/** `kubectl drain`. */
export const drain: Command<ParsedArgs> = {
  ...drainManual,
  options: (args) =>
    args.positional.length === 0 && text(args, 'selector') === ''
      ? usageFailure('drain', `USAGE: drain NODE [flags]`)
      : args,
  async run(args, env) {
    const session = openSession(args, env);
    const left: string[] = [];
    const errors: Error[] = [];
    await visitNodes(session, 'drain', async (info) => {
      await setSchedulable(session, info, true);
      const refused = await drainNode(session, info);
      if (refused.length === 0) {
        await session.out(`${objectName(info.resource, info.name)} drained${dryText(session)}\n`);
        return;
      }
      const failure = refused.length === 1 ? refused[0] : `[${refused.join(', ')}]`;
      await session.err(
        `error: unable to drain node "${info.name}" due to error: ${failure}, continuing command...\n`,
      );
      left.push(info.name);
      errors.push(...refused.map((each) => new UsageError(each, true)));
    });
    if (left.length > 0) {
      await session.err(
        `There are pending nodes to be drained:\n${left.map((name) => ` ${name}\n`).join('')}`,
      );
    }
    throwAll(errors);
    return 0;
  },
};

type Verdict = { readonly take: boolean; readonly error?: string; readonly warning?: string };

/** drain's filters: mirror Pods and finished ones, DaemonSets' Pods, local data, Pods without a controller. */
function judge(args: ParsedArgs, pod: Pod): Verdict {
  if (pod.metadata.annotations?.[MIRROR] !== undefined) return { take: false };
  const finished = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  const owner = pod.metadata.ownerReferences?.find((each) => each.controller);
  if (owner?.kind === 'DaemonSet' && !finished) {
    return bool(args, 'ignore-daemonsets')
      ? { take: false, warning: 'ignoring DaemonSet-managed Pods' }
      : { take: false, error: 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  }
  if (!finished && (pod.spec?.volumes ?? []).some((each) => each.emptyDir)) {
    if (!bool(args, 'delete-emptydir-data')) {
      return {
        take: false,
        error: 'cannot delete Pods with local storage (use --delete-emptydir-data to override)',
      };
    }
  }
  if (owner || finished) return { take: true };
  return bool(args, 'force')
    ? { take: true, warning: 'deleting Pods that declare no controller' }
    : {
        take: false, // The words are doubled upstream.
        error: 'cannot delete cannot delete Pods that declare no controller (use --force to override)',
      };
}

/** Evicts a node's Pods; answers why it must not. */
async function drainNode(session: Session, info: LoadedInfo): Promise<readonly string[]> {
  const list = await session.client.list(PODS, '', {
    fieldSelector: `spec.nodeName=${info.name}`,
    ...(text(session.args, 'pod-selector') === ''
      ? {}
      : { labelSelector: text(session.args, 'pod-selector') }),
  });
  const judged = (list.items as unknown as Pod[]).map((pod) => ({ pod, verdict: judge(session.args, pod) }));
  const refused = grouped(judged, 'error');
  if (refused.length > 0) return refused;
  const warned = grouped(judged, 'warning');
  if (warned.length > 0) await session.err(`Warning: ${warned.join('; ')}\n`);
  const pods = judged.filter(({ verdict }) => verdict.take).map(({ pod }) => pod);
  for (const pod of pods) {
    await session.out(`evicting pod ${pod.metadata.namespace}/${pod.metadata.name}${dryText(session)}\n`);
  }
  if (session.dryRun !== 'none') return [];
  await Promise.all(pods.map((pod) => evict(session, pod)));
  return [];
}

/** "reason: ns/a, ns/b", one for each reason. */
function grouped(
  judged: readonly { readonly pod: Pod; readonly verdict: Verdict }[],
  field: 'error' | 'warning',
): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { pod, verdict } of judged) {
    const reason = verdict[field];
    if (reason)
      byReason.set(reason, [
        ...(byReason.get(reason) ?? []),
        `${pod.metadata.namespace}/${pod.metadata.name}`,
      ]);
  }
  return [...byReason].map(([reason, names]) => `${reason}: ${names.join(', ')}`);
}

/** Evicts a Pod, waiting while its disruption budget forbids it, and then until it is gone. */
async function evict(session: Session, pod: Pod): Promise<void> {
  const { name = '', namespace = '' } = pod.metadata;
  const grace = int(session.args, 'grace-period', -1);
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    ...(grace >= 0 ? { deleteOptions: { gracePeriodSeconds: grace } } : {}),
  } as KubeObject;
  const { cancel } = session.env.streams;
  for (;;) {
    try {
      await session.client.create(PODS, namespace, eviction, { name, subresource: 'eviction' });
      break;
    } catch (error) {
      if (error instanceof StatusError && error.code === 404) break;
      if (!(error instanceof StatusError) || error.code !== 429 || cancel.cancelled) throw error;
      await session.err(
        `error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${error.message}\n`,
      );
      await session.env.timer.sleep(RETRY_MS, cancel);
    }
  }
  const limit = duration(session.args, 'timeout', 0);
  const info = { resource: POD_KIND, namespace, name };
  const ending = await withDeadline(session, limit > 0 ? limit : WEEK_MS, (stop) =>
    awaitObject(
      session,
      info,
      stop,
      (object) => object === undefined || object.metadata.uid !== pod.metadata.uid,
    ),
  );
  if (ending === 'timeout') throw fail(`drain did not complete within ${text(session.args, 'timeout')}`);
  await session.out(`pod/${name} evicted\n`);
}

const POD_KIND = {
  ...PODS,
  kind: 'Pod',
  singular: 'pod',
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: [],
  subresources: [],
};
