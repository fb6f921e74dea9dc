import { describe, expect, it } from 'vitest';
import { type Json, StatusError } from '../../api';
import { createRandom } from '../../base';
import { anObject, viewOver } from '../dns/dns-machine.test-support';
import type { ActiveFault } from '../faults';
import { createContainers } from '../kubelet';
import type { AccountApi, ApiProgram, ContainerRecord, Identity, ProcessEnv } from '../seams';
import type { ServerApi } from '../server';
import { createPodClients } from './index';

const NOW = 1_767_603_600_000;
const KEY = 'web/client-1/main';

const MADE = anObject('pods', 'web', 'client-1', {
  spec: { serviceAccountName: 'watcher', nodeName: 'worker-1' },
});
const POD = { ...MADE, metadata: { ...MADE.metadata, uid: 'uid-1' } };
const RECORD: ContainerRecord = {
  podUid: POD.metadata.uid,
  namespace: 'web',
  podName: 'client-1',
  name: 'main',
  node: 'worker-1',
  image: 'client',
  containerID: 'containerd://1',
  state: { looks: 0 },
  running: true,
  startedAt: NOW,
  restarts: 0,
  log: [],
  previousLog: [],
  files: {},
  client: 'counter',
};

/** Counts its looks, lists Services, and asks for one event each time. */
const PROGRAM: ApiProgram = {
  name: 'counter',
  watches: ['services', 'pods'],
  look(state, _, api: AccountApi) {
    const { looks } = state as { looks: number };
    const found = api.list('services', '');
    const seen = found instanceof StatusError ? found.message : `${found.length} services`;
    const action = { verb: 'event', about: POD, type: 'Normal', reason: 'Look', message: seen } as const;
    return { state: { looks: looks + 1 }, log: [seen], actions: [action], wakeAt: NOW + 5000 };
  },
};

function joined({ mayList = true, faults = [] as readonly ActiveFault[], record = RECORD } = {}) {
  const containers = createContainers();
  containers.update(record);
  const view = viewOver([POD, anObject('services', 'web', 'a'), anObject('services', 'web', 'b')]);
  const asked: Identity[] = [];
  const ended: (number | undefined)[] = [];
  const [controller] = createPodClients(
    {
      containers,
      view: () => view,
      faults: () => faults,
      findImage: () => ({ image: { client: PROGRAM } as never, reference: 'client', imageID: '' }),
      processEnv: () => ({ now: NOW }) as ProcessEnv,
      ask: (_, __, ___, { exitCode }) => void ended.push(exitCode),
      actAs(identity) {
        asked.push(identity);
        const requireVerb: ServerApi['requireVerb'] = (verb, ref) => {
          if (mayList) return;
          const message = `${ref.resource} is forbidden: User "${identity.user}" cannot ${verb} them`;
          throw new StatusError({
            kind: 'Status',
            apiVersion: 'v1',
            metadata: {},
            status: 'Failure',
            message,
            code: 403,
          });
        };
        return { requireVerb } as ServerApi;
      },
    },
    [PROGRAM],
  );
  if (controller === undefined) throw new Error('one program is one controller');
  const look = () => controller.reconcile(view, KEY, NOW, createRandom(1));
  const state = (): Json | undefined => containers.get('web', 'client-1', 'main')?.state;
  const keys = (resource: string, namespace: string) =>
    controller.watches
      .filter((rule) => rule.resource === resource)
      .flatMap((rule) => rule.keys(anObject(resource, namespace, 'x'), undefined, view));
  return {
    containers,
    controller,
    look,
    state,
    keys,
    asked,
    log: () => containers.get('web', 'client-1', 'main')?.log,
  };
}

describe('programs that are clients of the API server', () => {
  it('[PC1] see what their account may list, or why it may not', () => {
    const able = joined();
    able.look();
    expect(able.log()?.map(({ text }) => text)).toEqual(['2 services']);
    const unable = joined({ mayList: false });
    unable.look();
    expect(unable.log()?.[0]?.text).toBe(
      'services is forbidden: User "system:serviceaccount:web:watcher" cannot list them',
    );
  });

  it('[PC2] keep their state in their container, and act as their Pod’s account', () => {
    const { look, state, controller } = joined();
    expect(look()).toMatchObject({
      actions: [{ reason: 'Look', message: '2 services' }],
      requeueAfterMs: 5000,
    });
    look();
    expect(state()).toEqual({ looks: 2 });
    expect(controller.identity?.(KEY)).toMatchObject({
      user: 'system:serviceaccount:web:watcher',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:web', 'system:authenticated'],
    });
  });

  it.each([
    ['whose container has ended', { record: { ...RECORD, running: false } }],
    ['whose Pod is another by now', { record: { ...RECORD, podUid: 'older' } }],
    [
      'on a node that is down',
      { faults: [{ fault: { kind: 'node-down' as const, node: 'worker-1' }, since: NOW }] },
    ],
  ])('[PC3] those %s look no more', (_, how) => {
    const { look, state } = joined(how);
    expect(look()).toEqual({ actions: [] });
    expect(state()).toEqual({ looks: 0 });
  });

  it('[PC4] are woken by what they watch, of Pods by those of their namespace', () => {
    const { keys, containers } = joined();
    expect(keys('services', 'far')).toEqual([KEY]);
    expect(keys('pods', 'web')).toEqual([KEY]);
    expect(keys('pods', 'far')).toEqual([]);
    expect(containers.fork().clients('counter')).toHaveLength(1);
    expect(createContainers(containers.snapshot()).clients('counter')).toHaveLength(1);
    containers.update({ ...RECORD, running: false });
    expect(keys('services', 'far')).toEqual([]);
    expect(joined({ record: { ...RECORD, client: undefined } }).keys('services', 'far')).toEqual([]);
  });
});
