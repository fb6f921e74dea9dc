import type { Deployment, KubeObject } from '../../../api';
import { bool, duration, int, list } from '../../flags';
import { rolloutStatusManual } from '../../manual';
import { findTargets, type LoadedInfo, loadTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { asFailure, fail, openSession, type Session, throwAll } from '../../session';
import { awaitObject, INTERRUPTED, withDeadline } from '../../waiting';
import { kindText } from './past';
import { REVISION } from './revisions';

const WEEK_MS = 7 * 24 * 3_600_000;

/** How far a rollout is: a line, and whether it is over. */
interface Progress {
  readonly line: string;
  readonly done: boolean;
}

type Viewer = (object: KubeObject, revision: number) => Progress;

const VIEWERS: Readonly<Record<string, Viewer>> = {
  Deployment: deploymentProgress,
  DaemonSet: daemonSetProgress,
  StatefulSet: statefulSetProgress,
};

/** `kubectl rollout status`. */
export const rolloutStatus: Command<ParsedArgs> = {
  ...rolloutStatusManual,
  options(args) {
    if (args.positional.length === 0 && list(args, 'filename').length === 0)
      return fail('required resource not specified');
    const revision = int(args, 'revision', 0);
    return revision < 0 ? fail(`revision must be a positive integer: ${revision}`) : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, { words: args.positional, allowEmptySelector: true });
    const loaded = await loadTargets(session, targets, { continueOnError: true, latest: true });
    const errors = [...loaded.errors];
    for (const info of loaded.infos) {
      try {
        const status = await followRollout(session, info);
        if (status !== 0) return status;
      } catch (error) {
        errors.push(asFailure(error));
      }
    }
    throwAll(errors);
    if (loaded.infos.length === 0)
      await session.err(`No resources found in ${session.namespace} namespace.\n`);
    return 0;
  },
};

async function followRollout(session: Session, info: LoadedInfo): Promise<number> {
  const { args } = session;
  const viewer = VIEWERS[info.resource.kind];
  if (!viewer) throw fail(`no status viewer has been implemented for ${kindText(info)}`);
  const limit = duration(args, 'timeout', 0);
  const lines: string[] = [];
  let last: string | undefined;
  const ending = await withDeadline(session, limit > 0 ? limit : WEEK_MS, async (cancel) => {
    let writing = Promise.resolve();
    const done = await awaitObject(session, info, cancel, (object) => {
      if (!object) throw fail('object has been deleted');
      const version = object.metadata.resourceVersion;
      if (version === last) return false;
      last = version;
      const progress = viewer(object, int(args, 'revision', 0));
      lines.push(progress.line);
      writing = writing.then(() => flush(session, lines));
      return progress.done || !bool(args, 'watch', true);
    });
    await writing;
    return done;
  });
  await flush(session, lines);
  if (ending === 'interrupted') return INTERRUPTED;
  if (ending === 'timeout') throw fail('timed out waiting for the condition');
  return 0;
}

async function flush(session: Session, lines: string[]): Promise<void> {
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) await session.out(line);
}

function deploymentProgress(object: KubeObject, revision: number): Progress {
  const { metadata, spec, status } = object as Deployment;
  const name = JSON.stringify(metadata.name);
  if (revision > 0) {
    const current = Number(metadata.annotations?.[REVISION] ?? 0);
    if (current !== revision)
      throw fail(`desired revision (${revision}) is different from the running revision (${current})`);
  }
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return { line: 'Waiting for deployment spec update to be observed...\n', done: false };
  }
  const progressing = status?.conditions?.find((each) => each.type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    throw fail(`deployment ${name} exceeded its progress deadline`);
  const waiting = (rest: string) => ({
    line: `Waiting for deployment ${name} rollout to finish: ${rest}...\n`,
    done: false,
  });
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  const wanted = spec?.replicas ?? 1;
  if (updatedReplicas < wanted)
    return waiting(`${updatedReplicas} out of ${wanted} new replicas have been updated`);
  if (replicas > updatedReplicas)
    return waiting(`${replicas - updatedReplicas} old replicas are pending termination`);
  if (availableReplicas < updatedReplicas) {
    return waiting(`${availableReplicas} of ${updatedReplicas} updated replicas are available`);
  }
  return { line: `deployment ${name} successfully rolled out\n`, done: true };
}

interface Counts {
  readonly spec?: {
    readonly replicas?: number;
    readonly updateStrategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly partition?: number };
    };
  };
  readonly status?: Readonly<Record<string, number | undefined>> & { readonly updateRevision?: never };
}

function daemonSetProgress(object: KubeObject): Progress {
  const { status, spec } = object as unknown as Counts;
  if (spec?.updateStrategy?.type === 'OnDelete')
    throw fail('rollout status is only available for RollingUpdate strategy type');
  const name = JSON.stringify(object.metadata.name);
  if ((object.metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return { line: 'Waiting for daemon set spec update to be observed...\n', done: false };
  }
  const { updatedNumberScheduled = 0, desiredNumberScheduled = 0, numberAvailable = 0 } = status ?? {};
  const waiting = (rest: string) => ({
    line: `Waiting for daemon set ${name} rollout to finish: ${rest}...\n`,
    done: false,
  });
  if (updatedNumberScheduled < desiredNumberScheduled) {
    return waiting(`${updatedNumberScheduled} out of ${desiredNumberScheduled} new pods have been updated`);
  }
  if (numberAvailable < desiredNumberScheduled) {
    return waiting(`${numberAvailable} of ${desiredNumberScheduled} updated pods are available`);
  }
  return { line: `daemon set ${name} successfully rolled out\n`, done: true };
}

function statefulSetProgress(object: KubeObject): Progress {
  const { spec, status } = object as unknown as Counts;
  if (spec?.updateStrategy?.type === 'OnDelete')
    throw fail('rollout status is only available for RollingUpdate strategy type');
  const observed = status?.observedGeneration ?? 0;
  if (observed === 0 || (object.metadata.generation ?? 0) > observed) {
    return { line: 'Waiting for statefulset spec update to be observed...\n', done: false };
  }
  const wanted = spec?.replicas ?? 1;
  const ready = status?.readyReplicas ?? 0;
  if (ready < wanted) return { line: `Waiting for ${wanted - ready} pods to be ready...\n`, done: false };
  const { updatedReplicas: updated = 0 } = status ?? {};
  const { rollingUpdate } = spec?.updateStrategy ?? {};
  if (rollingUpdate) {
    const due = wanted - (rollingUpdate.partition ?? 0);
    return rollingUpdate.partition !== undefined && updated < due
      ? {
          line: `Waiting for partitioned roll out to finish: ${updated} out of ${due} new pods have been updated...\n`,
          done: false,
        }
      : { line: `partitioned roll out complete: ${updated} new pods have been updated...\n`, done: true };
  }
  const { currentRevision, updateRevision } = (status ?? {}) as Revisions;
  return updateRevision === currentRevision
    ? {
        line: `statefulset rolling update complete ${status?.currentReplicas ?? 0} pods at revision ${currentRevision}...\n`,
        done: true,
      }
    : {
        line: `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...\n`,
        done: false,
      };
}

interface Revisions {
  readonly currentRevision?: string;
  readonly updateRevision?: string;
}
