import { rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { MESSAGE_RULES, ROUTE_RULES, type RouteRule } from '../lib/server/access';
import { type Class, makeClass, WORK, workspaceOf } from './rights/classroom';
import { bundles, crawl, leaksIn, PLANTED, piecesOfPrivateFiles } from './rights/crawl';
import { attach, openLine } from './rights/line';
import { ASKERS, signIn, tableAllows, WALKERS, type Walker } from './rights/people';
import { PRIVATE, plantLabs } from './rights/planted-labs';
import { LAST, LINES, REQUESTS } from './rights/requests';
import { SAYS } from './rights/says';
import { type Answer, formsOf, newVisitor, type Question, type Visitor } from './rights/visitor';
import { startTestServer, type TestServer } from './server';

let server: TestServer;
let labs: string;
let place: Class;

test.describe.configure({ mode: 'serial', timeout: 900_000 });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  labs = plantLabs();
  server = await startTestServer({ LABS_DIR: labs });
  place = await makeClass(server);
});

test.afterAll(async () => {
  await server?.dispose();
  rmSync(labs, { recursive: true, force: true });
});

/** Somebody unknown is unknown anew each time: a lab makes a guest of them. */
const visitorOf = (walker: Walker): Visitor =>
  walker === 'visitor' ? newVisitor(place.origin) : place.people[walker];

function expected(walker: Walker, rule: RouteRule): boolean {
  if (rule.devOnly) return false;
  const action = REQUESTS[rule.path]?.action ?? rule.action;
  // Whoever opens a lab becomes a guest by that.
  return action === 'lab.work' || tableAllows(walker, action);
}

function wasReached({ status, location }: Answer, { path, action }: RouteRule): boolean {
  if (status >= 400) return REQUESTS[path]?.reached?.includes(status) ?? false;
  return action === 'page.read' || !location.startsWith('/sign-in');
}

async function walk(walker: Walker, rule: RouteRule, how?: Question): Promise<string | undefined> {
  const request = REQUESTS[rule.path];
  const path = request?.at?.(place) ?? rule.path;
  const answer = await visitorOf(walker).ask(path, how ?? request?.how);
  const isAllowed = expected(walker, rule);
  if (wasReached(answer, rule) === isAllowed) return undefined;
  return `${rule.path}: the table says ${isAllowed ? 'yes' : 'no'}, the server ${answer.status} ${answer.location}`;
}

test('[V14] every route with something to fill in is walked', () => {
  const paths = ROUTE_RULES.map(({ path }) => path);
  const known = [...Object.keys(REQUESTS), ...Object.keys(LAST), ...LINES];
  expect(paths.filter((path) => path.includes('[') && !known.includes(path))).toEqual([]);
  expect(known.filter((path) => !paths.includes(path))).toEqual([]);
});

test('[V13] the server lets everybody do what the table says, and nothing else', async () => {
  const wrong: string[] = [];
  for (const walker of WALKERS)
    for (const rule of ROUTE_RULES) {
      if (rule.path in LAST || LINES.some((path) => path === rule.path)) continue;
      const complaint = await walk(walker, rule);
      if (complaint !== undefined) wrong.push(`${walker} at ${complaint}`);
    }
  expect(wrong).toEqual([]);
});

test('[V10] a line is opened by its owner alone, and takes every message that the table knows', async () => {
  for (const walker of WALKERS) {
    const found = await openLine(place.origin, visitorOf(walker).cookies, place.workspace);
    const isOpen = typeof found !== 'number';
    if (isOpen) found.close();
    expect(`${walker}: ${isOpen}`).toBe(`${walker}: ${tableAllows(walker, 'workspace.use')}`);
  }
  for (const walker of WALKERS) {
    if (ASKERS[walker] === undefined) continue;
    const own = await workspaceOf(place.people[walker], '/labs/harbour/lantern');
    const line = await attach(place.origin, place.people[walker].cookies, own);
    for (const type of Object.keys(MESSAGE_RULES) as (keyof typeof MESSAGE_RULES)[]) {
      const from = line.heard.length;
      const said = SAYS[type];
      line.say(said);
      if (!('id' in said)) continue;
      const answer = await line.hear(
        (message) => ('id' in message && message.id === said.id ? message : undefined),
        from,
      );
      expect(answer.type === 'failed' ? `${type}: ${answer.code}` : type).not.toMatch(
        /forbidden|not taken|does not take/,
      );
    }
    expect(line.heard.flatMap((message) => leaksIn(JSON.stringify(message), walker))).toEqual([]);
    line.close();
  }
});

test('[V10] a line ends with the session of whoever opened it', async () => {
  const visitor = newVisitor(place.origin);
  await signIn(visitor, 'stranger');
  const own = await workspaceOf(visitor, '/labs/harbour/lantern');
  const line = await attach(place.origin, visitor.cookies, own);
  await visitor.ask('/auth/sign-out', { method: 'POST', form: [] });
  await expect.poll(() => line.closed, { timeout: 5_000 }).toBe(1008);
});

