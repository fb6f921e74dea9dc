import { spawnSync } from 'node:child_process';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { check, firstLink, join, openAssignedLab, someone } from '../../classroom';
import type { TestServer } from '../../server';
import { run } from '../../terminal';
import { panel, press, type Screen, seen } from './screen';

/** Somebody's screens, in their own browser. */
export interface Sitting {
  readonly page: Page;
  readonly screens: readonly Screen[];
}

const LAB = 'One address for three Pods';
const PORTSIDE = joinPath(__dirname, '../../../lib/server/bin/portside.mjs');
/** A name that no column is wide enough for. */
const LONG_NAME = 'Maximiliane-Konstanze von Hohenfels-Reichenbach zu Waldburg';
const ROSTER = [
  'name,email,reference,role',
  `Noor Haddad,noor.haddad@example.org,S-2041,learner`,
  `Wei Zhang,wei.zhang@a-rather-long-department-name.example.org,S-2042,learner`,
  `Tove Lindqvist,tove@example.org,,assistant`,
].join('\n');
const DEPLOY = 'kubectl create deployment web-app --image=nginx --replicas=3 --port=80';

/** A class in the middle of its work, as its teacher, a learner and an administrator see it. */
export async function openClass(browser: Browser, server: TestServer): Promise<readonly Sitting[]> {
  const administrator = await someone(browser, server, 'Marit Havn', firstLink(server));
  const teacher = await someone(browser, server, 'Ada Teacher');
  const role = ['user', 'role', 'ada.teacher@example.org', 'instructor'];
  const given = spawnSync(process.execPath, [PORTSIDE, ...role], {
    env: { ...process.env, DATA_DIR: server.dataDir, DATABASE_URL: '' },
    encoding: 'utf8',
  });
  if (given.status !== 0) throw new Error(given.stderr);
  const { cohort, code } = await makeCohort(teacher.page);
  const names = ['Grace Hopper', 'Linus', LONG_NAME];
  const learners = await Promise.all(names.map((name) => someone(browser, server, name)));
  const [grace, linus, third] = learners.map(({ page }) => page) as [Page, Page, Page];
  for (const [index, page] of [grace, linus, third].entries()) await join(page, code, names[index] ?? '');
  for (const page of [grace, linus, third]) await openAssignedLab(page, LAB);
  for (const page of [grace, third]) await check(page);
  await run(linus, DEPLOY);
  await run(linus, 'kubectl expose deployment web-app --name=web-service');
  await run(linus, 'kubectl rollout status deployment web-app');
  await check(linus);
  for (const [page, question] of [
    [grace, 'The Service has an address, but nothing answers there. Where do I look first?'],
    [third, ''],
  ] as const) {
    await page.getByPlaceholder('A question for your instructor').fill(question);
    await press(page, 'Raise a hand');
  }
  await teacher.page.goto(`${cohort}/help`);
  await teacher.page.getByRole('link', { name: 'Grace Hopper' }).first().click();
  await press(teacher.page, 'Ask to watch the terminal');
  await grace.getByRole('button', { name: 'Agree' }).click();
  return [
    { page: teacher.page, screens: teaching(cohort, grace) },
    { page: grace, screens: learning(cohort, code) },
    { page: administrator.page, screens: [{ name: 'cohorts-others', path: '/cohorts' }] },
  ];
}

async function makeCohort(page: Page): Promise<{ readonly cohort: string; readonly code: string }> {
  await page.goto('/cohorts/new');
  await page.getByLabel('Name', { exact: true }).fill('Networks, autumn');
  await page.getByLabel('Your name').fill('Ada Teacher');
  await press(page, 'Make the cohort');
  await page.waitForURL(/\/cohorts\/[0-9a-f-]{36}$/);
  const cohort = new URL(page.url()).pathname;
  await page.goto(`${cohort}/assign`);
  await page.getByLabel(/^Due/).fill('2035-12-20T23:59');
  for (const title of [LAB, 'The right name, and the wrong server', 'A name for each Pod'])
    await page.getByRole('checkbox', { name: title }).first().check();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.waitForURL(/\/cohorts\/[0-9a-f-]{36}$/);
  const code = (await page.locator('strong').first().textContent()) ?? '';
  await page.goto(`${cohort}/people`);
  await page.getByLabel('Or paste it').fill(ROSTER);
  await press(page, 'Add these people');
  await seen(page, /Noor Haddad/);
  return { cohort, code };
}

/** What a teacher sees; `learner` is in the lab and lets the terminal be watched. */
function teaching(cohort: string, learner: Page): readonly Screen[] {
  const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name });
  return [
    { name: 'cohorts', path: '/cohorts' },
    { name: 'cohort-new', path: '/cohorts/new' },
    { name: 'cohort-teacher', path: cohort },
    { name: 'cohort-assign', path: `${cohort}/assign` },
    { name: 'cohort-board', path: `${cohort}/board`, before: (page) => seen(page, /^Live$/) },
    { name: 'cohort-help', path: `${cohort}/help` },
    {
      name: 'cohort-work',
      path: `${cohort}/help`,
      before: async (page) => {
        await page.getByRole('link', { name: 'Grace Hopper' }).first().click();
        await seen(page, /^You are watching/);
        await run(learner, 'kubectl get pods,services -o wide');
      },
    },
    { name: 'cohort-grades', path: `${cohort}/grades` },
    {
      name: 'cohort-result',
      path: `${cohort}/grades`,
      before: async (page) => {
        await row(page, /Linus/).getByRole('link').first().click();
        await seen(page, /^Extend the deadline/);
        await page
          .getByRole('textbox', { name: 'Comment' })
          .fill('Short and right. Read about readiness next.');
        await press(page, 'Send');
        await seen(page, /^Short and right/);
      },
    },
    {
      name: 'cohort-attempt',
      before: async (page) => {
        await page.getByRole('link', { name: 'replay the one that counts' }).click();
        await page.locator('.xterm-rows').waitFor();
        await page.getByRole('list', { name: 'Inputs and verdicts' }).getByRole('button').last().click();
      },
    },
    { name: 'cohort-statistics', path: `${cohort}/grades/statistics` },
    {
      name: 'cohort-regrade',
      path: `${cohort}/grades`,
      before: async (page) => {
        await page.getByRole('link', { name: 'Regrade' }).first().click();
        await press(page, 'Judge all attempts again');
        await seen(page, /attempts judged/);
      },
    },
    { name: 'cohort-people', path: `${cohort}/people` },
    { name: 'cohort-audit', path: `${cohort}/audit` },
    { name: 'cohort-settings', path: `${cohort}/settings` },
  ];
}

function learning(cohort: string, code: string): readonly Screen[] {
  return [
    {
      name: 'lab-class',
      before: (page) => seen(page, /watches your terminal/),
      each: panel('Checks'),
    },
    { name: 'cohort-learner', path: cohort },
    { name: 'join', path: `/join/${code}` },
    { name: 'account', path: '/account' },
  ];
}
