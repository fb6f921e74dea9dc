import { describe, expect, it } from 'vitest';
import type { Client, KubeObject } from '../../api';
import { kinds } from '../../api/kinds';
import { createCancel, createRandom, NEVER } from '../../base';
import type { LogLine } from '../seams';
import { APISERVER, createApiServer } from '../server';
import { createStore } from '../store';
import { createClient } from './index';

const NOW = 1_790_000_000_000;
const ref = (resource: string) => ({ group: '', version: 'v1', resource });
const pods = ref('pods');

function newClient() {
  const server = createApiServer({
    store: createStore({ freeze: true }),
    kinds,
    clock: { now: () => NOW },
    random: createRandom(7),
    network: { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] },
  });
  const api = server.as(APISERVER);
  const lines: LogLine[] = [];
  const listeners = new Set<() => void>();
  const client: Client = createClient(api, {
    become: () => client,
    send: () => ({ kind: 'dropped' }),
    attach: ({ pod }, { stdout }) => (pod === 'web' ? stdout.write('heard\n') : undefined),
    exec: async ({ container, command }) => (container === 'c' && command[0] === 'true' ? 0 : 1),
    logs: {
      read: () => [...lines],
      onChange(_namespace, _pod, _container, listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    now: () => NOW,
  });
  const log = (text: string, at = NOW) => {
    lines.push({ at, text });
    for (const listener of [...listeners]) listener();
  };
  api.create(ref('namespaces'), '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
  api.create(ref('serviceaccounts'), 'default', account);
  return { api, client, log, listeners };
}

const pod = (names = ['c']): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { nodeName: 'w1', containers: names.map((name) => ({ name, image: 'nginx' })) },
  }) as KubeObject;

const setState = (client: Client, state: object) =>
  client.patch(
    pods,
    'default',
    'web',
    'merge',
    {
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'c', image: 'nginx', imageID: '', ready: true, restartCount: 0, state }],
      },
    },
    { subresource: 'status' },
  );

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

const collect = async (source: AsyncIterable<string>) => {
  let text = '';
  for await (const piece of source) text += piece;
  return text;
};

