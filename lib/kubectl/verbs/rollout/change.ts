import type { Deployment, KubeObject } from '../../../api';
import { formatTime } from '../../../base';
import { list } from '../../flags';
import { type Manual, rolloutPauseManual, rolloutRestartManual, rolloutResumeManual } from '../../manual';
import { findTargets, type LoadedInfo, loadTargets, qualifiedName } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { AggregateFailure, asFailure, fail, openSession, throwAll } from '../../session';
import { sendChange } from '../template-change';

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
/** Of a restart alone: pausing what is not paused always changes something. */
const TOO_SOON =
  'if restart has already been triggered within the past second, please wait before attempting to trigger another';
const RESTARTABLE = new Set(['Deployment', 'DaemonSet', 'StatefulSet']);

/** The changed object, or why it cannot be changed. */
type Change = (object: KubeObject, now: number) => KubeObject | string;

function command(manual: Manual, operation: string, change: Change): Command<ParsedArgs> {
  return {
    ...manual,
    options: (args) =>
      args.positional.length === 0 && list(args, 'filename').length === 0
        ? fail('required resource not specified')
        : args,
    async run(args, env) {
      const session = openSession(args, env);
      const targets = await findTargets(session, { words: args.positional, allowEmptySelector: true });
      const loaded = await loadTargets(session, targets, { continueOnError: true, latest: true });
      const errors: Error[] = [...loaded.errors];
      for (const info of loaded.infos) {
        const next = change(info.object, env.timer.now());
        if (typeof next === 'string') {
          errors.push(fail(`error: ${qualifiedName(info.resource)} "${info.name}" ${next}`));
          continue;
        }
        try {
          const sent = await sendChange(session, info as LoadedInfo, next, {
            operation,
            manager: 'kubectl-rollout',
            failure: 'failed to patch: ',
          });
          if (!sent) errors.push(fail(`failed to create patch for ${info.name}: ${TOO_SOON}`));
        } catch (error) {
          errors.push(asFailure(error));
        }
      }
      if (loaded.infos.length === 0 && errors.length === 0) {
        await session.err(`No resources found in ${session.namespace} namespace.\n`);
      }
      if (errors.length > 1) throw new AggregateFailure(errors);
      throwAll(errors);
      return 0;
    },
  };
}

const withSpec = (object: KubeObject, more: object): KubeObject =>
  ({ ...object, spec: { ...(object as Deployment).spec, ...more } }) as KubeObject;

/** `kubectl rollout pause`. */
export const rolloutPause = command(rolloutPauseManual, 'paused', (object) => {
  if (object.kind !== 'Deployment') return 'pausing is not supported';
  return (object as Deployment).spec?.paused ? 'is already paused' : withSpec(object, { paused: true });
});

/** `kubectl rollout resume`. */
export const rolloutResume = command(rolloutResumeManual, 'resumed', (object) => {
  if (object.kind !== 'Deployment') return 'resuming is not supported';
  const { paused, ...spec } = (object as Deployment).spec ?? {};
  return paused ? ({ ...object, spec } as KubeObject) : 'is not paused';
});

/** `kubectl rollout restart`. */
export const rolloutRestart = command(rolloutRestartManual, 'restarted', (object, now) => {
  if (!RESTARTABLE.has(object.kind)) return 'restarting is not supported';
  const { spec } = object as Deployment;
  if (spec?.paused) return "can't restart paused deployment (run rollout resume first)";
  const metadata = spec?.template?.metadata;
  const annotations = { ...metadata?.annotations, [RESTARTED_AT]: formatTime(now) };
  return withSpec(object, { template: { ...spec?.template, metadata: { ...metadata, annotations } } });
});
