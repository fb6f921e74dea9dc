import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lab } from '../../labs';
import { createGuests } from '../guests';
import { labKey } from '../lab-library';
import { type LabsOnDatabase, startLabsOnDatabase } from '../live/labs-on-database.test-support';
import { createMailbox } from '../mail';
import { accountView } from './account-view';
import { type Auth, createAuth } from './auth';
import { createAccount } from './create-account';
import { exportPerson } from './export-person';
import { isFirstLink, offerAdministrator } from './first-administrator';
import { ACCOUNT_FORMS, type FormDeps, FormProblem, type Outcome } from './forms';
import { createPeople, type People } from './people';
import { createRateLimits } from './rate-limits';

let labs: LabsOnDatabase;
let auth: Auth;
let people: People;
let deps: FormDeps;
const mailbox = createMailbox();
const ended: string[] = [];

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  labs = await startLabsOnDatabase();
  const { prisma, pool } = labs.database;
  const sessionsEnded = async (userId: string) => {
    ended.push(userId);
  };
  auth = createAuth({
    prisma,
    secret: 'a secret for tests, of forty characters.',
    publicUrl: 'http://learn.example',
    sendMail: mailbox.send,
    sessionsEnded,
  });
  people = createPeople(prisma, auth);
  deps = { prisma, auth, limits: createRateLimits(pool), sessionsEnded };
}, 120_000);

afterAll(() => labs.dispose());

/** A browser: it keeps cookies and sends forms. */
function newBrowser(caller = `10.0.0.${Math.floor(Math.random() * 250)}`) {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ') || undefined;
  const keep = (lines: readonly string[]) => {
    for (const line of lines) {
      const [pair = '', ...rest] = line.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (rest.some((part) => /max-age=0/i.test(part))) jar.delete(name);
      else jar.set(name, value);
    }
  };
  return {
    jar,
    who: () => people.find(cookies()),
    async beGuest() {
      const { guest, token } = await people.createGuest();
      jar.set('portside_guest', token);
      return guest.id;
    },
    async send(name: string, fields: Readonly<Record<string, string>> = {}): Promise<Outcome> {
      const form = ACCOUNT_FORMS.find((each) => each.name === name);
      if (form === undefined) throw new Error(`no form ${name}`);
      const cookie = cookies();
      const identity = await people.identify(cookie);
      const headers = new Headers(cookie === undefined ? {} : { cookie });
      const outcome = await form.send(deps, { identity, headers, caller, fields });
      keep(outcome.cookies ?? []);
      return outcome;
    },
  };
}

let count = 0;
const newEmail = () => {
  count += 1;
  return `person${count}@learn.example`;
};
const PASSWORD = 'correct horse battery';

async function signedUp() {
  const browser = newBrowser();
  const email = newEmail();
  await browser.send('sign-up', { name: 'Ada', email, password: PASSWORD });
  const person = await browser.who();
  if (person === undefined) throw new Error('signed up');
  return { browser, email, id: person.id };
}

function anyLab(index = 0): Lab {
  const lab = labs.library.labs[index];
  if (lab === undefined) throw new Error('there is a lab');
  return lab;
}

/** A workspace with an attempt in it. */
async function work(userId: string, lab: Lab, passed = false): Promise<string> {
  const { prisma } = labs.database;
  const start = await labs.starts.current(lab);
  const id = crypto.randomUUID();
  const labId = labKey(lab);
  const at = { startAt: BigInt(start.startAt), reachedAt: BigInt(start.startAt) };
  await prisma.workspace.create({
    data: { id, userId, labId, labVersion: lab.version, seed: start.seed, startId: start.id, ...at },
  });
  const attempt = {
    id: crypto.randomUUID(),
    workspaceId: id,
    userId,
    labId,
    labVersion: lab.version,
    seq: 0,
  };
  await prisma.attempt.create({ data: { ...attempt, passed, verdicts: [] } });
  const status = passed
    ? { status: 'PASSED' as const, passedAt: new Date(), bestAttemptId: attempt.id }
    : { status: 'STARTED' as const };
  await prisma.progress.create({ data: { userId, labId, ...status } });
  return id;
}

/** The link in the newest mail to an address. */
function linkFor(email: string): URL {
  const text = mailbox.mails.find(({ to }) => to === email)?.text ?? '';
  return new URL(/http\S+/.exec(text)?.[0] ?? 'no:mail');
}

