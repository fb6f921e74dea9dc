import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Asker, decide, type Facts } from '../../lib/server/access';
import { firstLink } from '../classroom';
import type { TestServer } from '../server';
import { newVisitor, type Visitor } from './visitor';

/** Everybody who walks: by what they are in the cohort that is walked, and in the place. */
export const WALKERS = [
  'visitor',
  'guest',
  'learner',
  'classmate',
  'stranger',
  'assistant',
  'instructor',
  'other instructor',
  'author',
  'administrator',
] as const;
export type Walker = (typeof WALKERS)[number];

/** What each is, as the table of rules sees it; `id` is the walker's own name. */
export const ASKERS: Readonly<Record<Walker, Asker | undefined>> = {
  visitor: undefined,
  guest: { id: 'guest', isGuest: true, roles: [] },
  learner: { id: 'learner', isGuest: false, roles: [] },
  classmate: { id: 'classmate', isGuest: false, roles: [] },
  stranger: { id: 'stranger', isGuest: false, roles: [] },
  assistant: { id: 'assistant', isGuest: false, roles: [] },
  instructor: { id: 'instructor', isGuest: false, roles: ['instructor'] },
  'other instructor': { id: 'other instructor', isGuest: false, roles: ['instructor'] },
  author: { id: 'author', isGuest: false, roles: ['author'] },
  administrator: { id: 'administrator', isGuest: false, roles: ['administrator'] },
};

const COHORT_ROLES: Readonly<Partial<Record<Walker, Facts['cohortRole']>>> = {
  learner: 'learner',
  classmate: 'learner',
  assistant: 'assistant',
  instructor: 'instructor',
};

/** Whether the table lets a walker do something with the learner's work in the learner's cohort. */
export function tableAllows(walker: Walker, action: Parameters<typeof decide>[1]): boolean {
  const facts = { ownerId: 'learner', cohortRole: COHORT_ROLES[walker] };
  return decide(ASKERS[walker], action, facts).allowed;
}

const PASSWORD = 'a quiet harbour at night';
const PLACE_ROLES = { instructor: 'INSTRUCTOR', 'other instructor': 'INSTRUCTOR', author: 'AUTHOR' } as const;

/** The name of a walker, and in it a string that stands nowhere else. */
export const nameOf = (walker: Walker): string => `Planted ${walker} name`;
const emailOf = (walker: Walker): string => `planted-mail-${walker.replaceAll(' ', '-')}@example.org`;

/** Makes everybody: accounts by the form, roles as `portside user role` stores them. */
export async function makePeople(server: TestServer): Promise<Readonly<Record<Walker, Visitor>>> {
  const first = firstLink(server);
  const made = WALKERS.map((walker) => [walker, newVisitor(server.url)] as const);
  for (const [walker, visitor] of made) {
    if (walker === 'visitor') continue;
    if (walker === 'guest') await visitor.ask('/labs/harbour/lantern');
    else await signUp(visitor, walker, walker === 'administrator' ? first : '');
  }
  await giveRoles(server);
  return Object.fromEntries(made) as Record<Walker, Visitor>;
}

async function giveRoles({ dataDir }: TestServer): Promise<void> {
  const { port, password } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
  const client = new Client({ host: '127.0.0.1', port, user: 'portside', password, database: 'portside' });
  await client.connect();
  for (const [walker, role] of Object.entries(PLACE_ROLES))
    await client.query('UPDATE "user" SET roles = ARRAY[$1::"Role"] WHERE email = $2', [
      role,
      emailOf(walker as Walker),
    ]);
  await client.end();
}

async function signUp(visitor: Visitor, walker: Walker, first: string): Promise<void> {
  const answer = await visitor.fill(`/sign-up${first === '' ? '' : `?first=${first}`}`, 'account', {
    name: nameOf(walker),
    email: emailOf(walker),
    password: PASSWORD,
  });
  if (answer.status !== 303 || answer.location.startsWith('/sign-up'))
    throw new Error(`${walker} has no account: ${answer.status} ${answer.location}`);
}

/** Signs in anew. */
export async function signIn(visitor: Visitor, walker: Walker): Promise<void> {
  await visitor.fill('/sign-in', 'Sign in', { email: emailOf(walker), password: PASSWORD });
}