describe('client', () => {
  it('[CL1] refuses by rejected promises', async () => {
    const { client } = newClient();
    expect(await refusal(client.get(pods, 'default', 'no'))).toBe('pods "no" not found');
  });

  it('[CL2] a watch gives events in order and ends when called off', async () => {
    const { client } = newClient();
    const cancel = createCancel();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const event of client.watch(pods, 'default', { cancel })) {
        seen.push(`${event.type} ${event.object.metadata.name}`);
        if (event.type === 'DELETED') cancel.cancel();
      }
    })();
    await client.create(pods, 'default', pod());
    await client.delete(pods, 'default', 'web', { gracePeriodSeconds: 0 });
    await watching;
    expect(seen).toEqual(['ADDED web', 'MODIFIED web', 'DELETED web']);
  });

  it('[CL3] a watch of tables names its columns once', async () => {
    const { client } = newClient();
    await client.create(pods, 'default', pod());
    const cancel = createCancel();
    const columns: number[] = [];
    for await (const { object } of client.watchTable(pods, 'default', { cancel })) {
      columns.push(object.columnDefinitions.length);
      if (columns.length === 2) break;
      await client.patch(pods, 'default', 'web', 'merge', { metadata: { labels: { a: 'b' } } });
    }
    expect(columns[0]).toBeGreaterThan(0);
    expect(columns[1]).toBe(0);
  });

  it('[CL2] a reader that is too slow is cut off after what it was given', async () => {
    const { api, client } = newClient();
    await client.create(pods, 'default', pod());
    const events = client.watch(pods, 'default', { cancel: NEVER })[Symbol.asyncIterator]();
    await events.next();
    for (let count = 0; count < 6_000; count += 1)
      api.patch(pods, 'default', 'web', 'merge', { metadata: { labels: { count: String(count) } } });
    let seen = 0;
    while (!(await events.next()).done) seen += 1;
    expect(seen).toBe(5_000);
  });

  it('[CL4] a limit counts bytes, and ends what is followed', async () => {
    const { client, log } = newClient();
    await client.create(pods, 'default', pod());
    await setState(client, { running: {} });
    log('é€');
    const read = (options: object) => collect(client.logs('default', 'web', { cancel: NEVER, ...options }));
    expect(await read({ limitBytes: 4 })).toBe('é');
    expect(await read({ limitBytes: 5 })).toBe('é€');
    const followed = read({ limitBytes: 9, follow: true });
    await Promise.resolve();
    log('abc');
    expect(await followed).toBe('é€\nabc');
  });

  it('[CL4] logs: why there are none, what there is, and what comes', async () => {
    const { client, log, listeners } = newClient();
    const read = (options: object = {}) =>
      collect(client.logs('default', 'web', { cancel: NEVER, ...options }));
    expect(await refusal(read())).toBe('pods "web" not found');
    await client.create(pods, 'default', pod());
    await setState(client, { waiting: { reason: 'ContainerCreating' } });
    expect(await refusal(read())).toBe('container "c" in pod "web" is waiting to start: ContainerCreating');
    await setState(client, { waiting: { reason: 'ImagePullBackOff' } });
    expect(await refusal(read())).toBe(
      'container "c" in pod "web" is waiting to start: trying and failing to pull image',
    );
    await setState(client, { running: {} });
    log('one', NOW - 5000);
    log('two');
    expect(await read()).toBe('one\ntwo\n');
    expect(await read({ tailLines: 1, timestamps: true })).toMatch(
      /^2026-09-21T\d\d:\d\d:\d\d\.000000000Z two\n$/,
    );
    expect(await read({ sinceSeconds: 1 })).toBe('two\n');
    expect(await refusal(read({ previous: true }))).toBe(
      'previous terminated container "c" in pod "web" not found',
    );
    expect(await refusal(read({ container: 'x' }))).toBe('container x is not valid for pod web');
    const cancel = createCancel();
    const pieces: string[] = [];
    for await (const piece of client.logs('default', 'web', { follow: true, tailLines: 1, cancel })) {
      pieces.push(piece);
      if (pieces.length === 1) Promise.resolve().then(() => log('three'));
      else cancel.cancel();
    }
    expect(pieces).toEqual(['two\n', 'three\n']);
    expect(listeners.size).toBe(0);
  });

  it('[CL5] exec: why not, and the exit code', async () => {
    const { client } = newClient();
    const streams = {
      stdin: undefined,
      stdout: { write: async () => {} },
      stderr: { write: async () => {} },
      tty: false,
      cancel: NEVER,
    };
    const run = (container = '') => client.exec('default', 'web', { container, command: ['true'] }, streams);
    await client.create(pods, 'default', pod());
    expect(await refusal(run())).toBe(
      'Internal error occurred: unable to upgrade connection: container not found ("c")',
    );
    await setState(client, { running: {} });
    expect(await run()).toBe(0);
    await client.delete(pods, 'default', 'web', { gracePeriodSeconds: 0 });
    await client.create(pods, 'default', pod(['a', 'b']));
    expect(await refusal(run())).toBe('a container name must be specified for pod web, choose one of: [a b]');
  });

  it('[CL9] attach: with input to what reads, else from the log', async () => {
    const { client, log, listeners } = newClient();
    const shown: string[] = [];
    const streams = {
      stdout: { write: async (text: string) => void shown.push(text) },
      stderr: { write: async () => {} },
      tty: false,
      cancel: NEVER,
    };
    const stdin = { read: async () => '' };
    await client.create(pods, 'default', pod());
    await setState(client, { running: {} });
    await client.attach('default', 'web', { container: '' }, { ...streams, stdin });
    expect(shown.splice(0)).toEqual(['heard\n']);
    const cancel = createCancel();
    const heard = async (text: string) => {
      shown.push(text);
      cancel.cancel();
    };
    const listening = client.attach(
      'default',
      'web',
      { container: '' },
      { ...streams, stdin: undefined, stdout: { write: heard }, cancel },
    );
    expect(listeners.size).toBe(1);
    log('said');
    await listening;
    expect(shown).toEqual(['said\n']);
  });

  it('[CL6] raw paths', async () => {
    const { client } = newClient();
    expect(await client.raw('/readyz')).toBe('ok');
    expect(JSON.parse(await client.raw('/api/v1/namespaces/default'))).toMatchObject({ kind: 'Namespace' });
    expect(JSON.parse(await client.raw('/api/v1/namespaces/default/pods'))).toMatchObject({
      kind: 'PodList',
    });
    expect(await refusal(client.raw('/nope'))).toBe('the server could not find the requested resource');
  });
});