describe('an account', () => {
  it('[V15] goes on with the row of the guest who makes it; the guest cookie then leads nowhere', async () => {
    const browser = newBrowser();
    const guestId = await browser.beGuest();
    const workspace = await work(guestId, anyLab());
    const token = browser.jar.get('portside_guest');
    const email = newEmail();
    await browser.send('sign-up', { name: 'Ada', email: email.toUpperCase(), password: PASSWORD });
    expect(await browser.who()).toMatchObject({ id: guestId, isGuest: false, email, name: 'Ada', roles: [] });
    expect(await labs.database.prisma.workspace.findUnique({ where: { id: workspace } })).toMatchObject({
      userId: guestId,
    });
    expect(browser.jar.has('portside_guest')).toBe(false);
    expect(await createGuests(labs.database.prisma).find(token)).toBeUndefined();
  });

  it('[V17] is refused with what is wrong, and where', async () => {
    const { email } = await signedUp();
    const other = newBrowser();
    const wrong = (fields: Record<string, string>) =>
      other.send('sign-up', { name: 'B', email: newEmail(), password: PASSWORD, ...fields });
    await expect(wrong({ email })).rejects.toMatchObject({ field: 'email' });
    await expect(wrong({ email: 'nonsense' })).rejects.toThrow('“nonsense” is not an e-mail address');
    await expect(wrong({ password: 'short' })).rejects.toThrow('The password has 5 characters');
    await expect(wrong({ name: '  ' })).rejects.toMatchObject({ field: 'name' });
    expect(await other.who()).toBeUndefined();
  });

  it('[V17] is entered by its password alone, and only so often', async () => {
    const { email, id } = await signedUp();
    const other = newBrowser('10.9.9.9');
    await expect(other.send('sign-in', { email, password: 'wrong password' })).rejects.toThrow(
      'No account has this address and this password together.',
    );
    expect(await other.send('sign-in', { email, password: PASSWORD, next: '/labs?x=1' })).toMatchObject({
      to: '/labs?x=1',
    });
    expect((await other.who())?.id).toBe(id);
    await other.send('sign-out');
    expect(await other.who()).toBeUndefined();
    for (let n = 0; n < 10; n += 1)
      await other.send('sign-in', { email, password: 'guess number' }).catch(() => undefined);
    await expect(other.send('sign-in', { email, password: PASSWORD })).rejects.toThrow('tried too often');
    expect(await newBrowser('10.9.9.8').send('sign-in', { email, password: PASSWORD })).toMatchObject({
      to: '/',
    });
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/auth/sign-out',
  ])('[V17] after signing in nobody is sent to %s', async (next) => {
    const { email } = await signedUp();
    expect((await newBrowser().send('sign-in', { email, password: PASSWORD, next })).to).toBe('/');
  });

  it('[V15] takes over what a guest did: free labs move, the others are set aside and can be brought back', async () => {
    const { prisma } = labs.database;
    const { email, id } = await signedUp();
    const own = await work(id, anyLab(0));
    const browser = newBrowser();
    const guestId = await browser.beGuest();
    const [same, other] = [await work(guestId, anyLab(0), true), await work(guestId, anyLab(1))];
    const outcome = await browser.send('sign-in', { email, password: PASSWORD });
    expect(outcome).toMatchObject({ to: '/account#set-aside' });
    const rows = await prisma.workspace.findMany({ where: { userId: id } });
    expect(new Map(rows.map((row) => [row.id, row.place.split(':')[0]]))).toEqual(
      new Map([
        [own, ''],
        [same, 'aside'],
        [other, ''],
      ]),
    );
    expect(await prisma.attempt.count({ where: { userId: id } })).toBe(3);
    expect(await prisma.attempt.count({ where: { userId: guestId } })).toBe(0);
    const labId = labKey(anyLab(0));
    const progress = { where: { userId_labId: { userId: id, labId } } };
    expect(await prisma.progress.findUnique(progress)).toMatchObject({ status: 'PASSED' });
    const [aside] = (await accountView(prisma, id, undefined)).setAside;
    expect(aside).toMatchObject({ workspaceId: same, title: anyLab(0).title });
    await browser.send('bring-back', { workspace: same });
    const place = async (workspace: string) =>
      (await prisma.workspace.findUniqueOrThrow({ where: { id: workspace } })).place;
    expect([await place(same), (await place(own)).startsWith('aside:')]).toEqual(['', true]);
    await browser.send('bring-back', { workspace: own });
    expect([await place(own), (await place(same)).startsWith('aside:')]).toEqual(['', true]);
    // Nobody else's work can be brought back.
    const stranger = await signedUp();
    await expect(stranger.browser.send('bring-back', { workspace: same })).rejects.toThrow(FormProblem);
  });

  it('[V17] gets a new password by mail, once, and every browser is signed out by it', async () => {
    const { browser, email, id } = await signedUp();
    const elsewhere = newBrowser();
    await elsewhere.send('forgot', { email: 'nobody@learn.example' });
    const before = mailbox.mails.length;
    await elsewhere.send('forgot', { email });
    expect(mailbox.mails.length).toBe(before + 1);
    const token = linkFor(email).searchParams.get('token') ?? '';
    expect(linkFor(email).origin).toBe('http://learn.example');
    await elsewhere.send('reset', { token, password: 'another long one' });
    expect(await browser.who()).toBeUndefined();
    expect(ended).toContain(id);
    await expect(elsewhere.send('reset', { token, password: 'and a third one' })).rejects.toThrow(
      'has been used',
    );
    await elsewhere.send('sign-in', { email, password: 'another long one' });
    expect((await elsewhere.who())?.id).toBe(id);
  });

  it('[V17] confirms its address, and changes it when the new one is confirmed', async () => {
    const { browser, email } = await signedUp();
    expect(await browser.who()).toMatchObject({ emailVerified: false });
    await browser.send('verify', { token: linkFor(email).searchParams.get('token') ?? '' });
    expect(await browser.who()).toMatchObject({ emailVerified: true });
    const next = newEmail();
    await expect(browser.send('email', { email: next, 'email-password': 'wrong' })).rejects.toMatchObject({
      field: 'email-password',
    });
    await browser.send('email', { email: next, 'email-password': PASSWORD });
    await browser.send('verify', { token: linkFor(email).searchParams.get('token') ?? '' });
    expect(await browser.who()).toMatchObject({ email });
    await browser.send('verify', { token: linkFor(next).searchParams.get('token') ?? '' });
    expect(await browser.who()).toMatchObject({ email: next });
    expect((await browser.send('verify', { token: 'made up' })).said?.problem).toMatch(/too old/);
  });

  it('[V17] changes name and password; other browsers are signed out, one by one or together', async () => {
    const { browser, email, id } = await signedUp();
    const [two, three] = [newBrowser(), newBrowser()];
    for (const each of [two, three]) await each.send('sign-in', { email, password: PASSWORD });
    await browser.send('name', { name: '  Ada   Lovelace ' });
    expect(await browser.who()).toMatchObject({ name: 'Ada Lovelace' });
    const { sessions } = await accountView(labs.database.prisma, id, undefined);
    expect(sessions).toHaveLength(3);
    await two.send('end-session', { session: sessions[0]?.id ?? '' });
    expect(await three.who()).toBeUndefined();
    await browser.send('password', { 'current-password': PASSWORD, 'new-password': 'the next long one' });
    expect(await two.who()).toBeUndefined();
    expect((await browser.who())?.id).toBe(id);
    // Nobody ends another's session.
    const stranger = await signedUp();
    const [own] = (await accountView(labs.database.prisma, id, undefined)).sessions;
    await stranger.browser.send('end-session', { session: own?.id ?? '' });
    expect((await browser.who())?.id).toBe(id);
  });

  it('[V17] is saved as a file without secrets, and deleted with everything', async () => {
    const { prisma } = labs.database;
    const { browser, id } = await signedUp();
    await work(id, anyLab());
    const saved = JSON.stringify(await exportPerson(prisma, id));
    expect(saved).toContain('Ada');
    expect(saved).toContain('"attempts":[{');
    const hash = (await prisma.account.findFirstOrThrow({ where: { userId: id } })).password ?? '';
    const { token } = await prisma.session.findFirstOrThrow({ where: { userId: id } });
    expect(saved).not.toContain(hash);
    expect(saved).not.toContain(token);
    await expect(browser.send('delete', { 'delete-password': 'wrong' })).rejects.toThrow(FormProblem);
    await browser.send('delete', { 'delete-password': PASSWORD });
    expect(await browser.who()).toBeUndefined();
    expect(await prisma.user.count({ where: { id } })).toBe(0);
    expect(await prisma.workspace.count({ where: { userId: id } })).toBe(0);
  });

  it('[V19] the first administrator is made by a secret that works once, while there is none', async () => {
    const { prisma } = labs.database;
    const first = (await offerAdministrator(prisma)) ?? '';
    expect(await isFirstLink(prisma, 'made up')).toBe(false);
    const browser = newBrowser();
    await browser.send('sign-up', { name: 'Root', email: newEmail(), password: PASSWORD, first });
    expect(await browser.who()).toMatchObject({ roles: ['administrator'] });
    expect(await offerAdministrator(prisma)).toBeUndefined();
    const late = newBrowser();
    await late.send('sign-up', { name: 'Late', email: newEmail(), password: PASSWORD, first });
    expect(await late.who()).toMatchObject({ roles: [] });
  });

  it('[V15] is made once for an address, however many ask at the same time', async () => {
    const email = newEmail();
    const facts = { name: 'Ada', email, password: PASSWORD };
    const { prisma } = labs.database;
    const made = await Promise.all([1, 2, 3].map(() => createAccount({ prisma, auth }, facts)));
    expect(made.filter((id) => id !== undefined)).toHaveLength(1);
  });
});
