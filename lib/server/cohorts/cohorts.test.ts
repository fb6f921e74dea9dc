import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { readLab } from '../../labs';
import type { Guest } from '../guests';
import type { BoardNews } from './board/board-views';
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
  }, 90_000);

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

describe('the board and help', () => {
  const key = ({ task, check, says }: { task: string; check: string; says: string }) => ({
    task,
    check,
    says,
  });

  it('[C23] groups learners by what their verdicts mean; one hint reaches those who stand there, now and later', async () => {
    const { cohorts, registry } = all;
    const board = await cohorts.board(instructor, cohortId, assignmentId);
    const [group] = board.groups;
    expect(board.lines).toMatchObject([{ name: 'Grace', state: 'working', met: 0 }]);
    expect(group?.learners).toEqual([learner.id]);
    if (group === undefined) throw new Error('the failed check makes a group');
    await expect(cohorts.board(learner, cohortId, assignmentId)).rejects.toMatchObject({ code: 'forbidden' });
    const { workspaceId } = await all.open(learner, assignmentId);
    const tab = await openTab(registry, workspaceId);
    const text = 'Look at *Pods* first.';
    await cohorts.writeHint(instructor, cohortId, assignmentId, { ...key(group), text });
    const told = await tab.hear('classroom', ({ classroom }) => classroom.notes.length > 0);
    expect(told.classroom.notes).toMatchObject([
      { by: 'Prof. Ada', html: '<p>Look at <em>Pods</em> first.</p>' },
    ]);
    // Somebody who comes to the same place later, with other names in their lab.
    const later = await all.person();
    await cohorts.join(later, (await cohorts.page(instructor, cohortId)).code ?? '', 'Later');
    const place = await all.open(later, assignmentId);
    const other = await openTab(registry, place.workspaceId);
    other.say({ type: 'check', id: 1 });
    const seen = await other.hear('classroom', ({ classroom }) => classroom.notes.length > 0);
    expect(seen.classroom.notes).toHaveLength(1);
    const after = await cohorts.board(instructor, cohortId, assignmentId);
    expect(after.groups.find((each) => each.says === group.says)?.learners).toHaveLength(2);
    tab.leave();
    other.leave();
  });

  it('[C24] a raised hand is queued, claimed by one, and settled', async () => {
    const { cohorts, registry } = all;
    const { workspaceId } = await all.open(learner, assignmentId);
    const tab = await openTab(registry, workspaceId);
    tab.say({ type: 'hand', id: 1, raised: true, text: 'Why not?' });
    await tab.hear('classroom', ({ classroom }) => classroom.hand !== null);
    const [hand] = await cohorts.queue(instructor, cohortId);
    expect(hand).toMatchObject({ learner: 'Grace', text: 'Why not?', claimedBy: null });
    expect((await cohorts.board(instructor, cohortId, assignmentId)).lines).toContainEqual(
      expect.objectContaining({ name: 'Grace', state: 'stuck', why: ['hand raised'] }),
    );
    const assistant = (await cohorts.people(instructor, cohortId)).find(({ name }) => name === 'Barbara');
    const barbara = { id: assistant?.id ?? '' };
    await cohorts.claim(barbara, cohortId, hand?.id ?? '');
    await expect(cohorts.claim(instructor, cohortId, hand?.id ?? '')).rejects.toThrow('Somebody else');
    await tab.hear('classroom', ({ classroom }) => classroom.hand?.claimedBy === 'Barbara');
    await cohorts.resolve(barbara, cohortId, hand?.id ?? '');
    await tab.hear('classroom', ({ classroom }) => classroom.hand === null);
    tab.leave();
  });

  it('[C25] a fork goes its own way, and a patch from it waits until the learner applies it', async () => {
    const { cohorts, registry } = all;
    const { workspaceId } = await all.open(learner, assignmentId);
    const tab = await openTab(registry, workspaceId);
    tab.say({ type: 'keys', data: 'echo one > mine.txt\r' });
    await tab.hear('files', ({ changes }) => changes.some(({ path }) => path === 'mine.txt'));
    const href = await cohorts.fork(instructor, cohortId, workspaceId, undefined);
    await expect(cohorts.fork(learner, cohortId, workspaceId, undefined)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const forkId = href.split('workspace=')[1] ?? '';
    const fork = await openTab(registry, forkId);
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-help\n';
    fork.say({ type: 'save', id: 1, path: 'fix.yaml', text: yaml });
    await fork.hear('done');
    const diff = await cohorts.forkDiff(instructor, cohortId, forkId);
    expect(diff.files).toEqual([{ path: 'fix.yaml', text: yaml, isNew: true }]);
    const fields = { text: 'Try this.', fork: forkId, files: ['fix.yaml'], apply: true, manifest: '' };
    await cohorts.reply(instructor, cohortId, workspaceId, {
      ...fields,
      traceHost: 'nowhere',
      tracePort: 80,
    });
    const { classroom } = await tab.hear('classroom', ({ classroom: each }) => each.replies.length > 0);
    const [reply] = classroom.replies;
    expect(reply).toMatchObject({
      patch: { apply: ['fix.yaml'] },
      trace: { host: 'nowhere', reached: false },
    });
    expect(tab.screen()).not.toContain('configmap/from-help');
    tab.say({ type: 'reply', id: 9, reply: reply?.id ?? '', action: 'apply' });
    await tab.hear('classroom', ({ classroom: each }) => each.replies[0]?.applied === true);
    await expect.poll(() => tab.screen(), { timeout: 20_000 }).toContain('configmap/from-help created');
    tab.leave();
    fork.leave();
  }, 60_000);

  it('[C26] a fork at an earlier moment is the cluster as it was then', async () => {
    const { cohorts, registry, prisma } = all;
    const { workspaceId } = await all.open(learner, assignmentId);
    const work = await cohorts.work(instructor, cohortId, workspaceId);
    const echo = work.moments.find(({ what }) => what.includes('echo one'));
    const href = await cohorts.fork(instructor, cohortId, workspaceId, (echo?.seq ?? 0) - 1);
    const forkId = href.split('workspace=')[1] ?? '';
    const fork = await (await registry.open(forkId)).api.present();
    expect(fork.files.list('/home/learner')).not.toContain('mine.txt');
    expect(await prisma.attempt.count({ where: { workspaceId: forkId } })).toBe(0);
    const lines = (await cohorts.board(instructor, cohortId, assignmentId)).lines.map(({ name }) => name);
    expect(lines).not.toContain('Prof. Ada');
  }, 60_000);

  it('[C27] a terminal is watched only while its learner agrees', async () => {
    const { cohorts, registry } = all;
    const { workspaceId } = await all.open(learner, assignmentId);
    const tab = await openTab(registry, workspaceId);
    const news: string[] = [];
    const stop = await cohorts.follow(instructor, cohortId, workspaceId, (each) =>
      news.push(each.type === 'output' ? each.text : `agreed ${each.agreed}`),
    );
    await cohorts.askToFollow(instructor, cohortId, workspaceId);
    await tab.hear('classroom', ({ classroom }) => classroom.follow?.by === 'Prof. Ada');
    expect(news).toEqual(['agreed false']);
    tab.say({ type: 'follow', id: 1, agrees: true });
    await expect.poll(() => news).toContain('agreed true');
    tab.say({ type: 'keys', data: 'echo seen\r' });
    await expect.poll(() => news.join('')).toContain('seen');
    tab.say({ type: 'follow', id: 2, agrees: false });
    await expect.poll(() => news.at(-1)).toBe('agreed false');
    tab.say({ type: 'keys', data: 'echo hidden\r' });
    await expect.poll(() => tab.screen()).toContain('hidden');
    expect(news.join('')).not.toContain('hidden');
    stop();
    tab.leave();
  });
});

describe('several processes', () => {
  it('[C36] a board that is followed at one shows what happens at another', async () => {
    const other = await all.elsewhere();
    const told: BoardNews[] = [];
    const stop = await other.cohorts.followBoard(instructor, cohortId, assignmentId, (news) => {
      told.push(news);
    });
    expect(told).toHaveLength(1);
    expect(told[0]?.order).toContain(learner.id);
    const { workspaceId } = await all.open(learner, assignmentId);
    const tab = await openTab(all.registry, workspaceId);
    tab.say({ type: 'hand', id: 71, raised: true, text: 'I am lost' });
    await vi.waitFor(
      () => {
        const line = told.slice(1).flatMap(({ lines }) => lines)[0];
        expect(line).toMatchObject({ id: learner.id, why: expect.arrayContaining(['hand raised']) });
      },
      { timeout: 10_000, interval: 20 },
    );
    // Only what changed is told: nobody else's line, and no order.
    expect(told.slice(1).every(({ lines, order }) => lines.length <= 1 && order === undefined)).toBe(true);
    tab.say({ type: 'hand', id: 72, raised: false, text: '' });
    await tab.hear('done', ({ id }) => id === 72);
    stop();
    tab.leave();
    await other.close();
  });
});

describe('replay, regrade, grades', () => {
  it('[C35] what came in a file does not count here', async () => {
    const { prisma, cohorts } = all;
    const { workspaceId } = await all.open(learner, assignmentId);
    const { labId, labVersion } = await prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    const facts = { id: 'brought', workspaceId, userId: learner.id, labId, labVersion, seq: 0 };
    await prisma.attempt.create({ data: { ...facts, passed: true, verdicts: [], imported: true } });
    const [grace] = (await cohorts.gradebook(instructor, cohortId)).lines;
    expect(grace?.cells[0]).toMatchObject({ passed: false });
    const board = await cohorts.board(instructor, cohortId, assignmentId);
    expect(board.lines.find(({ id }) => id === learner.id)?.state).not.toBe('done');
    await prisma.attempt.delete({ where: { id: 'brought' } });
  });

  const attemptOf = async () =>
    (await all.cohorts.page(learner, cohortId)).work[0]?.own.attempts.at(-1)?.id ?? '';

  it('[C30] an attempt is replayed as it was typed, for its learner and for staff', async () => {
    const { cohorts, registry } = all;
    const { workspaceId } = await all.open(learner, assignmentId);
    const tab = await openTab(registry, workspaceId);
    tab.say({ type: 'check', id: 77 });
    await tab.hear('verdicts', ({ id }) => id === 77);
    tab.leave();
    const own = await cohorts.ownRecording(learner, await attemptOf());
    const shown = own.frames.map(({ text }) => text).join('');
    expect(shown).toContain('configmap/from-help created');
    // Letter by letter, as somebody types.
    const typed = own.frames.slice(own.frames.findIndex(({ text }) => text.endsWith('e')));
    expect(typed.slice(0, 4).map(({ text }) => text.at(-1))).toEqual(['e', 'c', 'h', 'o']);
    expect(own.marks.map(({ kind }) => kind)).toContain('verdicts');
    expect(own.marks.find(({ text }) => text === '$ echo one > mine.txt')?.at).toBeLessThan(own.lengthMs);
    const theirs = await cohorts.recording(instructor, cohortId, own.attemptId);
    expect(theirs).toEqual({ ...own, learner: 'Grace' });
    await expect(cohorts.ownRecording(stranger, own.attemptId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(cohorts.recording(learner, cohortId, own.attemptId)).rejects.toMatchObject({
      code: 'forbidden',
    });
  }, 60_000);

  const regraded = async () => {
    await all.cohorts.startRegrade(instructor, cohortId, assignmentId);
    return vi.waitFor(
      async () => {
        const [newest] = await all.cohorts.regrades(instructor, cohortId, assignmentId);
        if (newest?.finished !== true) throw new Error('not judged yet');
        return newest;
      },
      { timeout: 60_000, interval: 100 },
    );
  };

  it('[C31] the same checks judge every stored attempt as they did', async () => {
    const { total, changes, failed } = await regraded();
    expect({ changes, failed }).toEqual({ changes: [], failed: [] });
    expect(total).toBeGreaterThan(2);
  }, 90_000);

  it('[C31] what a process had judged before it ended is gone on from', async () => {
    const { prisma } = all;
    const { id, total } = await regraded();
    const row = await prisma.regrade.findUniqueOrThrow({ where: { id } });
    const beatAt = new Date(Date.now() - 60_000).toISOString();
    const change = {
      ...{ attemptId: 'before', learner: 'Grace', at: beatAt, verdicts: [] },
      before: { passed: false, score: 0, why: '' },
      after: { passed: true, score: 1, why: '' },
    };
    const halfDone = { ...(row.rows as object), done: 1, finished: false, changes: [change], beatAt };
    await prisma.regrade.update({ where: { id }, data: { rows: halfDone } });
    const found = await vi.waitFor(
      async () => {
        const [newest] = await all.cohorts.regrades(instructor, cohortId, assignmentId);
        if (newest?.finished !== true) throw new Error('not judged yet');
        return newest;
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(found).toMatchObject({ id, total, done: total, failed: [] });
    expect(found.changes.map(({ attemptId }) => attemptId)).toEqual(['before']);
    await prisma.regrade.delete({ where: { id } });
  }, 90_000);

  it('[C32] a mended check changes attempts only once it is applied', async () => {
    const { cohorts, labs, prisma } = all;
    // The author finds out that one check was wrong: the lab's other version asks only that a file is there.
    const lab = labs.library.find('services', 'clusterip');
    const source = lab && labs.library.source(lab);
    if (lab === undefined || source === undefined) throw new Error('the lab is there');
    const { hints: _hints, ...rest } = parse(source.files.get('lab.yaml') ?? '');
    const lines = [{ has: 'one', because: 'It should say one.' }];
    const checks = [{ name: 'file-there', file: { path: 'mine.txt', lines } }];
    const tasks = [{ id: 'file', title: 'A file', text: 'Make a file.', checks }];
    const mended = stringify({ ...rest, tasks });
    const files = new Map(
      [...source.files]
        .filter(([path]) => !path.startsWith('private/mistakes'))
        .map(([path, text]) => [path, path === 'lab.yaml' ? mended : text]),
    );
    const other = { ...source, files };
    const next = readLab(other);
    vi.spyOn(labs.library, 'find').mockReturnValue(next);
    vi.spyOn(labs.library, 'source').mockReturnValue(other);
    const { id, changes } = await regraded();
    const passes = changes.filter(({ after }) => after.passed);
    expect(passes).toMatchObject([{ learner: 'Grace', before: { passed: false } }]);
    expect((await cohorts.gradebook(instructor, cohortId)).lines[0]?.cells[0]).toMatchObject({
      passed: false,
    });
    await cohorts.applyRegrade(instructor, cohortId, id, 'upward');
    const [grace] = (await cohorts.gradebook(instructor, cohortId)).lines;
    expect(grace?.cells[0]).toMatchObject({ passed: true, score: 1, late: true, points: 5 });
    await expect(cohorts.applyRegrade(instructor, cohortId, id, 'all')).rejects.toThrow('already');
    expect((await cohorts.audit(instructor, cohortId))[0]).toMatchObject({
      action: 'applied a regrade, upward only',
    });
    expect((await prisma.assignment.findUniqueOrThrow({ where: { id: assignmentId } })).labVersion).toBe(
      next.version,
    );
    vi.restoreAllMocks();
  }, 90_000);

  it('[C33] points are overridden, deadlines extended and results commented, with reasons that stay', async () => {
    const { cohorts } = all;
    const at = [instructor, cohortId, assignmentId, learner.id] as const;
    await expect(cohorts.overridePoints(...at, { points: '9', reason: '' })).rejects.toThrow('Give a reason');
    await expect(
      cohorts.extendDeadline(...at, { due: '2020-01-01T10:00', reason: 'was ill' }),
    ).rejects.toThrow("later than the class's own deadline");
    await cohorts.extendDeadline(...at, { due: '2030-01-01T10:00', reason: 'was ill' });
    await cohorts.comment(...at, 'Well read.');
    const cell = async () => (await cohorts.gradebook(instructor, cohortId)).lines[0]?.cells[0];
    expect(await cell()).toMatchObject({
      points: 10,
      late: false,
      extension: 'was ill',
      comments: ['Well read.'],
    });
    await cohorts.overridePoints(...at, { points: '9', reason: 'the selector is by luck' });
    expect(await cell()).toMatchObject({ points: 9, earned: 10, override: 'the selector is by luck' });
    const own = (await cohorts.page(learner, cohortId)).work[0]?.own;
    expect(own).toMatchObject({
      points: 9,
      extended: true,
      comments: [{ text: 'Well read.', by: 'Prof. Ada' }],
    });
    expect(await cohorts.gradebookCsv(instructor, cohortId)).toMatch(
      /^Grace,,,9,\d+,"?extension: was ill; override/m,
    );
    await expect(cohorts.gradebook(learner, cohortId)).rejects.toMatchObject({ code: 'forbidden' });
    const [figures] = await cohorts.statistics(instructor, cohortId);
    expect(figures).toMatchObject({ learners: 2, begun: 2, passed: 1 });
  });

  it('[C34] a person is exported whole and removed whole, and only after their name was typed', async () => {
    const { cohorts, prisma } = all;
    const mine = JSON.parse(await cohorts.exportPerson(learner, cohortId, learner.id));
    expect(mine.workspaces[0].events.length).toBeGreaterThan(2);
    await expect(cohorts.exportPerson(learner, cohortId, instructor.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const removal = await cohorts.personRemoval(instructor, cohortId, learner.id);
    const count = (what: string) => removal.find((each) => each.what === what)?.count;
    expect([count('memberships'), count('overrides'), count('comments')]).toEqual([1, 1, 1]);
    await expect(cohorts.deletePerson(instructor, cohortId, learner.id, 'grace')).rejects.toThrow(
      'Type the name',
    );
    await cohorts.deletePerson(instructor, cohortId, learner.id, 'Grace');
    expect(await prisma.workspace.count({ where: { assignmentId, userId: learner.id } })).toBe(0);
    expect(await prisma.workspace.count({ where: { forkedFromId: mine.workspaces[0].id } })).toBe(0);
    expect(JSON.stringify(await cohorts.audit(instructor, cohortId))).not.toContain('Grace');
    const whole = JSON.parse(await cohorts.exportCohort(instructor, cohortId));
    expect(whole).toMatchObject({ name: 'Networks 1', grades: { lines: [{ name: 'Later' }] } });
    await cohorts.deleteCohort(instructor, cohortId, 'Networks 1');
    await expect(cohorts.page(instructor, cohortId)).rejects.toMatchObject({ code: 'not-found' });
  });
});
