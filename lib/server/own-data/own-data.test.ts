import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CohortsOnDatabase, openTab, startCohorts } from '../cohorts/cohorts-on-database.test-support';
import type { Guest } from '../guests';
import { type Learning, openLabFor, progressOf } from '../learner';
import { createWorkspaceStore } from '../live';
import { attemptsOf, countOwnData, deleteOwnData, exportOwnData, importOwnData } from '.';

let here: CohortsOnDatabase;
let learning: Learning;
const LAB = { track: 'services', slug: 'clusterip' };
const LAB_ID = `${LAB.track}/${LAB.slug}`;
const VERDICTS = [
  { task: 'serve', check: 'three Pods answer', outcome: 'met' as const, reason: 'all three did', trace: [] },
];

beforeAll(async () => {
  here = await startCohorts();
  const { prisma, labs, registry, contents } = here;
  learning = { prisma, starts: labs.starts, registry, contents, library: async () => labs.library };
}, 120_000);

afterAll(async () => {
  vi.restoreAllMocks();
  await here.dispose();
});

async function open(guest: Guest): Promise<string> {
  const opened = await openLabFor(learning, guest, LAB.track, LAB.slug);
  if (opened === undefined) throw new Error('the lab is there');
  return opened.workspaceId;
}

/** A learner who has a file of their own and passed the lab. */
async function learner(): Promise<{ guest: Guest; id: string }> {
  const guest = await here.person();
  const id = await open(guest);
  const tab = await openTab(here.registry, id);
  tab.say({ type: 'save', id: 1, path: 'notes.txt', text: 'mine' });
  await tab.hear('done');
  tab.leave();
  const store = createWorkspaceStore(here.prisma);
  const row = await store.row(id);
  if (row === undefined) throw new Error('the workspace is stored');
  await store.saveAttempt(row, { seq: 1, virtualAt: 0, labVersion: 'v1', passed: true, verdicts: VERDICTS });
  return { guest, id };
}

const text = async (guest: Guest) => JSON.stringify(await exportOwnData(here.prisma, here.registry, guest));

async function files(id: string): Promise<Record<string, string>> {
  const shown = (await here.registry.open(id)).files();
  return Object.fromEntries(shown.map((file) => [file.path, file.text]));
}

describe("[V25] a learner's own data", () => {
  it('is exported: files, attempts with verdicts, what was passed', async () => {
    const { guest } = await learner();
    const data = await exportOwnData(here.prisma, here.registry, guest);
    expect(data.labs).toEqual([
      expect.objectContaining({ lab: LAB_ID, status: 'passed', passedAt: expect.any(String) }),
    ]);
    expect(data.labs[0]?.files).toContainEqual({ path: 'notes.txt', text: 'mine' });
    const { trace: _trace, ...verdict } = VERDICTS[0] ?? { trace: [] };
    expect(data.labs[0]?.attempts).toEqual([
      { at: expect.any(String), passed: true, labVersion: 'v1', verdicts: [verdict] },
    ]);
  });

  it('is taken by another guest, and a second time nothing more is taken', async () => {
    const { guest } = await learner();
    const file = await text(guest);
    const other = await here.person();
    const taken = await importOwnData(learning, other, file);
    expect(taken).toEqual({ labs: 1, files: expect.any(Number), attempts: 1, unknown: [] });
    expect((await files(await open(other)))['notes.txt']).toBe('mine');
    expect(await progressOf(here.prisma, other)).toEqual([
      expect.objectContaining({ ...LAB, status: 'passed', passedAt: expect.any(String) }),
    ]);
    const { shown, all } = await attemptsOf(here.prisma, other);
    expect(all).toBe(1);
    expect(shown).toEqual([expect.objectContaining({ ...LAB, passed: true, imported: true })]);
    expect(await importOwnData(learning, other, file)).toEqual({ ...taken, files: 0, attempts: 0 });
  });

  it('never takes the place of a file that is there', async () => {
    const { guest } = await learner();
    const other = await here.person();
    const id = await open(other);
    const tab = await openTab(here.registry, id);
    tab.say({ type: 'save', id: 1, path: 'notes.txt', text: 'theirs' });
    await tab.hear('done');
    tab.leave();
    await importOwnData(learning, other, await text(guest));
    expect(await files(id)).toMatchObject({ 'notes.txt': 'theirs', 'brought-notes.txt': 'mine' });
  });

  it('of labs that are not offered here is named and left', async () => {
    const { guest } = await learner();
    const file = (await text(guest)).replace(LAB_ID, 'services/gone');
    const other = await here.person();
    expect(await importOwnData(learning, other, file)).toEqual({
      labs: 0,
      files: 0,
      attempts: 0,
      unknown: ['services/gone'],
    });
  });

  it.each([
    ['{', /no JSON/],
    ['[]', /none that was exported here/],
    ['{"format":"portside-own-data/1","exportedAt":"yesterday","labs":[]}', /exportedAt/],
  ])('in a file like %s is refused in a sentence', async (file, sentence) => {
    const other = await here.person();
    await expect(importOwnData(learning, other, file)).rejects.toThrow(sentence);
    expect(await progressOf(here.prisma, other)).toEqual([]);
  });

  it('is counted before it goes, and all of it goes', async () => {
    const { guest, id } = await learner();
    expect(await countOwnData(here.prisma, guest)).toEqual({
      workspaces: 1,
      attempts: 1,
      passed: 1,
      cohorts: 0,
    });
    await deleteOwnData(here.prisma, here.registry, guest);
    expect(await here.prisma.user.findUnique({ where: { id: guest.id } })).toBeNull();
    expect(await here.prisma.workspaceEvent.count({ where: { workspaceId: id } })).toBe(0);
    expect(await countOwnData(here.prisma, guest)).toEqual({
      workspaces: 0,
      attempts: 0,
      passed: 0,
      cohorts: 0,
    });
  });
});
