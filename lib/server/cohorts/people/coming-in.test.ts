import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportPerson } from '../../accounts';
import type { Guest } from '../../guests';
import { type CohortsOnDatabase, startCohorts } from '../cohorts-on-database.test-support';

let all: CohortsOnDatabase;
let instructor: Guest;
let cohortId: string;

const FIELDS = { timeZone: 'Europe/Berlin', starts: '', ends: '', hints: 'all', solutions: 'never' };

beforeAll(async () => {
  all = await startCohorts();
  instructor = await all.person();
  cohortId = await all.cohorts.create(instructor, { ...FIELDS, name: 'Networks 1' }, 'Prof. Ada');
}, 120_000);

afterAll(() => all.dispose());

/** Somebody with an account, as the forms and a mail's link leave it. */
async function account(facts: {
  readonly email: string;
  readonly proved?: boolean;
  readonly runs?: boolean;
}) {
  const person = await all.person();
  const { email, proved = false, runs = false } = facts;
  await all.prisma.user.update({
    where: { id: person.id },
    data: {
      isGuest: false,
      name: 'Root',
      email,
      emailVerified: proved,
      roles: runs ? ['ADMINISTRATOR'] : [],
    },
  });
  return person;
}

describe('an administrator', () => {
  it('[C8a] comes into a cohort of others, and its log says so, once', async () => {
    const { cohorts } = all;
    const root = await account({ email: 'root@example.org', runs: true });
    expect(await cohorts.list(root)).toEqual([]);
    expect(await cohorts.listOthers(root)).toMatchObject([{ id: cohortId, name: 'Networks 1' }]);
    await Promise.all([cohorts.page(root, cohortId), cohorts.people(root, cohortId)]);
    await cohorts.gradebook(root, cohortId);
    const log = await cohorts.audit(instructor, cohortId);
    expect(log.filter(({ action }) => action === 'came in as an administrator')).toMatchObject([
      { actor: 'Root' },
    ]);
    expect((await cohorts.page(instructor, cohortId)).staff).toEqual(['Prof. Ada']);
    await expect(cohorts.page(root, 'none')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('[C8] nobody else does', async () => {
    const somebody = await account({ email: 'somebody@example.org', proved: true });
    expect(await all.cohorts.listOthers(somebody)).toEqual([]);
    await expect(all.cohorts.page(somebody, cohortId)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('somebody on a roster', () => {
  it('[C5a] is offered the line of a proved address, and joins by it once', async () => {
    const { cohorts } = all;
    await cohorts.importRoster(instructor, cohortId, 'name,email,role\nBarbara,B@Example.org,assistant');
    const liar = await account({ email: 'b@example.org' });
    expect(await cohorts.expected(liar)).toEqual([]);
    await all.prisma.user.update({ where: { id: liar.id }, data: { emailVerified: true } });
    const [found] = await cohorts.expected(liar);
    expect(found).toMatchObject({ cohort: 'Networks 1', name: 'Barbara', role: 'assistant' });
    await cohorts.join(liar, found?.href.split('/').at(-1) ?? '', 'Mallory');
    expect((await cohorts.page(liar, cohortId)).role).toBe('assistant');
    expect(await cohorts.expected(liar)).toEqual([]);
  });

  it('[C34] finds what cohorts keep of them in what is kept of them', async () => {
    const barbara = await all.prisma.membership.findFirstOrThrow({ where: { cohortId, name: 'Barbara' } });
    const saved = JSON.parse(JSON.stringify(await exportPerson(all.prisma, barbara.userId)));
    expect(saved.cohorts).toMatchObject({
      memberships: [{ name: 'Barbara', role: 'ASSISTANT', cohort: { name: 'Networks 1' } }],
      roster: [{ name: 'Barbara' }],
    });
    expect(saved.asStaff.deeds).toMatchObject([{ action: 'joined as assistant' }]);
    expect(JSON.stringify(saved)).not.toContain('token');
  });
});
