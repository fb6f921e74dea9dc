import { z } from 'zod';
import type { Deployment, Json } from '../../api';
import type { Evidence, Finding } from '../seams';
import { type CheckKind, defineCheck, firstUnmet } from './check-kind';
import { isReady, podsOf } from './pods-of';

const PODS = { group: '', version: 'v1', resource: 'pods' } as const;
const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' } as const;
/** Longest wait, in virtual ms, for a Deployment to come to rest after an event. */
const SETTLE_LIMIT_MS = 120_000;
const SETTLE_STEP_MS = 1_000;
/** After the Deployment rests: for slices and proxy rules to follow. */
const FOLLOW_MS = 5_000;

const event = z.union([
  z.strictObject({ delete: z.literal('one-pod') }),
  z.strictObject({ delete: z.literal('every-pod') }),
  z.strictObject({ scale: z.number().int().min(0) }),
]);

/** A check that plays events on a copy of the cluster and then asks other checks whether things still hold. */
export function scenarioCheck(others: readonly CheckKind[]): CheckKind {
  const inner = z.record(z.string(), z.unknown()).transform((value, context) => {
    const [type = '', fields] = Object.entries(value)[0] ?? [];
    const kind = others.find((each) => each.type === type);
    if (!kind) {
      context.addIssue({
        code: 'custom',
        message: `no check of type "${type}"; there are ${others.map((each) => each.type).join(', ')}`,
      });
      return z.NEVER;
    }
    return { [type]: kind.read(fields) } as { readonly [key: string]: Json };
  });
  const schema = z.strictObject({
    namespace: z.string().default('default'),
    deployment: z.string(),
    events: z.array(event).min(1),
    holds: z.array(inner).min(1),
  });
  return defineCheck('scenario', schema, async (fields, evidence): Promise<Finding> => {
    const copy = evidence.fork();
    if (!copy.view.get('deployments.apps', fields.namespace, fields.deployment)) {
      return {
        outcome: 'not-met',
        reason: `There is no Deployment "${fields.deployment}" in namespace ${fields.namespace} to try this on.`,
      };
    }
    for (const each of fields.events) {
      await play(copy, fields.namespace, fields.deployment, each);
      const rest = await settle(copy, fields.namespace, fields.deployment);
      if (rest) return after(each, rest);
      const finding = await firstUnmet(
        fields.holds.map((hold) => () => {
          const [type = '', inside = null] = Object.entries(hold)[0] ?? [];
          const kind = others.find((other) => other.type === type);
          return kind
            ? kind.judge(inside, copy)
            : { outcome: 'cannot-judge' as const, reason: `no check of type ${type}` };
        }),
      );
      if (finding.outcome !== 'met') return after(each, finding);
    }
    return { outcome: 'met' };
  });
}

type Event = z.infer<typeof event>;

async function play(copy: Evidence, namespace: string, deployment: string, what: Event): Promise<void> {
  if ('scale' in what) {
    await copy.client.patch(DEPLOYMENTS, namespace, deployment, 'merge', { spec: { replicas: what.scale } });
    return;
  }
  const pods = podsOf(copy, namespace, deployment);
  for (const pod of what.delete === 'one-pod' ? pods.slice(0, 1) : pods) {
    await copy.client.delete(PODS, namespace, pod.metadata.name);
  }
}

/** Waits until the Deployment has as many ready Pods as it wants; a finding when it never does. */
async function settle(copy: Evidence, namespace: string, name: string): Promise<Finding | undefined> {
  for (let waited = 0; waited <= SETTLE_LIMIT_MS; waited += SETTLE_STEP_MS) {
    await copy.advance(SETTLE_STEP_MS);
    const deployment = copy.view.get<Deployment>('deployments.apps', namespace, name);
    const pods = podsOf(copy, namespace, name);
    if (pods.length === (deployment?.spec?.replicas ?? 1) && pods.every(isReady)) {
      await copy.advance(FOLLOW_MS);
      return undefined;
    }
  }
  const ready = podsOf(copy, namespace, name).filter(isReady).length;
  return { outcome: 'not-met', reason: `Deployment ${name} had ${ready} ready Pods two minutes later.` };
}

const EVENT_WORDS = { 'one-pod': 'one Pod was deleted', 'every-pod': 'every Pod was deleted' } as const;

function after(what: Event, finding: Finding): Finding {
  if (finding.outcome === 'met') return finding;
  const words = 'scale' in what ? `the Deployment was scaled to ${what.scale}` : EVENT_WORDS[what.delete];
  return { ...finding, reason: `On a copy of the cluster, after ${words}: ${finding.reason}` };
}
