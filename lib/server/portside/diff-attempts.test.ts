import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LabSource } from '../../labs';
import { createLabContents } from '../cohorts';
import { createGuests } from '../guests';
import { createWorkspaceKeys } from '../kube-api';
import { findSource } from '../lab-library';
import { openLabFor } from '../learner';
import { createRegistry, createWorkspaceStore } from '../live';
import { type LabsOnDatabase, startLabsOnDatabase } from '../live/labs-on-database.test-support';
import { openTab, type Tab } from '../live/tab.test-support';
import { diffAttempts } from './diff-attempts';

let labs: LabsOnDatabase;
let source: LabSource;

const SOLUTION = [
  'kubectl create deployment web-app --image=nginx --replicas=3 --port=80',
  'kubectl expose deployment web-app --name=web-service --port=80',
  'kubectl rollout status deployment/web-app',
];

const verdictsOf = (tab: Tab, asked: number) =>
  vi.waitFor(
    () => {
      const found = tab.heard.find((message) => message.type === 'verdicts' && message.id === asked);
      if (found?.type !== 'verdicts') throw new Error('nothing was judged');
      return found;
    },
    { timeout: 60_000, interval: 20 },
  );

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  labs = await startLabsOnDatabase();
  source = await findSource('clusterip');
  const { prisma } = labs.database;
  const library = async () => labs.library;
  const registry = createRegistry(
    createWorkspaceStore(prisma),
    () => labs.library,
    labs.starts,
    createWorkspaceKeys(prisma),
  );
  const contents = createLabContents(prisma);
  const { guest } = await createGuests(prisma).create();
  const learning = { prisma, starts: labs.starts, registry, contents, library };
  const opened = await openLabFor(learning, guest, 'services', 'clusterip');
  const tab = await openTab(registry, opened?.workspaceId ?? '');
  tab.say({ type: 'check', id: 1 });
  await verdictsOf(tab, 1);
  for (const line of SOLUTION) tab.say({ type: 'keys', data: `${line}\r` });
  await vi.waitFor(() => expect(tab.screen()).toContain('successfully rolled out'), {
    timeout: 60_000,
    interval: 100,
  });
  // Slices and rules follow in the clock's own time: an attempt is made after them, with no line in between.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  tab.say({ type: 'check', id: 2 });
  expect((await verdictsOf(tab, 2)).attempt.passed).toBe(true);
  await registry.closeAll();
}, 180_000);

afterAll(() => labs.dispose());

/** The lab with a line of its `lab.yaml` changed. */
function changed(from: string, to: string): LabSource {
  const yaml = source.files.get('lab.yaml') ?? '';
  expect(yaml).toContain(from);
  return { ...source, files: new Map([...source.files, ['lab.yaml', yaml.replace(from, to)]]) };
}

describe('[K14] diffAttempts: stored attempts by the checks as they are now', () => {
  it('the same checks find the same, in the state and at the time of each attempt', async () => {
    expect(await diffAttempts(labs.database.prisma, source, 10)).toEqual({ judged: 2, changes: [] });
  });

  it('a stricter check takes a pass away, and is named', async () => {
    const { changes } = await diffAttempts(labs.database.prisma, changed('ready: 3', 'ready: 4'), 10);
    expect(changes.map(({ id: _, ...rest }) => rest)).toEqual([
      { before: 'passed', now: 'pods/three-ready', lost: true },
    ]);
  });

  it('only so many of the newest are judged', async () => {
    expect((await diffAttempts(labs.database.prisma, source, 1)).judged).toBe(1);
  });
});
