import type { Verdict } from '../../../labs';

/** What a verdict that is not met says, without what differs from learner to learner. */
export interface Meaning {
  readonly task: string;
  readonly check: string;
  /** The reason with a lab's drawn values by their names, and quoted things, addresses and numbers left out. */
  readonly says: string;
}

/** Values shorter than this would be found inside other words. */
const SHORTEST_VALUE = 2;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One text for all reasons that mean the same; `values` are those that this learner's lab drew. */
export function sameWords(reason: string, values: Readonly<Record<string, string>>): string {
  const drawn = Object.entries(values)
    .filter(([, value]) => value.length >= SHORTEST_VALUE)
    .sort(([, a], [, b]) => b.length - a.length);
  const named = drawn.reduce(
    (text, [name, value]) =>
      text.replace(new RegExp(`(?<![\\w.])${escaped(value)}(?![\\w])`, 'g'), () => `{${name}}`),
    reason,
  );
  return named
    .replace(/"[^"]*"|`[^`]*`|“[^”]*”/g, '“…”')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?\b/g, 'ADDRESS')
    .replace(
      /\b((?:[a-z][a-z0-9]*|\{\w+\})(?:-[a-z0-9]+)*?)-(?:[a-f0-9]{6,10}|[bcdfghjklmnpqrstvwxz2456789]{6,10})-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g,
      '$1-…',
    )
    .replace(/\d+/g, 'N')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a verdict means; the place where a request stopped is a part of it. Undefined for one that is met. */
export function meaningOf(verdict: Verdict, values: Readonly<Record<string, string>>): Meaning | undefined {
  if (verdict.outcome !== 'not-met') return undefined;
  const stop = verdict.trace?.at(-1);
  const ended = stop === undefined ? '' : ` [${sameWords(stop.effect, values)}]`;
  const { task, check } = verdict;
  return { task, check, says: `${sameWords(verdict.reason, values)}${ended}` };
}

/** A meaning as one text, to be looked up by. */
export const meaningKey = ({ task, check, says }: Meaning): string => `${task} ${check} ${says}`;
