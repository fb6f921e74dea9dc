import { describe, expect, it } from 'vitest';
import type { Client, KubeObject } from '../api';
import { inProcess, ref } from './in-process.test-support';
import { createHandler } from './index';
import type { Timers } from './verbs/call';

const services = ref('services');
const service = (name: string, labels: Record<string, string> = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: { ports: [{ port: 80 }] },
  }) as KubeObject;

/** Wall time that stands still until it is moved; what is due at once runs in the next turn. */
function createWall() {
  let now = 0;
  let waiting: readonly { readonly at: number; readonly run: () => void }[] = [];
  const timers: Timers = {
    after(ms, run) {
      if (ms === 0) {
        const timer = setTimeout(run, 0);
        return () => clearTimeout(timer);
      }
      const entry = { at: now + ms, run };
      waiting = [...waiting, entry];
      return () => {
        waiting = waiting.filter((each) => each !== entry);
      };
    },
  };
  return {
    timers,
    pass(seconds: number) {
      now += seconds * 1000;
      const due = waiting.filter((each) => each.at <= now);
      waiting = waiting.filter((each) => each.at > now);
      for (const each of due) each.run();
    },
    get waiting() {
      return waiting.length;
    },
  };
}

interface Line {
  readonly type: string;
  readonly object: KubeObject & { readonly code?: number; readonly rows?: readonly unknown[] };
}

async function watch(client: Client, query: string, accept = 'application/json') {
  const wall = createWall();
  const gone = new AbortController();
  const request = new Request(`http://c/api/v1/namespaces/default/services?watch=1&${query}`, {
    headers: { accept },
    signal: gone.signal,
  });
  const response = await createHandler(() => client, wall.timers)(request);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  /** The next event; undefined at the end. */
  const next = async (): Promise<Line | undefined> => {
    while (!text.includes('\n')) {
      const piece = await reader?.read();
      if (!piece || piece.done) return undefined;
      text += decoder.decode(piece.value, { stream: true });
    }
    const line = text.slice(0, text.indexOf('\n'));
    text = text.slice(line.length + 1);
    return JSON.parse(line);
  };
  const told = async () => {
    const event = await next();
    return event && `${event.type} ${event.object.metadata.name ?? ''}`.trim();
  };
  return { response, wall, next, told, gone };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('[H3] watches', () => {
  it('without a version begin with what is there, and a bookmark at its end for who takes bookmarks', async () => {
    const client = inProcess();
    await client.create(services, 'default', service('a'));
    const { next, told } = await watch(client, 'allowWatchBookmarks=true');
    expect(await told()).toBe('ADDED a');
    expect((await next())?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    await client.create(services, 'default', service('b'));
    expect(await told()).toBe('ADDED b');
  });

  it('without initial events begin now', async () => {
    const client = inProcess();
    await client.create(services, 'default', service('a'));
    const { told } = await watch(client, 'sendInitialEvents=false&resourceVersionMatch=NotOlderThan');
    await client.create(services, 'default', service('b'));
    expect(await told()).toBe('ADDED b');
  });

  it('send their headers before anything happens, and end when their time is over', async () => {
    const client = inProcess();
    const { response, wall, told } = await watch(client, 'timeoutSeconds=7');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    wall.pass(6);
    await client.create(services, 'default', service('a'));
    expect(await told()).toBe('ADDED a');
    wall.pass(1);
    expect(await told()).toBeUndefined();
    expect(wall.waiting).toBe(0);
  });

  it('of no length end within the hour', async () => {
    const { wall, told } = await watch(inProcess(), '');
    wall.pass(29 * 60);
    expect(wall.waiting).toBe(1);
    wall.pass(31 * 60);
    expect(await told()).toBeUndefined();
  });

  it('stop when their client has gone, and let go of their timers', async () => {
    const client = inProcess();
    const { wall, told, gone } = await watch(client, 'allowWatchBookmarks=true');
    expect(await told()).toBe('BOOKMARK');
    gone.abort();
    expect(await told()).toBeUndefined();
    await turn();
    expect(wall.waiting).toBe(0);
  });

  it('tell after every quiet minute how far they have come', async () => {
    const client = inProcess();
    await client.create(services, 'default', service('a'));
    const { wall, next, told } = await watch(client, 'allowWatchBookmarks=true&resourceVersion=1');
    expect((await next())?.type).toBe('ADDED');
    await turn();
    wall.pass(60);
    const bookmark = await next();
    const { metadata } = await client.list(services, 'default');
    expect(bookmark).toEqual({
      type: 'BOOKMARK',
      object: { apiVersion: 'v1', kind: 'Service', metadata: { resourceVersion: metadata.resourceVersion } },
    });
    await turn();
    wall.pass(60);
    await client.create(services, 'default', service('busy'));
    expect(await told()).toBe('ADDED busy');
  });

  it('from before the log get 410 as an event, and end', async () => {
    const client = inProcess();
    await client.create(services, 'default', service('a'));
    for (let count = 0; count < 1_100; count += 1)
      await client.patch(services, 'default', 'a', 'merge', {
        metadata: { labels: { count: String(count) } },
      });
    const late = await watch(client, 'resourceVersion=1');
    expect(late.response.status).toBe(200);
    expect(await late.next()).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        reason: 'Expired',
        code: 410,
        message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/),
      },
    });
    expect(await late.next()).toBeUndefined();
  });

  it('follow one object by its name, and a selection as objects come and go', async () => {
    const client = inProcess();
    const one = await watch(client, 'fieldSelector=metadata.name%3Dweb');
    const some = await watch(client, 'labelSelector=tier%3Dback');
    await client.create(services, 'default', service('other'));
    await client.create(services, 'default', service('web'));
    await client.patch(services, 'default', 'web', 'merge', { metadata: { labels: { tier: 'back' } } });
    await client.patch(services, 'default', 'web', 'merge', { metadata: { labels: { tier: 'front' } } });
    expect([await one.told(), await one.told(), await one.told()]).toEqual([
      'ADDED web',
      'MODIFIED web',
      'MODIFIED web',
    ]);
    expect([await some.told(), await some.told()]).toEqual(['ADDED web', 'DELETED web']);
  });

  it('of tables name columns once, with as much of each object as is asked for', async () => {
    const client = inProcess();
    await client.create(services, 'default', service('a'));
    await client.create(services, 'default', service('b'));
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const plain = await watch(client, '', accept);
    const [first, second] = [await plain.next(), await plain.next()];
    expect(first?.object).toMatchObject({
      kind: 'Table',
      rows: [{ object: { kind: 'PartialObjectMetadata' } }],
    });
    expect(second?.object).toMatchObject({ columnDefinitions: [] });
    const bare = await watch(client, 'includeObject=None&allowWatchBookmarks=true', accept);
    expect((await bare.next())?.object.rows).toMatchObject([{ object: null }]);
    await bare.next();
    expect((await bare.next())?.object.rows).toMatchObject([
      { object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } } },
    ]);
  });

  it('of metadata alone', async () => {
    const client = inProcess();
    await client.create(services, 'default', service('a'));
    const { next } = await watch(client, '', 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io');
    expect(await next()).toMatchObject({
      type: 'ADDED',
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' } },
    });
  });
});
