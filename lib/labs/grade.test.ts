import { describe, expect, it } from 'vitest';
import { earnedBy, grade, isTriggered, passed, scoreOf } from './grade';
import type { Evidence, Task, Verdict } from './seams';

const quiz = (question: string) => ({
  name: question,
  type: 'quiz',
  fields: { question, answer: 'a', because: {} },
});
const task = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  title: id,
  text: id,
  judged: 'hold',
  live: false,
  needs: [],
  weight: 1,
  checks: [quiz(id)],
  ...more,
});
/** An evidence of which only files are asked. */
const answers = (given: Readonly<Record<string, string>>): Evidence =>
  ({ file: (path: string) => given[path.replace(/^answers\/|\.txt$/g, '')] }) as unknown as Evidence;

describe('grading', () => {
  it('[G2] shows the first check that is not met and asks no later one', async () => {
    const lab = { tasks: [task('one', { checks: [quiz('x'), quiz('y'), quiz('z')] })] };
    const verdicts = await grade(lab, answers({ x: 'a', y: 'b' }));
    expect(verdicts.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual(['x met', 'y not-met']);
    expect(passed(lab, verdicts)).toBe(false);
  });

  it('[G9] does not judge a task whose needs are not met', async () => {
    const lab = { tasks: [task('one'), task('two', { needs: ['one'], weight: 3 })] };
    const before = await grade(lab, answers({ two: 'a' }));
    expect(before.map((verdict) => verdict.task)).toEqual(['one']);
    const after = await grade(lab, answers({ one: 'a', two: 'a' }));
    expect(passed(lab, after)).toBe(true);
    expect(scoreOf(lab, await grade(lab, answers({ one: 'a' })))).toBe(0.25);
  });

  it('[G9] keeps a latching task met once it was, and no other', async () => {
    const lab = { tasks: [task('one', { judged: 'latch' }), task('two')] };
    const earned = new Set(earnedBy(lab, await grade(lab, answers({ one: 'a', two: 'a' }))));
    expect([...earned]).toEqual(['one']);
    const later = await grade(lab, answers({}), earned);
    expect(later.map(({ task: of, outcome }) => `${of} ${outcome}`)).toEqual(['one met', 'two not-met']);
  });

  it.each([
    [{ check: 'c', says: 'selects' }, true],
    [{ check: 'c', says: 'selects', stopsAt: 'KUBE-SERVICES' }, true],
    [{ check: 'c', stopsAt: 'nowhere' }, false],
    [{ check: 'd' }, false],
    [{ check: 'c', says: 'other' }, false],
  ])('[G11] a hint with %j is called for: %s', (when, called) => {
    const verdict: Verdict = {
      task: 't',
      check: 'c',
      outcome: 'not-met',
      reason: 'Service web selects app=x',
      trace: [{ at: 'node worker-1', rule: '-A KUBE-SERVICES …', effect: 'rejected' }],
    };
    expect(isTriggered({ task: 't', text: 'x', when }, [verdict])).toBe(called);
    expect(isTriggered({ task: 't', text: 'x', when }, [{ task: 't', check: 'c', outcome: 'met' }])).toBe(
      false,
    );
  });
});
