import { randomUUID } from 'node:crypto';
import { hashToken, newToken } from '../../lib/server/guest-token';
import type { Fleet } from '../fleet/fleet';
import { formsOf, linksOf, newVisitor, type Visitor } from '../rights/visitor';
import { TRACED_LAB } from './traces';

/** A class to be worked in. */
export interface LoadedClass {
  readonly instructor: Visitor;
  readonly cohort: string;
  readonly assignment: string;
  /** The page of the assigned lab. */
  readonly lab: string;
}

/** Makes a cohort with the traced lab, by the forms that an instructor uses. */
export async function makeLoadedClass(fleet: Fleet): Promise<LoadedClass> {
  const instructor = newVisitor(fleet.url);
  const first = /\/sign-up\?first=([\w-]+)/.exec(fleet.output)?.[1] ?? '';
  const account = { name: 'Ada Teacher', email: 'ada@example.org', password: 'a quiet harbour at night' };
  await instructor.fill(`/sign-up?first=${first}`, 'account', account);
  const made = await instructor.fill('/cohorts/new', 'Make the cohort', { name: 'Load', instructor: 'Ada' });
  const cohort = /\/cohorts\/([0-9a-f-]{36})/.exec(made.location)?.[1] ?? '';
  const labId = `${TRACED_LAB.track}/${TRACED_LAB.slug}`;
  await instructor.fill(`/cohorts/${cohort}/assign`, 'Assign', { lab: labId });
  const page = await instructor.ask(`/cohorts/${cohort}`);
  const lab = linksOf(page).find((href) => href.includes('assignment=')) ?? '';
  const assignment = /assignment=([0-9a-f-]{36})/.exec(lab)?.[1];
  if (assignment === undefined)
    throw new Error(`nothing was assigned (${page.status}, ${formsOf(page).length} forms)`);
  return { instructor, cohort, assignment, lab };
}

/** Learners of a cohort who are known by a cookie each: so many accounts would only measure how passwords are hashed. */
export async function makeLearners(fleet: Fleet, cohort: string, count: number): Promise<readonly string[]> {
  const cookies: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const [user, token] = [randomUUID(), newToken()];
    await fleet.query('INSERT INTO "user" (id, name) VALUES ($1, $2)', [user, `Learner ${n}`]);
    await fleet.query(
      `INSERT INTO guest_session (id, "userId", "tokenHash", "expiresAt") VALUES ($1, $2, $3, now() + interval '1 day')`,
      [randomUUID(), user, hashToken(token)],
    );
    await fleet.query(
      `INSERT INTO membership ("cohortId", "userId", role, name) VALUES ($1, $2, 'LEARNER', $3)`,
      [cohort, user, `Learner ${String(n).padStart(3, '0')}`],
    );
    cookies.push(`portside_guest=${token}`);
  }
  return cookies;
}
