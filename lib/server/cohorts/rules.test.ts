import { describe, expect, it } from 'vitest';
import { type LateRule, lateFactor, lateRuleWords } from './assignments/late-rule';
import { ownDue } from './assignments/own-due';
import { type SolutionPolicy, solutionLock } from './assignments/policies';
import { gradebookCsv } from './grades/gradebook-csv';
import { resultOf } from './grades/result';
import { byName } from './people/by-name';
import { newCode, readCode } from './people/codes';
import { readRoster } from './people/read-roster';
import { type CohortAction, may, type Role } from './people/roles';
import { isTimeZone, localTime, readLocalTime } from './time-zone';

const DAY = 24 * 3_600_000;
const DUE = Date.UTC(2026, 10, 27, 22, 59);

describe('[C1] roles', () => {
  it.each<[Role, CohortAction, boolean]>([
    ['learner', 'see', true],
    ['learner', 'help', false],
    ['learner', 'grade', false],
    ['learner', 'manage', false],
    ['assistant', 'see', true],
    ['assistant', 'help', true],
    ['assistant', 'grade', false],
    ['assistant', 'manage', false],
    ['instructor', 'help', true],
    ['instructor', 'grade', true],
    ['instructor', 'manage', true],
  ])('%s may %s: %s', (role, action, allowed) => expect(may(role, action)).toBe(allowed));
});

describe('[C2] late work', () => {
  const perDay: LateRule = { kind: 'per-day', percent: 10, atLeast: 50 };
  it.each<[string, LateRule, number, number]>([
    ['a moment before', { kind: 'nothing' }, -1, 1],
    ['at the deadline', { kind: 'nothing' }, 0, 1],
    ['a moment after, nothing', { kind: 'nothing' }, 1, 0],
    ['a week after, full', { kind: 'full' }, 7 * DAY, 1],
    ['a moment after, per day', perDay, 1, 0.9],
    ['a whole day after', perDay, DAY, 0.9],
    ['a moment into the second day', perDay, DAY + 1, 0.8],
    ['never below the floor', perDay, 30 * DAY, 0.5],
  ])('%s', (_title, rule, after, factor) => expect(lateFactor(rule, DUE, DUE + after)).toBe(factor));

  it('has no lateness without a deadline', () =>
    expect(lateFactor({ kind: 'nothing' }, undefined, DUE)).toBe(1));

  it('says the floor only where there is one', () => {
    expect(lateRuleWords(perDay)).toBe(
      'Late work counts 10 percent less for each day begun, down to 50 percent.',
    );
    expect(lateRuleWords({ ...perDay, atLeast: 0 })).toBe(
      'Late work counts 10 percent less for each day begun.',
    );
  });
});

describe('[C2a] an extension', () => {
  const [sooner, later] = [new Date(DUE - DAY), new Date(DUE + DAY)];
  it.each<[string, Date | undefined, Date | undefined, Date | undefined]>([
    ['gives time', new Date(DUE), later, later],
    ['takes none away when the class is given more afterwards', new Date(DUE), sooner, new Date(DUE)],
    ['is no deadline where there is none any more', undefined, later, undefined],
    ['is not needed', new Date(DUE), undefined, new Date(DUE)],
  ])('%s', (_title, due, extended, own) => expect(ownDue(due, extended)).toEqual(own));
});

describe('[C37] the gradebook as CSV', () => {
  const line = { userId: 'u', email: '', reference: '', cells: [], total: 0 };
  const csv = (name: string, reference = '') =>
    gradebookCsv({ cohort: 'c', work: [], lines: [{ ...line, name, reference }], possible: 0 }).split(
      '\r\n',
    )[1];

  it.each([
    ['=1+1', `"'=1+1",,,0`],
    ['+1', `"'+1",,,0`],
    ['@SUM(A1)', `"'@SUM(A1)",,,0`],
    ['＝1+1', `"'＝1+1",,,0`],
    ['Ada "the first", Countess', '"Ada ""the first"", Countess",,,0'],
    ['Ada=1', 'Ada=1,,,0'],
    ['山田 太郎', '山田 太郎,,,0'],
  ])('no cell is a formula, none is two: %s', (name, expected) => expect(csv(name)).toBe(expected));

  it('is read as UTF-8 by a spreadsheet, and a reference that looks like a sum stays one', () => {
    const book = gradebookCsv({ cohort: 'c', work: [], lines: [], possible: 0 });
    expect(book.charCodeAt(0)).toBe(0xfeff);
    expect(csv('Ada', '-12')).toBe(`Ada,,"'-12",0`);
  });

  it('what was written can be read as a roster again, mark and all', () => {
    expect(readRoster('\uFEFFname,email\r\nZoe\u0301,\r\n')).toEqual([
      { name: 'Zo\u00e9', email: '', reference: '', role: 'learner' },
    ]);
  });

  it('names stand as people look for them', () => {
    const names = ['Zoe', 'ada', 'Ångström', 'Ada 10', 'Ada 9', 'Éva', 'Eve'].map((name) => ({ name }));
    expect(names.sort(byName).map(({ name }) => name)).toEqual([
      'ada',
      'Ada 9',
      'Ada 10',
      'Ångström',
      'Éva',
      'Eve',
      'Zoe',
    ]);
  });
});

