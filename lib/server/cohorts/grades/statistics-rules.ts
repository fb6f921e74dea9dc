import type { BoardAttempt } from '../board/board-state';
import { meaningKey } from '../board/meaning';
import type { TaskStatistics } from './grade-views';

/** One learner's attempts at an assignment, oldest first, and when they typed. */
export interface LearnerLog {
  readonly attempts: readonly BoardAttempt[];
  /** Wall-clock ms of every input, oldest first. */
  readonly inputs: readonly number[];
}

/** Whoever types nothing for so long does something else. */
const PAUSE_MS = 10 * 60_000;
const MINUTE_MS = 60_000;
/** Verdicts that are told of a task. */
const TOLD_VERDICTS = 5;

/** How many learners needed how many attempts; those who never got there are not counted. */
export function attemptsUntil(
  logs: readonly LearnerLog[],
  done: (attempt: BoardAttempt) => boolean,
): readonly { readonly count: number; readonly learners: number }[] {
  const counts = new Map<number, number>();
  for (const { attempts } of logs) {
    const place = attempts.findIndex(done);
    if (place >= 0) counts.set(place + 1, (counts.get(place + 1) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([count, learners]) => ({ count, learners }));
}

/** Minutes at work until the first attempt that passed, without long pauses; undefined when none did. */
export function minutesUntilPassed({ attempts, inputs }: LearnerLog): number | undefined {
  const passed = attempts.find((attempt) => attempt.passed);
  if (passed === undefined) return undefined;
  const times = [...inputs.filter((at) => at <= passed.at), passed.at];
  const ms = times.slice(1).reduce((sum, at, index) => {
    const gap = at - (times[index] ?? at);
    return sum + (gap > PAUSE_MS ? 0 : gap);
  }, 0);
  return Math.round((ms / MINUTE_MS) * 10) / 10;
}

/** One task over all learners. */
export function taskStatistics(
  task: { readonly id: string; readonly title: string },
  logs: readonly LearnerLog[],
): TaskStatistics {
  const met = (attempt: BoardAttempt) => attempt.met.includes(task.id);
  const verdicts = new Map<string, { check: string; example: string; times: number; who: Set<number> }>();
  for (const [who, { attempts }] of logs.entries()) {
    for (const lack of attempts.flatMap(({ lacks }) => lacks).filter((each) => each.task === task.id)) {
      const key = meaningKey(lack);
      const known = verdicts.get(key) ?? {
        check: lack.check,
        example: lack.reason,
        times: 0,
        who: new Set(),
      };
      verdicts.set(key, { ...known, times: known.times + 1, who: known.who.add(who) });
    }
  }
  return {
    ...task,
    met: logs.filter(({ attempts }) => attempts.some(met)).length,
    attempts: attemptsUntil(logs, met),
    verdicts: [...verdicts.values()]
      .map(({ who, ...rest }) => ({ ...rest, learners: who.size }))
      .sort((a, b) => b.learners - a.learners || b.times - a.times)
      .slice(0, TOLD_VERDICTS),
  };
}
