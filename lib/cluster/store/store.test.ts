import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api';
import { createStore, restoreStore, WATCH_LOG_LIMIT } from './index';

const pod = (name: string, labels: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels },
});
const key = (name: string) => `/pods/default/${name}`;

describe('store', () => {
  it('[ST1] every write takes the next revision, which becomes the resourceVersion', () => {
    const store = createStore({ revision: 41, freeze: true });
    expect(store.put(key('a'), pod('a')).metadata.resourceVersion).toBe('42');
    expect(store.delete(key('a'))?.metadata.resourceVersion).toBe('43');
    expect(store.delete(key('a'))).toBeUndefined();
    expect(store.revision).toBe(43);
  });

  it('[ST2] lists in key order, by prefix, limit and start', () => {
    const store = createStore();
    for (const name of ['c', 'a', 'b']) store.put(key(name), pod(name));
    store.put('/podtemplates/default/x', pod('x'));
    const names = (options?: { limit?: number; after?: string }) =>
      store.list('/pods/', options).map((each) => each.metadata.name);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(names({ limit: 2 })).toEqual(['a', 'b']);
    expect(names({ after: key('a') })).toEqual(['b', 'c']);
    expect(names({ after: key('aa'), limit: 1 })).toEqual(['b']);
    expect(store.count('/pods/')).toBe(3);
  });

  it('[ST3] a fork goes its own way in both directions, and listeners and log stay behind', () => {
    const store = createStore();
    store.put(key('a'), pod('a'));
    const heard: string[] = [];
    store.listen((change) => heard.push(change.key));
    const fork = store.fork();
    fork.put(key('b'), pod('b'));
    store.delete(key('a'));
    expect(fork.list('/pods/').length).toBe(2);
    expect(store.list('/pods/').length).toBe(0);
    expect(heard).toEqual([key('a')]);
    expect(fork.since(0, '/pods/')).toBeUndefined();
    expect(fork.since(1, '/pods/')?.map((each) => each.revision)).toEqual([2]);
  });

  it('[ST4] the log is bounded, and says so', () => {
    const store = createStore();
    for (let i = 0; i < WATCH_LOG_LIMIT + 5; i += 1) store.put(key('a'), pod('a'));
    expect(store.since(4, '/pods/')).toBeUndefined();
    expect(store.since(5, '/pods/')?.length).toBe(WATCH_LOG_LIMIT);
  });

  it('[ST5] restore(snapshot) is the same store with an empty log', () => {
    const store = createStore({ revision: 7 });
    store.put(key('a'), pod('a', { app: 'x' }));
    const text = JSON.stringify(store.snapshot());
    const again = restoreStore(JSON.parse(text));
    expect(JSON.stringify(again.snapshot())).toBe(text);
    expect(again.get(key('a'))).toEqual(store.get(key('a')));
    expect(again.since(7, '')).toBeUndefined();
    expect(again.since(8, '')).toEqual([]);
  });

  it('[ST6] frozen when asked: a mutation throws where it happens', () => {
    const store = createStore({ freeze: true });
    const stored = store.put(key('a'), pod('a', { app: 'x' }));
    expect(() => Object.assign(stored.metadata.labels ?? {}, { app: 'y' })).toThrow();
  });

  it('[ST7] ten thousand forks cost next to nothing', () => {
    const store = createStore();
    for (let i = 0; i < 200; i += 1) store.put(key(`p${i}`), pod(`p${i}`));
    const started = performance.now();
    const forks = Array.from({ length: 10_000 }, () => store.fork());
    expect(performance.now() - started).toBeLessThan(1000);
    forks[0]?.put(key('new'), pod('new'));
    expect(forks[1]?.get(key('new'))).toBeUndefined();
  });
});