test('[V12] the key is the right to an API, until it is revoked; nothing else is', async () => {
  const anybody = newVisitor(place.origin);
  const forged = `${place.key.slice(0, -1)}${place.key.endsWith('A') ? 'B' : 'A'}`;
  expect((await anybody.ask(`/k8s/${place.key}/api/v1/pods`)).status).toBe(200);
  expect((await anybody.ask(`/k8s/${place.key}/kubeconfig`)).body).toContain(place.key);
  for (const path of ['api/v1/pods', 'kubeconfig'])
    for (const key of [forged, place.workspace, 'none'])
      expect((await place.people.administrator.ask(`/k8s/${key}/${path}`)).status).toBe(401);
  const from = place.learnerLine.heard.length;
  place.learnerLine.say({ type: 'key', id: 900, action: 'revoke' });
  await place.learnerLine.hear((message) => ('id' in message && message.id === 900 ? true : undefined), from);
  expect((await anybody.ask(`/k8s/${place.key}/api/v1/pods`)).status).toBe(401);
});

test('[C1] a form of those who lead, sent by others, changes nothing', async () => {
  const { instructor } = place.people;
  const rest = ['', '/assign', `/assign/${place.assignment}`, '/people', '/help', '/settings'];
  const grading = [`/grades/${place.assignment}/${place.learnerId}`, `/grades/regrade/${place.assignment}`];
  const others = [...grading, `/work/${place.workspace}`, '/board', `/data/${place.learnerId}`];
  const pages: Answer[] = [];
  for (const path of [...rest, ...others])
    pages.push(await instructor.ask(`/cohorts/${place.cohort}${path}`));
  const forms = pages
    .flatMap(formsOf)
    .filter(({ fields }) => fields.some(([name]) => name.startsWith('$ACTION')));
  expect(forms.length).toBeGreaterThan(12);
  const filled = {
    confirmed: WORK.cohort,
    name: 'Taken over',
    text: 'taken over',
    reason: 'taken over',
    points: '1',
    to: 'remove',
    roster: 'name\nTaken over',
    lab: 'harbour/lantern',
  };
  const kept = async () => {
    const { body } = await instructor.ask(`/cohorts/${place.cohort}/data/json`);
    return { ...(JSON.parse(body) as Record<string, unknown>), audit: [], exportedAt: '' };
  };
  const before = await kept();
  for (const walker of ['visitor', 'guest', 'classmate', 'stranger', 'other instructor'] as const)
    for (const form of forms) {
      const names = new Set(form.fields.map(([name]) => name));
      const said = Object.entries(filled).filter(([name]) => names.has(name));
      await visitorOf(walker).send(form, Object.fromEntries(said));
    }
  expect(await kept()).toEqual(before);
});

test('[K4] nobody comes upon what is not theirs to see', async () => {
  const leaks: string[] = [];
  for (const walker of WALKERS) {
    const answers = await crawl(place.people[walker], walker, place);
    expect(answers.length).toBeGreaterThan(10);
    for (const { path, body } of answers)
      leaks.push(...leaksIn(body, walker).map((leak) => `${walker} at ${path}: ${leak}`));
    if (walker !== 'instructor') continue;
    for (const found of [WORK.question, WORK.reply, WORK.rosterMail, WORK.cohort])
      expect(answers.some(({ body }) => body.includes(found))).toBe(true);
  }
  expect(leaks).toEqual([]);
});

test('[K4] lines tell solutions and debrief to whoever has passed, and nothing planted to anybody else', () => {
  const told = (line: Class['learnerLine']) =>
    line.heard.map((message) => JSON.stringify(message)).join('\n');
  expect(leaksIn(told(place.learnerLine), 'learner')).toEqual([]);
  expect(leaksIn(told(place.classmateLine), 'classmate')).toEqual([]);
  for (const text of [PRIVATE.solution, PRIVATE.debrief]) expect(told(place.classmateLine)).toContain(text);
  for (const text of [WORK.file, WORK.typed, WORK.reply, WORK.question])
    expect(told(place.learnerLine)).toContain(text);
  expect(PLANTED.length).toBeGreaterThan(15);
});

test('[K4] nothing of the private part of our own labs is in what the build gives to browsers', () => {
  const all = bundles();
  const pieces = piecesOfPrivateFiles();
  expect(all.length).toBeGreaterThan(100_000);
  expect(pieces.length).toBeGreaterThan(300);
  expect(pieces.filter(({ piece }) => all.includes(piece))).toEqual([]);
});

test('[V13] everybody may forget their work, and sign out', async () => {
  const wrong: string[] = [];
  for (const walker of WALKERS)
    for (const [path, how] of Object.entries(LAST)) {
      const rule = ROUTE_RULES.find((each) => each.path === path);
      const complaint = rule && (await walk(walker, rule, how));
      if (complaint !== undefined) wrong.push(`${walker} at ${complaint}`);
    }
  expect(wrong).toEqual([]);
});
