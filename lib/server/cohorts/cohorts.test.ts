import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLab } from '../../labs';
import type { Guest } from '../guests';
import { type CohortsOnDatabase, openTab, startCohorts } from './cohorts-on-database.test-support';

let all: CohortsOnDatabase;
let instructor: Guest;
let learner: Guest;
let stranger: Guest;
let cohortId: string;
let assignmentId: string;

const LAB = 'services/clusterip';
const FIELDS = { timeZone: 'Europe/Berlin', starts: '', ends: '', hints: 'all', solutions: 'never' };
const WORK = {
  opens: '',
  due: '2026-01-31T23:59',
  points: '10',
  late: 'per-day',
  percent: '10',
  atLeast: '50',
};

beforeAll(async () => {
  all = await startCohorts();
  [instructor, learner, stranger] = await Promise.all([all.person(), all.person(), all.person()]);
  cohortId = await all.cohorts.create(instructor, { ...FIELDS, name: 'Networks 1' }, 'Prof. Ada');
  const { code } = await all.cohorts.page(instructor, cohortId);
  await all.cohorts.join(learner, (code ?? '').toLowerCase(), 'Grace');
  assignmentId = await all.cohorts.assign(instructor, cohortId, LAB, WORK);
}, 120_000);

afterAll(() => all.dispose());

describe('a cohort', () => {
  it('[C8] is seen by its members, and is as good as none for others', async () => {
    expect(await all.cohorts.list(learner)).toMatchObject([
      { name: 'Networks 1', role: 'learner', learners: 1 },
    ]);
    const page = await all.cohorts.page(learner, cohortId);
    expect(page).toMatchObject({
      code: null,
      staff: ['Prof. Ada'],
      work: [{ id: assignmentId, points: 10 }],
    });
    expect(page.work[0]?.dueAt).toBe('2026-01-31T22:59:00.000Z');
    await expect(all.cohorts.page(stranger, cohortId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(all.cohorts.people(learner, cohortId)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('[C5] takes a roster, and each line joins once by its link, under its name', async () => {
    const roster = 'name,email,role\nBarbara,b@x.org,assistant\nBarbara,b@x.org,assistant';
    expect(await all.cohorts.importRoster(instructor, cohortId, roster)).toBe(1);
    expect(await all.cohorts.importRoster(instructor, cohortId, roster)).toBe(0);
    const invite = (await all.cohorts.people(instructor, cohortId)).find(
      ({ name }) => name === 'Barbara',
    )?.invite;
    const barbara = await all.person();
    expect(await all.cohorts.invite(barbara, invite ?? '')).toMatchObject({
      name: 'Barbara',
      role: 'assistant',
    });
    await all.cohorts.join(barbara, invite ?? '', 'Mallory');
    expect((await all.cohorts.people(barbara, cohortId)).map(({ name }) => name)).toContain('Barbara');
    await expect(all.cohorts.join(stranger, invite ?? '', 'Mallory')).rejects.toThrow('used already');
    await expect(all.cohorts.importRoster(barbara, cohortId, 'X')).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('[C9] keeps an instructor', async () => {
    await expect(all.cohorts.changeRole(instructor, cohortId, instructor.id, 'learner')).rejects.toThrow(
      'needs an instructor',
    );
    await expect(all.cohorts.removePerson(instructor, cohortId, instructor.id)).rejects.toThrow();
  });

  it('[C10] is copied with its labs and staff, dates moved, without learners', async () => {
    const copy = await all.cohorts.copy(instructor, cohortId, 'Networks 2', 7);
    const page = await all.cohorts.page(instructor, copy);
    expect(page).toMatchObject({
      name: 'Networks 2',
      learners: 0,
      work: [{ dueAt: '2026-02-07T22:59:00.000Z' }],
    });
  });

  it('[C11] archived, stays as it is', async () => {
    await all.cohorts.archive(instructor, cohortId, true);
    await expect(all.cohorts.assign(instructor, cohortId, LAB, WORK)).rejects.toThrow('archived');
    await all.cohorts.archive(instructor, cohortId, false);
    expect((await all.cohorts.audit(instructor, cohortId)).map(({ action }) => action)).toContain(
      'archived the cohort',
    );
  });
});

describe('an assigned lab', () => {
  it('[C12] is worked on at the version that was assigned, whatever the catalogue has by then', async () => {
    const { prisma } = all;
    const row = await prisma.assignment.findUniqueOrThrow({ where: { id: assignmentId } });
    const kept = await prisma.labContent.findUniqueOrThrow({
      where: { labId_version: { labId: LAB, version: row.labVersion } },
    });
    // A version that the catalogue never had, as an old one is once the files have changed.
    const source = structuredClone(kept.source) as { files: Record<string, string> };
    source.files['lab.yaml'] = (source.files['lab.yaml'] ?? '').replace(/^title: .*$/m, 'title: As it was');
    const files = new Map(Object.entries(source.files).sort(([a], [b]) => (a < b ? -1 : 1)));
    const { version } = readLab({ track: 'services', slug: 'clusterip', files });
    await prisma.labContent.create({ data: { labId: LAB, version, source } });
    await prisma.assignment.update({ where: { id: assignmentId }, data: { labVersion: version } });
    const opened = await all.open(learner, assignmentId);
    expect(opened.lab.title).toBe('As it was');
    expect(await all.open(learner, assignmentId)).toMatchObject({ workspaceId: opened.workspaceId });
    expect((await all.cohorts.page(learner, cohortId)).work[0]).toMatchObject({
      title: 'As it was',
      newer: true,
    });
    await expect(all.open(stranger, assignmentId)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('[C3] counts the best attempt, with its lateness, and the policy keeps solutions back', async () => {
    const { workspaceId } = await all.open(learner, assignmentId);
    const tab = await openTab(all.registry, workspaceId);
    tab.say({ type: 'check', id: 1 });
    const { attempt } = await tab.hear('verdicts');
    expect(attempt.passed).toBe(false);
    tab.say({ type: 'solutions', id: 2 });
    expect(await tab.hear('failed')).toMatchObject({ message: 'This cohort works without the solutions.' });
    const own = (await all.cohorts.page(learner, cohortId)).work[0]?.own;
    expect(own).toMatchObject({
      state: 'begun',
      points: 0,
      late: true,
      attempts: [{ passed: false, counts: true }],
    });
    tab.leave();
  });
});
