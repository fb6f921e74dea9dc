import { describe, expect, it } from 'vitest';
import { conflict, type KubeObject, type Stored, type View } from '../../api';
import { createRandom } from '../../base';
import type { Action, Api, Change, Controller, Store } from '../seams';
import { createLedger, createLoop, type Loop, type LoopWorld } from './index';

const object = (name: string): Stored =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: '' },
  }) as Stored;

interface World extends LoopWorld {
  change(name: string): void;
  readonly calls: string[];
  refuse: boolean;
}

function world(now: () => number): World {
  const listeners = new Set<(change: Change) => void>();
  const calls: string[] = [];
  const events = new Map<string, KubeObject>();
  const made: World = {
    calls,
    refuse: false,
    view: {
      get: (_resource: string, _namespace: string, name: string) => events.get(name),
    } as unknown as View,
    random: createRandom(1),
    clock: now,
    store: {
      listen(listener: (change: Change) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    } as unknown as Store,
    actAs: ({ user }) =>
      ({
        create: (_ref: unknown, _namespace: string, created: KubeObject) => {
          if (created.kind === 'Event') {
            events.set(created.metadata.name ?? '', created);
            calls.push(`${now()} event ${(created as unknown as { message: string }).message}`);
            return;
          }
          calls.push(`${now()} ${user} create ${created.metadata.name}`);
          if (made.refuse) throw conflict('pods', '', created.metadata.name ?? '', 'no');
        },
        patch: (_ref: unknown, _namespace: string, name: string, _type: string, body: object) => {
          events.set(name, { ...events.get(name), ...body } as KubeObject);
          calls.push(`${now()} count ${(body as { count: number }).count}`);
        },
      }) as unknown as Api,
    change(name) {
      for (const listener of listeners) {
        listener({ revision: 1, key: `/pods/default/${name}`, object: object(name), previous: undefined });
      }
    },
  };
  return made;
}

const create = (name: string): Action => ({
  verb: 'create',
  ref: { group: '', version: 'v1', resource: 'pods' },
  object: object(name),
});

const maker: Controller = {
  name: 'maker',
  watches: [{ resource: 'pods', keys: (changed) => (changed ? [changed.metadata.name] : []) }],
  reconcile: (_view, key) => ({ actions: [create(key)] }),
  refused: (_view, key) => [
    { verb: 'event', about: object(key), type: 'Warning', reason: 'Failed', message: `no ${key}` },
  ],
};

function setup(): { readonly loop: Loop; readonly world: World; go(to: number): void } {
  let now = 0;
  const made = world(() => now);
  const loop = createLoop({ ...made, controllers: [maker] });
  const go = (to: number): void => {
    for (let due = loop.nextDue(); due !== undefined && due <= to; due = loop.nextDue()) {
      now = due;
      loop.runDue(due);
    }
    now = to;
  };
  return { loop, world: made, go };
}

const USER = 'system:serviceaccount:kube-system:maker';

describe('loop', () => {
  it('[LO1] a key changed twice is looked at once, in order of arrival', () => {
    const { loop, world: made, go } = setup();
    made.change('b');
    made.change('a');
    made.change('b');
    expect(loop.nextDue()).toBe(10);
    go(100);
    expect(made.calls).toEqual([`10 ${USER} create b`, `10 ${USER} create a`]);
    expect(loop.nextDue()).toBeUndefined();
  });

  it('[LO2] [LO3] [LO4] a refused key comes back later and later; its event counts up', () => {
    const { world: made, go } = setup();
    made.refuse = true;
    made.change('a');
    go(60);
    expect(made.calls).toEqual([
      `10 ${USER} create a`,
      '10 event no a',
      `15 ${USER} create a`,
      '15 count 2',
      `25 ${USER} create a`,
      '25 count 3',
      `45 ${USER} create a`,
      '45 count 4',
    ]);
    made.refuse = false;
    go(1000);
    expect(made.calls.at(-1)).toBe(`85 ${USER} create a`);
  });

  it('[LO8] changes gather while a plan takes time', () => {
    let now = 0;
    const made = world(() => now);
    const slow: Controller = { ...maker, reconcile: (_, key) => ({ actions: [create(key)], takesMs: 100 }) };
    const loop = createLoop({ ...made, controllers: [slow] });
    const go = (to: number) => {
      for (let due = loop.nextDue(); due !== undefined && due <= to; due = loop.nextDue()) {
        now = due;
        loop.runDue(now);
      }
      now = to;
    };
    made.change('a');
    go(30);
    for (const time of [30, 60, 90]) {
      go(time);
      made.change('a');
    }
    const restored = createLoop({ ...made, controllers: [slow], restore: loop.snapshot() });
    expect(restored.nextDue()).toBe(110);
    go(500);
    made.change('a');
    go(600);
    expect(made.calls.map((call) => call.split(' ')[0])).toEqual(['10', '110', '510']);
  });

  it('[LO5] forks go their own way, ten thousand of them for little', () => {
    const ledger = createLedger();
    for (let i = 0; i < 100; i += 1) ledger.add('c', `k${i}`, i);
    const started = performance.now();
    const forks = Array.from({ length: 10_000 }, () => ledger.fork());
    expect(performance.now() - started).toBeLessThan(500);
    forks[0]?.add('c', 'first', -1);
    ledger.add('c', 'other', -2);
    expect([forks[0]?.first()?.key, forks[1]?.first()?.key, ledger.first()?.key]).toEqual([
      'first',
      'k0',
      'other',
    ]);
  });

  it('[LO6] a restored ledger is the same ledger', () => {
    const ledger = createLedger();
    ledger.add('c', 'b', 5);
    ledger.add('c', 'a', 5);
    ledger.setFailures('c', 'a', 3);
    ledger.setEvent('e', 'x');
    const text = JSON.stringify(ledger.snapshot());
    const again = createLedger(JSON.parse(text));
    expect(JSON.stringify(again.snapshot())).toBe(text);
    expect([again.first()?.key, again.failures('c', 'a'), again.event('e')]).toEqual(['b', 3, 'x']);
  });
});
