import { describe, expect, it } from 'vitest';
import { ACTIONS, type Action, type Asker, decide, type Facts } from './decide';

const person = (...roles: Asker['roles']): Asker => ({ id: 'me', isGuest: false, roles });
const ASKERS = {
  nobody: undefined,
  guest: { id: 'me', isGuest: true, roles: [] },
  learner: person(),
  author: person('author'),
  teacher: person('instructor'),
  administrator: person('administrator'),
} as const satisfies Readonly<Record<string, Asker | undefined>>;
type Name = keyof typeof ASKERS;
const ALL = Object.keys(ASKERS) as readonly Name[];

const SIGNED_IN: readonly Name[] = ['learner', 'author', 'teacher', 'administrator'];
const OWN: Facts = { ownerId: 'me' };

/** Who may do what, with which facts; everybody who is not named may not. */
const TABLE: readonly (readonly [Action, Facts, readonly Name[]])[] = [
  ['page.read', {}, ALL],
  ['lab.work', {}, ['guest', ...SIGNED_IN]],
  ['workspace.use', OWN, ['guest', ...SIGNED_IN]],
  ['workspace.use', { ownerId: 'another' }, []],
  ['workspace.use', {}, []],
  // Whoever teaches looks at a fork, never at the thing itself.
  ['workspace.use', { ownerId: 'another', cohortRole: 'instructor' }, []],
  ['workspace.fork', { cohortRole: 'assistant' }, SIGNED_IN],
  ['workspace.fork', { cohortRole: 'instructor' }, SIGNED_IN],
  ['workspace.fork', { cohortRole: 'learner' }, ['administrator']],
  ['workspace.fork', OWN, ['administrator']],
  ['workspace.follow', { cohortRole: 'assistant', consented: true }, SIGNED_IN],
  ['workspace.follow', { cohortRole: 'assistant', consented: false }, []],
  ['workspace.follow', { cohortRole: 'learner', consented: true }, ['administrator']],
  ['account.manage', {}, SIGNED_IN],
  ['lab.author', {}, ['author']],
  ['cohort.create', {}, ['teacher', 'administrator']],
  ['cohort.join', {}, SIGNED_IN],
  ['cohort.see', {}, ['administrator']],
  ['cohort.see', { cohortRole: 'learner' }, SIGNED_IN],
  ['cohort.assist', { cohortRole: 'learner' }, ['administrator']],
  ['cohort.assist', { cohortRole: 'assistant' }, SIGNED_IN],
  ['cohort.lead', { cohortRole: 'assistant' }, ['administrator']],
  ['cohort.lead', { cohortRole: 'instructor' }, SIGNED_IN],
  ['place.run', {}, ['administrator']],
];

describe('decide', () => {
  it.each(TABLE)('[V13] %s with %o: %s', (action, facts, allowed) => {
    const found = ALL.filter((name) => decide(ASKERS[name], action, facts).allowed);
    expect(found).toEqual(ALL.filter((name) => allowed.includes(name)));
  });

  it('[V13] every action is in this table', () => {
    expect(ACTIONS.filter((action) => !TABLE.some(([each]) => each === action))).toEqual([]);
  });

  it.each<[Action, Name, Facts, string]>([
    ['account.manage', 'nobody', {}, 'nobody'],
    ['account.manage', 'guest', {}, 'guest'],
    ['workspace.use', 'learner', { ownerId: 'another' }, 'not-yours'],
    ['cohort.assist', 'learner', {}, 'not-yours'],
    ['cohort.assist', 'learner', { cohortRole: 'learner' }, 'role'],
    ['place.run', 'learner', {}, 'role'],
  ])('[V13] %s is refused to a %s with %o because: %s', (action, name, facts, because) => {
    expect(decide(ASKERS[name], action, facts)).toEqual({ allowed: false, because });
  });
});
