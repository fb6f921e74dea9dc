import { type Browser, chromium, expect } from '@playwright/test';
import { readNumbers } from '../../lib/testing/bin/read-numbers.mjs';
import { check, firstLink, join, openAssignedLab, someone } from '../classroom';
import { type Fleet, startFleet } from '../fleet/fleet';
import { proveSandboxElsewhere } from '../fleet/sandbox-elsewhere';
import { run, screen, shows } from '../terminal';
import { CHROMIUM } from './chromium';

/** Leases end five seconds after the last heartbeat; then the browser has to come back. */
const GOAL_MS = 15_000;
const LAB = 'One address for three Pods';

/** How it went after one kill. */
interface Takeover {
  readonly killed: number;
  readonly heir: number;
  /** From the kill until a command that was typed then has printed. */
  readonly backMs: number;
}

async function main(): Promise<void> {
  const { processes, kills } = readNumbers('prove:takeover', {
    /** How many processes, one run each: of two, the other one is the heir each time. */
    processes: [2, 3],
    /** From the second on the heir is killed, and whoever was killed before has come back. */
    kills: 2,
  });
  for (const each of processes) await proveWith(each, kills);
  console.log('Nothing was lost.');
}

async function proveWith(processes: number, kills: number): Promise<void> {
  const fleet = await startFleet({ processes });
  const browser = await chromium.launch({
    ...CHROMIUM,
    args: [...CHROMIUM.args, '--ignore-certificate-errors'],
  });
  try {
    const { from, to } = await proveSandboxElsewhere(fleet, browser);
    console.log(`  a chapter at ${to} ran its block in a sandbox that ${from} had`);
    const all = await prove(fleet, browser, kills);
    console.log(JSON.stringify({ processes: fleet.ports.length, takeovers: all }));
    const slow = all.filter(({ backMs }) => backMs > GOAL_MS);
    if (slow.length > 0) throw new Error(`${slow.length} takeovers took longer than ${GOAL_MS} ms`);
  } finally {
    await browser.close();
    await fleet.dispose();
  }
}

async function prove(fleet: Fleet, browser: Browser, kills: number): Promise<readonly Takeover[]> {
  const place = { url: fleet.url, output: fleet.output };
  const ada = await someone(browser, place, 'Ada Teacher', firstLink(place));
  const grace = await someone(browser, place, 'Grace');
  await ada.page.goto('/cohorts/new');
  await ada.page.getByLabel('Name', { exact: true }).fill('Networks');
  await ada.page.getByLabel('Your name').fill('Ada Teacher');
  await ada.page.getByRole('button', { name: 'Make the cohort' }).click();
  await ada.page.waitForURL(/\/cohorts\/[0-9a-f-]{36}$/);
  const cohort = ada.page.url();
  await ada.page.getByRole('link', { name: 'Assign labs' }).click();
  await ada.page.getByRole('checkbox', { name: LAB }).check();
  await ada.page.getByRole('button', { name: 'Assign', exact: true }).click();
  await ada.page.waitForURL(cohort);
  const code = (await ada.page.locator('strong').first().textContent()) ?? '';
  await join(grace.page, code, 'Grace');
  await openAssignedLab(grace.page, LAB);
  await run(grace.page, 'kubectl create configmap kept --from-literal=word=anchor');
  const [place0] = await fleet.query<{ id: string }>(
    'SELECT id FROM workspace WHERE "assignmentId" IS NOT NULL AND "forkedFromId" IS NULL',
  );
  const workspace = place0?.id ?? '';

  // One page looks on at the terminal, another at the board: both through whichever process answers them.
  await ada.page.goto(`${cohort}/work/${workspace}`);
  await ada.page.getByRole('button', { name: 'Ask to watch the terminal' }).click();
  await grace.page.getByRole('button', { name: 'Agree', exact: true }).click();
  await expect(ada.page.getByText('You are watching their terminal.')).toBeVisible({ timeout: 30_000 });
  await shows(ada.page, /configmap\/kept created/, 30_000);
  const board = await ada.page.context().newPage();
  await board.goto(`${cohort}/board`);
  await expect(board.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });

  const all: Takeover[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    await run(grace.page, `echo line-${kill} >> log.txt`);
    const killed = await fleet.ownerOf(workspace);
    if (killed === undefined) throw new Error('nobody has the workspace');
    const began = Date.now();
    await fleet.kill(killed);
    await expect(grace.page.getByText('Connected', { exact: true })).toBeHidden({ timeout: 10_000 });
    await expect(grace.page.getByText('Connected', { exact: true })).toBeVisible({ timeout: 60_000 });
    await run(grace.page, `echo back-$((${kill} + 100))`);
    await shows(grace.page, new RegExp(`back-${kill + 100}`));
    const backMs = Date.now() - began;
    const heir = (await fleet.ownerOf(workspace)) ?? 0;
    if (heir === killed) throw new Error('nobody took the workspace over');
    all.push({ killed, heir, backMs });
    console.log(`  ${killed} was killed; ${heir} went on after ${backMs} ms`);
    const kept = await run(grace.page, "cat log.txt; kubectl get configmap kept -o jsonpath='{.data.word}'");
    for (let n = 1; n <= kill; n += 1) expect(kept.split(`line-${n}`)).toHaveLength(2);
    expect(kept).toContain('anchor');
    // Whoever looks on sees what is typed now.
    await shows(ada.page, new RegExp(`line-${kill}\\s+anchor`), 30_000);
    await fleet.start(killed);
  }
  await check(grace.page);
  // The attempt's verdicts come to a board that was opened before the first kill.
  await expect(board.getByRole('row', { name: /Grace/ })).toContainText('not met', { timeout: 30_000 });
  expect(await screen(grace.page)).not.toContain('lost');
  for (const each of [ada, grace]) await each.close();
  return all;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
