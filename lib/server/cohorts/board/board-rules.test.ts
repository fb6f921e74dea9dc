import { describe, expect, it } from 'vitest';
import {
  AWAY_AFTER_MS,
  type BoardAttempt,
  groupsOf,
  SILENT_AFTER_MS,
  standOf,
  type Trail,
} from './board-state';
import { meaningOf, sameWords } from './meaning';

describe('[C20] reasons that mean the same', () => {
  it.each([
    [
      'names that the lab drew',
      ['Service shop-web selects app=shop', { svc: 'shop-web', app: 'shop' }],
      ['Service kiosk selects app=till', { svc: 'kiosk', app: 'till' }],
    ],
    ['addresses', ['10.244.1.4 refuses', {}], ['10.96.0.17 refuses', {}]],
    ['ports', ['they listen on 8080', {}], ['they listen on 80', {}]],
    [
      'Pods of a Deployment',
      ['Pod web-7c9f8d7b5c-x2lkp is not ready', {}],
      ['Pod web-6bdf4c9d88-9qwzt is not ready', {}],
    ],
    ['what was typed', ['There is no port named "htp"', {}], ['There is no port named "webb"', {}]],
  ] as const)('%s', (_title, [a, of], [b, by]) => expect(sameWords(a, of)).toBe(sameWords(b, by)));

  it.each([
    ['another field', 'spec.selector is wrong', 'spec.ports is wrong'],
    ['another kind', 'There is no Service "a"', 'There is no Pod "a"'],
  ])('but not %s', (_title, a, b) => expect(sameWords(a, {})).not.toBe(sameWords(b, {})));

  it('does not take a value out of the middle of a word', () =>
    expect(sameWords('webapp and web', { app: 'web' })).toBe('webapp and {app}'));

  it('tells requests apart by where they stopped', () => {
    const verdict = (effect: string) =>
      meaningOf(
        {
          task: 't',
          check: 'c',
          outcome: 'not-met',
          reason: 'No answer.',
          trace: [{ at: 'node', rule: '', effect }],
        },
        {},
      )?.says;
    expect(verdict('refused by 10.0.0.1')).toBe(verdict('refused by 10.0.0.2'));
    expect(verdict('refused by 10.0.0.1')).not.toBe(verdict('dropped'));
  });
});

const NOW = 10_000_000_000;
const lack = (says: string) => ({ task: 'reach', check: 'answers', says, reason: `${says} really` });
const attempt = (says: string | undefined, passed = false): BoardAttempt => ({
  at: NOW,
  passed,
  met: ['pods'],
  lacks: says === undefined ? [] : [lack(says)],
});
const trail = (changes: Partial<Trail> = {}): Trail => ({
  attempts: [],
  begun: true,
  lastInputAt: NOW - 1_000,
  resets: 0,
  hand: false,
  ...changes,
});

describe('[C21] how a learner stands', () => {
  it.each<[string, Trail, string, readonly string[]]>([
    ['nothing opened', trail({ begun: false, lastInputAt: undefined }), 'not begun', []],
    ['typing', trail(), 'working', []],
    [
      'passed once, whatever came after',
      trail({ attempts: [attempt(undefined, true), attempt('x')] }),
      'done',
      [],
    ],
    ['twice the same', trail({ attempts: [attempt('a'), attempt('a')] }), 'working', []],
    [
      'three times the same',
      trail({ attempts: [attempt('a'), attempt('a'), attempt('a')] }),
      'stuck',
      ['same verdict 3 times'],
    ],
    [
      'the same, but not in a row',
      trail({ attempts: [attempt('a'), attempt('b'), attempt('a')] }),
      'working',
      [],
    ],
    ['silent', trail({ lastInputAt: NOW - SILENT_AFTER_MS }), 'stuck', ['silent for 5 min']],
    ['gone', trail({ lastInputAt: NOW - AWAY_AFTER_MS }), 'away', []],
    ['many resets', trail({ resets: 3 }), 'stuck', ['3 resets']],
    [
      'a raised hand, even when away',
      trail({ hand: true, lastInputAt: NOW - AWAY_AFTER_MS }),
      'stuck',
      ['hand raised'],
    ],
  ])('%s', (_title, of, state, why) => {
    const stand = standOf(of, NOW);
    expect([stand.state, stand.why]).toEqual([state, why]);
  });

  it('a raised hand needs more than a repeated verdict', () => {
    const repeated = standOf(trail({ attempts: [attempt('a'), attempt('a'), attempt('a')] }), NOW);
    expect(standOf(trail({ hand: true }), NOW).needs).toBeGreaterThan(repeated.needs);
  });
});

describe('[C22] groups', () => {
  it('are by meaning, the largest first, with an example and without those who are done', () => {
    const stand = (attempts: readonly BoardAttempt[]) => standOf(trail({ attempts }), NOW);
    const stands = [
      { id: 'ada', stand: stand([attempt('port')]) },
      { id: 'bob', stand: stand([attempt('selector')]) },
      { id: 'cyd', stand: stand([attempt('selector')]) },
      { id: 'dan', stand: stand([attempt('selector', true)]) },
    ];
    expect(groupsOf(stands)).toMatchObject([
      { says: 'selector', learners: ['bob', 'cyd'], example: 'selector really' },
      { says: 'port', learners: ['ada'] },
    ]);
  });
});
