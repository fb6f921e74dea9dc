import { StatusError } from '../../api';
import { isRecord } from '../../base';
import type { CheckKind } from '../checks/check-kind';
import { describeMembers, isReady, podsOf, workloadOf } from '../checks/members';
import { wantedBy } from '../checks/workload';
import { makeProbe } from '../probe';
import type { Evidence, Finding } from '../seams';
import { durationMs, eventWords, type ScenarioEvent } from './events';
import { playEvent, type Scene } from './play-event';

/** A check of another kind, read. */
export interface InnerCheck {
  readonly kind: CheckKind;
  readonly fields: Parameters<CheckKind['judge']>[0];
}

/** What is played, and what must hold meanwhile. */
export interface Script extends Scene {
  readonly events: readonly ScenarioEvent[];
  /** At every look. */
  readonly always: readonly InnerCheck[];
  /** At no look. */
  readonly never: readonly InnerCheck[];
  /** Soon after each event. */
  readonly eventually: readonly InnerCheck[];
  readonly within: string;
  readonly every: string;
}

/** Between an event and the first look: for slices and proxy rules to follow. */
const FOLLOW_MS = 5_000;
/** Looks come seldomer the longer one has waited: what takes a minute is seen soon enough a few seconds later. */
const POLL_MS = 2_000;
const POLL_PART = 6;

/** Plays a scenario on a fork of the evidence: what must hold always, never and eventually. */
export async function playScenario(script: Script, evidence: Evidence): Promise<Finding> {
  const copy = evidence.fork();
  const workload = workloadOf(script.members);
  if (workload && !copy.view.get(workload.resource, script.namespace, workload.name))
    return {
      outcome: 'not-met',
      reason: `There is no ${workload.kind} "${workload.name}" in namespace ${script.namespace} to try this on.`,
    };
  // One for all looks: making one for each costs more than all that it asks.
  if (asksFromProbe(script)) await makeProbe(copy, script.namespace, {});
  const look = () => lookAround(script, copy);
  const first = await look();
  if (first)
    return { ...first, reason: `On a copy of the cluster, before anything happens: ${first.reason}` };
  for (const event of script.events) {
    const finding = await oneEvent(script, copy, event, look);
    if (finding)
      return {
        ...finding,
        reason: `On a copy of the cluster, after ${eventWords(event)}: ${finding.reason}`,
      };
  }
  return { outcome: 'met' };
}

/** Whether a check that is asked again and again asks from a Pod of the grader's own. */
function asksFromProbe({ always, never, eventually }: Script): boolean {
  return [...always, ...never, ...eventually].some(({ fields }) => {
    const from = isRecord(fields) ? fields.from : undefined;
    return from === 'pod' || (Array.isArray(from) && from.includes('pod'));
  });
}

type Wrong = Exclude<Finding, { outcome: 'met' }>;

async function oneEvent(
  script: Script,
  copy: Evidence,
  event: ScenarioEvent,
  look: () => Promise<Wrong | undefined>,
): Promise<Wrong | undefined> {
  let seen: Wrong | undefined;
  const every = durationMs(script.every);
  const looking = script.always.length + script.never.length > 0;
  const pass = async (ms: number) => {
    for (let left = ms; left > 0 && !seen; left -= every) {
      await copy.advance(Math.min(every, left));
      if (looking) seen = await look();
    }
  };
  try {
    await playEvent(copy, script, event, pass);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { outcome: 'cannot-judge', reason: `The event could not be brought about: ${error.message}` };
  }
  return seen ?? settled(script, copy, event, pass, () => seen);
}

/** Waits until all that must come about has, or the time for it is over. */
async function settled(
  script: Script,
  copy: Evidence,
  event: ScenarioEvent,
  pass: (ms: number) => Promise<void>,
  seen: () => Wrong | undefined,
): Promise<Wrong | undefined> {
  const nobodyLeft = 'scale' in event && event.scale === 0;
  let wrong: Wrong | undefined;
  const within = durationMs(script.within);
  let waited = FOLLOW_MS;
  await pass(waited);
  for (;;) {
    if (seen()) return seen();
    wrong = atRest(script, copy, event) ?? (nobodyLeft ? undefined : await unmet(script.eventually, copy));
    if (!wrong || wrong.outcome === 'cannot-judge' || waited >= within) return wrong;
    const next = Math.min(waited + Math.max(POLL_MS, Math.floor(waited / POLL_PART)), within);
    await pass(next - waited);
    waited = next;
  }
}

/** Whether the workload has come to where an event sent it; a lost node's Pods are not waited for. */
function atRest(script: Script, copy: Evidence, event: ScenarioEvent): Wrong | undefined {
  const { namespace, members } = script;
  const workload = workloadOf(members);
  const moved = 'delete' in event || 'replace' in event || 'scale' in event || 'movePort' in event;
  if (!workload || !moved) return undefined;
  const object = copy.view.get(workload.resource, namespace, workload.name);
  const pods = podsOf(copy, namespace, members);
  const ready = pods.filter(isReady).length;
  const wanted = (object && wantedBy(object)) ?? pods.length;
  const status = (object as { status?: { updatedReplicas?: number } } | undefined)?.status;
  const updated = !('movePort' in event) || status?.updatedReplicas === wanted;
  if (pods.length === wanted && ready === wanted && updated) return undefined;
  return {
    outcome: 'not-met',
    reason: `${describeMembers(members)} has ${ready} of ${wanted} Pods ready ${script.within} later.`,
  };
}

async function unmet(checks: readonly InnerCheck[], copy: Evidence): Promise<Wrong | undefined> {
  for (const { kind, fields } of checks) {
    const finding = await kind.judge(fields, copy);
    if (finding.outcome !== 'met') return finding;
  }
  return undefined;
}

async function lookAround(script: Script, copy: Evidence): Promise<Wrong | undefined> {
  const wrong = await unmet(script.always, copy);
  if (wrong) return wrong;
  for (const { kind, fields } of script.never) {
    const finding = await kind.judge(fields, copy);
    if (finding.outcome === 'met')
      return {
        outcome: 'not-met',
        reason: `for a moment something was true that must never be (${kind.type}).`,
      };
    if (finding.outcome === 'cannot-judge') return finding;
  }
  return undefined;
}
