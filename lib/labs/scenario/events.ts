import { z } from 'zod';
import { resourceSchema } from '../checks/resource-schema';

/** "30s", "2m", "1m30s" as virtual ms. */
export const durationSchema = z
  .string()
  .regex(/^(?=.)(\d+h)?(\d+m)?(\d+s)?$/, 'must be a time such as 30s, 2m or 1m30s');

/** Milliseconds of a `durationSchema` text. */
export function durationMs(text: string): number {
  const units = { h: 3_600_000, m: 60_000, s: 1_000 } as const;
  let total = 0;
  for (const [, digits = '0', unit] of text.matchAll(/(\d+)([hms])/g))
    total += Number(digits) * units[unit as keyof typeof units];
  return total;
}

const place = z.union(
  [z.enum(['office', 'internet']), z.strictObject({ pod: z.string() }), z.strictObject({ node: z.string() })],
  { error: 'must be office, internet, { pod: NAME } or { node: NAME }' },
);

/** What can happen to a copy of the learner's cluster. */
export const eventSchema = z.union(
  [
    z.strictObject({ delete: z.enum(['one-pod', 'every-pod']) }),
    /** Every Pod, one after another, each replaced before the next one goes. */
    z.strictObject({ replace: z.literal('every-pod') }),
    z.strictObject({ scale: z.number().int().min(0) }),
    z.strictObject({ wait: durationSchema }),
    /** The container's process moves to another port; the name of its port stays. */
    z.strictObject({ movePort: z.strictObject({ to: z.number().int(), name: z.string().optional() }) }),
    /** The machine under one of the Pods is switched off, or one by name. */
    z.strictObject({ loseNode: z.string() }),
    /** A Pod with nearly the same labels, which listens on the same port. */
    z.strictObject({
      decoy: z.strictObject({
        labels: z.record(z.string(), z.string()),
        port: z.number().int(),
        name: z.string().default('decoy'),
      }),
    }),
    z.strictObject({ rollOut: z.strictObject({ image: z.string(), container: z.string().optional() }) }),
    z.strictObject({ partition: z.strictObject({ from: place, to: place }) }),
    z.strictObject({
      stop: z.union([
        z.literal('dns'),
        z.strictObject({ kubeProxy: z.string() }),
        z.strictObject({ kubelet: z.string() }),
      ]),
    }),
    /** Everything that was broken is mended. */
    z.strictObject({ heal: z.literal(true) }),
    z.strictObject({
      patch: z.strictObject({
        resource: resourceSchema,
        name: z.string(),
        merge: z.record(z.string(), z.unknown()),
      }),
    }),
    /** Objects are created. */
    z.strictObject({ create: z.array(z.looseObject({ apiVersion: z.string(), kind: z.string() })).min(1) }),
    /** A script on the admin machine of the copy. */
    z.strictObject({ run: z.string() }),
  ],
  {
    error:
      'must be one of delete: one-pod | every-pod; replace: every-pod; scale: N; wait: 30s; movePort: { to }; loseNode: of-a-pod | NAME; decoy: { labels, port }; rollOut: { image }; partition: { from, to }; stop: dns | { kubeProxy } | { kubelet }; heal: true; patch: { resource, name, merge }; create: […]; run: SCRIPT',
  },
);

/** One thing that happens. */
export type ScenarioEvent = z.infer<typeof eventSchema>;

/** "after every Pod was deleted": for reasons. */
export function eventWords(event: ScenarioEvent): string {
  if ('delete' in event) return event.delete === 'one-pod' ? 'one Pod was deleted' : 'every Pod was deleted';
  if ('replace' in event) return 'every Pod was replaced, one after another';
  if ('scale' in event) return `it was scaled to ${event.scale}`;
  if ('wait' in event) return `${event.wait} went by`;
  if ('movePort' in event) return 'the container moved to another port';
  if ('loseNode' in event) return 'a node was lost';
  if ('decoy' in event) return 'a Pod of another application came';
  if ('rollOut' in event) return `image ${event.rollOut.image} was rolled out`;
  if ('partition' in event) return 'the network was cut in two';
  if ('stop' in event) return event.stop === 'dns' ? 'CoreDNS was stopped' : 'a part of a node was stopped';
  if ('heal' in event) return 'everything was mended';
  if ('patch' in event) return `${event.patch.resource} ${event.patch.name} was changed`;
  if ('create' in event) return 'other objects came';
  return 'a script had run';
}