describe('[C3] results', () => {
  const counting = {
    points: 10,
    dueAt: DUE,
    lateRule: { kind: 'per-day', percent: 30, atLeast: 0 },
  } as const;
  const attempt = (id: string, at: number, score: number) => ({
    id,
    at: DUE + at,
    score,
    passed: score === 1,
  });
  it.each([
    ['nothing tried', [], undefined, undefined, undefined],
    ['the best counts', [attempt('a', -9, 0.5), attempt('b', -8, 0.25)], 'a', 5, 5],
    ['of equal ones the earliest', [attempt('b', -1, 0.5), attempt('a', -9, 0.5)], 'a', 5, 5],
    ['late and whole beats half in time', [attempt('a', -1, 0.5), attempt('b', 1, 1)], 'b', 7, 7],
    ['half in time beats whole and very late', [attempt('a', -1, 0.5), attempt('b', 2 * DAY, 1)], 'a', 5, 5],
  ] as const)('%s', (_title, attempts, counts, earned, points) => {
    const found = resultOf([...attempts], counting);
    expect([found.attempt?.id, found.earned, found.points]).toEqual([counts, earned, points]);
  });

  it('an override stands beside what was earned, and without any attempt', () => {
    expect(resultOf([attempt('a', -1, 0.5)], { ...counting, override: 9 })).toMatchObject({
      earned: 5,
      points: 9,
    });
    expect(resultOf([], { ...counting, override: 3 })).toMatchObject({ earned: undefined, points: 3 });
  });
});

describe('[C4] solutions', () => {
  it.each<[SolutionPolicy, number | undefined, RegExp | undefined]>([
    ['lab', DUE, undefined],
    ['passed', DUE, undefined],
    ['never', DUE, /without the solutions/],
    ['due', undefined, /none is set/],
    ['due', DUE, /once the deadline/],
    ['due', DUE - 2, undefined],
  ])('%s, due %s', (policy, due, lock) => {
    const found = solutionLock(policy, due, DUE - 1);
    if (lock === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(lock);
  });
});

describe('[C5] rosters', () => {
  const plain = { email: '', reference: '', role: 'learner' };
  it.each([
    [
      'names alone',
      'Ada\nGrace Hopper\n',
      [
        { name: 'Ada', ...plain },
        { name: 'Grace Hopper', ...plain },
      ],
    ],
    [
      'a head in any order, semicolons',
      'Email;Name;Role\nADA@x.org;Lovelace, Ada;Assistant',
      [{ name: 'Lovelace, Ada', email: 'ada@x.org', reference: '', role: 'assistant' }],
    ],
    [
      'quotes, blank lines',
      'name,id\n\n"Lovelace, Ada",17\n\n',
      [{ ...plain, name: 'Lovelace, Ada', reference: '17' }],
    ],
    ['unknown columns', 'name,shoe size\nAda,38', [{ name: 'Ada', ...plain }]],
  ])('%s', (_title, text, people) => expect(readRoster(text)).toEqual(people));

  it.each([
    ['', 'The roster is empty'],
    ['name,email\nAda,nowhere', 'Line 2 of the roster: "nowhere" is no e-mail address'],
    [
      'name,role\nAda,boss',
      'Line 2 of the roster: "boss" is no role; there are learner, assistant, instructor',
    ],
    ['name,email\n,a@b.c', 'Line 2 of the roster: there is no name'],
  ])('refuses %j', (text, why) => expect(() => readRoster(text)).toThrow(why));
});

describe('[C6] times', () => {
  it.each([
    ['2026-12-01T23:59', 'Europe/Berlin', '2026-12-01T22:59:00.000Z'],
    ['2026-07-01T23:59', 'Europe/Berlin', '2026-07-01T21:59:00.000Z'],
    ['2026-12-01T23:59', 'America/Los_Angeles', '2026-12-02T07:59:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ])('%s in %s', (text, zone, iso) => expect(readLocalTime(text, zone)?.toISOString()).toBe(iso));

  it('comes back as it was entered', () => {
    const at = readLocalTime('2026-12-01T23:59', 'Asia/Kathmandu');
    expect(localTime(at, 'Asia/Kathmandu')).toBe('2026-12-01T23:59');
  });

  it('refuses what is no time', () => expect(() => readLocalTime('soon', 'UTC')).toThrow('not a date'));
});

describe('[C7] codes', () => {
  it('are read however they are typed', () => {
    const code = newCode();
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect(readCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(code);
  });
});

it.each([
  ['Europe/Berlin', true],
  ['Asia/Kolkata', true],
  ['Asia/Calcutta', true],
  ['UTC', true],
  ['+05:30', false],
  ['Mars/Base', false],
  ['', false],
])('[C6] a time zone goes by whichever of its names a browser gives: %s', (name, known) =>
  expect(isTimeZone(name)).toBe(known),
);
