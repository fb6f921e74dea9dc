import { z } from 'zod';
import { durationSchema, eventSchema } from '../scenario/events';
import { type InnerCheck, playScenario } from '../scenario/play-scenario';
import { type CheckKind, defineCheck } from './check-kind';
import { memberFields, workloadOf } from './members';
import { oneCheckSchema, readCheck } from './one-check';

/** Events that change a workload, and so need one. */
const OF_A_WORKLOAD = ['delete', 'replace', 'scale', 'movePort', 'rollOut'];

/** A check that plays events on a copy of the cluster and asks other checks what holds always, never and eventually. */
export function scenarioCheck(others: readonly CheckKind[]): CheckKind {
  const inner = z.array(oneCheckSchema(others, false));
  const schema = z
    .strictObject({
      namespace: z.string().default('default'),
      ...memberFields,
      events: z.array(eventSchema).min(1),
      always: inner.default([]),
      never: inner.default([]),
      eventually: inner.default([]),
      /** How long after an event `eventually` may take. */
      within: durationSchema.default('2m'),
      /** How often `always` and `never` are looked at. */
      every: durationSchema.default('5s'),
    })
    .refine((fields) => fields.always.length + fields.never.length + fields.eventually.length > 0, {
      error: 'needs always, never or eventually: what must hold',
    })
    .refine(
      (fields) =>
        workloadOf(fields) !== undefined ||
        !fields.events.some((event) => OF_A_WORKLOAD.some((name) => name in event)),
      { error: 'needs a deployment, statefulset or daemonset: an event acts on its Pods' },
    );
  const innerChecks = (checks: readonly object[]): InnerCheck[] =>
    checks.map(readCheck).flatMap(({ type, fields }) => {
      const kind = others.find((each) => each.type === type);
      return kind ? [{ kind, fields }] : [];
    });
  return defineCheck('scenario', schema, (fields, evidence) =>
    playScenario(
      {
        namespace: fields.namespace,
        members: fields,
        events: fields.events,
        always: innerChecks(fields.always),
        never: innerChecks(fields.never),
        eventually: innerChecks(fields.eventually),
        within: fields.within,
        every: fields.every,
      },
      evidence,
    ),
  );
}
