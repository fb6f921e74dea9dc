import { z } from 'zod';

/** What work counts that comes after its deadline. */
export const lateRuleSchema = z.discriminatedUnion('kind', [
  /** As if it had come in time. */
  z.object({ kind: z.literal('full') }),
  /** Nothing. */
  z.object({ kind: z.literal('nothing') }),
  /** Less by `percent` for each day begun, but never below `atLeast` percent. */
  z.object({
    kind: z.literal('per-day'),
    percent: z.number().min(1).max(100),
    atLeast: z.number().min(0).max(100),
  }),
]);

/** What work counts that comes after its deadline. */
export type LateRule = z.infer<typeof lateRuleSchema>;

const DAY_MS = 24 * 3_600_000;

/** How much of its points work counts that came at `at`: 0 to 1. */
export function lateFactor(rule: LateRule, dueAt: number | undefined, at: number): number {
  if (dueAt === undefined || at <= dueAt || rule.kind === 'full') return 1;
  if (rule.kind === 'nothing') return 0;
  const days = Math.ceil((at - dueAt) / DAY_MS);
  return Math.max(rule.atLeast, 100 - days * rule.percent) / 100;
}

/** The rule in a sentence. */
export function lateRuleWords(rule: LateRule): string {
  if (rule.kind === 'full') return 'Late work counts in full.';
  if (rule.kind === 'nothing') return 'Late work does not count.';
  const floor = rule.atLeast > 0 ? `, down to ${rule.atLeast} percent` : '';
  return `Late work counts ${rule.percent} percent less for each day begun${floor}.`;
}
