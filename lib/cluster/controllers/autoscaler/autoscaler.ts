import type { HorizontalPodAutoscaler, Pod, Status, Stored, View } from '../../../api';
import { formatTime } from '../../../base';
import type { Action, Controller, Plan } from '../../seams';
import { ownKey, splitKey } from '../keys';
import { planOf, REST } from '../plan';
import { ambiguity } from './ambiguity';
import { failureOf } from './metrics';
import { type Finding, writeStatus } from './status';
import { findTarget, type Target } from './target';

type Autoscaler = Stored<HorizontalPodAutoscaler>;

const AUTOSCALERS = 'horizontalpodautoscalers.autoscaling';
/** How often every autoscaler is looked at; the first time too comes only after so long. */
const PERIOD_MS = 15_000;

/** Keeps workloads between their autoscaler's bounds, and says that nothing is measured here. */
export const autoscalerController: Controller = {
  name: 'horizontal-pod-autoscaler',
  delayMs: PERIOD_MS,
  watches: [ownKey(AUTOSCALERS)],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const autoscaler = view.get<HorizontalPodAutoscaler>(AUTOSCALERS, namespace, name);
    return autoscaler === undefined ? REST : planOf(reconcile(view, autoscaler, now), PERIOD_MS);
  },
  refused(view, key, action, refusal, now) {
    const { namespace, name } = splitKey(key);
    const autoscaler = view.get<HorizontalPodAutoscaler>(AUTOSCALERS, namespace, name);
    return autoscaler && action.verb === 'update' ? failedRescale(view, autoscaler, refusal, now) : [];
  },
};

function reconcile(view: View, autoscaler: Autoscaler, now: number): Plan['actions'] {
  const target = targetOf(view, autoscaler);
  if ('failure' in target) {
    const message = `the HPA controller was unable to get the target's current scale: ${target.failure}`;
    const found = finding('AbleToScale', 'False', 'FailedGetScale', message);
    return [tell(autoscaler, 'FailedGetScale', target.failure), ...writeStatus(autoscaler, now, [found])];
  }
  const step = stepOf(autoscaler, target);
  if (step) return rescale(autoscaler, target, step, now);
  const able = "the HPA controller was able to get the target's current scale";
  const found = finding('AbleToScale', 'True', 'SucceededGetScale', able);
  if (target.replicas === 0) {
    const message = 'scaling is disabled since the replica count of the target is zero';
    const disabled = finding('ScalingActive', 'False', 'ScalingDisabled', message);
    return writeStatus(autoscaler, now, [found, disabled], { desiredReplicas: 0 });
  }
  return measure(view, autoscaler, target, found, now);
}

const targetOf = (view: View, { metadata, spec }: Autoscaler): ReturnType<typeof findTarget> =>
  findTarget(view, metadata.namespace ?? '', spec?.scaleTargetRef ?? { kind: '', name: '' });

const finding = (type: string, status: string, reason: string, message: string): Finding => ({
  type,
  status,
  reason,
  message,
});

function rescale(autoscaler: Autoscaler, target: Target, { size, why }: Step, now: number): Plan['actions'] {
  const message = `the HPA controller was able to update the target scale to ${size}`;
  const found = finding('AbleToScale', 'True', 'SucceededRescale', message);
  return [
    scaleTo(target, size),
    tell(autoscaler, 'SuccessfulRescale', `New size: ${size}; reason: ${why}`, 'Normal'),
    ...writeStatus(autoscaler, now, [found], {
      currentReplicas: target.replicas,
      desiredReplicas: size,
      lastScaleTime: formatTime(now),
    }),
  ];
}

interface Step {
  readonly size: number;
  readonly why: string;
}

/** What the bounds alone ask for. */
function stepOf({ spec }: Autoscaler, { replicas }: Target): Step | undefined {
  const { minReplicas = 1, maxReplicas = 0 } = spec ?? {};
  if (replicas === 0) return undefined;
  if (replicas > maxReplicas) {
    return { size: maxReplicas, why: 'Current number of replicas above Spec.MaxReplicas' };
  }
  return replicas < minReplicas
    ? { size: minReplicas, why: 'Current number of replicas below Spec.MinReplicas' }
    : undefined;
}

function scaleTo({ ref, object }: Target, replicas: number): Action {
  const { name, namespace, resourceVersion } = object.metadata;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), resourceVersion };
  const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata, spec: { replicas } };
  return { verb: 'update', ref, object: scale, subresource: 'scale' };
}

/** Asks for every metric; none answers. */
function measure(
  view: View,
  autoscaler: Autoscaler,
  target: Target,
  able: Finding,
  now: number,
): Plan['actions'] {
  const { namespace = '' } = autoscaler.metadata;
  const { desiredReplicas = 0 } = autoscaler.status ?? {};
  const status = { currentReplicas: target.replicas, desiredReplicas };
  const unclear = ambiguity(view, autoscaler, target, view.list<Pod>('pods', namespace));
  if (unclear) {
    const found = finding('ScalingActive', 'False', unclear.condition, unclear.message);
    return [
      tell(autoscaler, unclear.reason, unclear.error),
      ...writeStatus(autoscaler, now, [able, found], status),
      tell(autoscaler, 'FailedComputeMetricsReplicas', unclear.error),
    ];
  }
  const failures = (autoscaler.spec?.metrics ?? []).map((metric) => failureOf(metric, namespace));
  const [first] = failures;
  if (first === undefined) return writeStatus(autoscaler, now, [able], status);
  const why = `the HPA was unable to compute the replica count: ${first.error}`;
  const found = finding('ScalingActive', 'False', first.reason, why);
  const currentMetrics = failures.map(() => ({ type: '' }));
  const count = failures.length;
  const all = `invalid metrics (${count} invalid out of ${count}), first error is: ${first.about}: ${first.error}`;
  return [
    ...failures.map(({ reason, error }) => tell(autoscaler, reason, error)),
    ...writeStatus(autoscaler, now, [able, found], { ...status, currentMetrics }),
    tell(autoscaler, 'FailedComputeMetricsReplicas', all),
  ];
}

/** The API server would not let the target be scaled. */
function failedRescale(view: View, autoscaler: Autoscaler, refusal: Status, now: number): Plan['actions'] {
  const target = targetOf(view, autoscaler);
  const step = 'failure' in target ? undefined : stepOf(autoscaler, target);
  if (step === undefined || 'failure' in target) return [];
  const { message = '' } = refusal;
  const failed = `the HPA controller was unable to update the target scale: ${message}`;
  const { desiredReplicas = 0 } = autoscaler.status ?? {};
  return [
    tell(autoscaler, 'FailedRescale', `New size: ${step.size}; reason: ${step.why}; error: ${message}`),
    ...writeStatus(autoscaler, now, [finding('AbleToScale', 'False', 'FailedUpdateScale', failed)], {
      currentReplicas: target.replicas,
      desiredReplicas,
    }),
  ];
}

const tell = (
  about: Autoscaler,
  reason: string,
  message: string,
  type: 'Normal' | 'Warning' = 'Warning',
): Action => ({
  verb: 'event',
  about,
  type,
  reason,
  message,
});
