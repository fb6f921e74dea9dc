import { readFile } from 'node:fs/promises';
import { accessible } from './accessibility';
import { check, firstLink, join, openAssignedLab, type Someone, someone } from './classroom';
import { expect, test } from './journey';
import { run, shows } from './terminal';

const LAB = 'One address for three Pods';

test('a class of three: from nothing to an exported gradebook, with help by a fork and a regrade', async ({
  browser,
  server,
}) => {
  test.setTimeout(400_000);
  const ada: Someone = await someone(browser, server, 'Ada Teacher', firstLink(server));
  const grace: Someone = await someone(browser, server, 'Grace');
  const linus: Someone = await someone(browser, server, 'Linus');

  await test.step('a cohort is made, a lab assigned, two learners join by the code', async () => {
    const { page } = ada;
    await page.goto('/cohorts/new');
    await page.getByLabel('Name', { exact: true }).fill('Networks, autumn');
    await page.getByLabel('Your name').fill('Ada Teacher');
    await page.getByRole('button', { name: 'Make the cohort' }).click();
    await page.waitForURL(/\/cohorts\/[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'Assign labs' }).click();
    await page.getByLabel(/^Due/).fill('2035-12-20T23:59');
    await page.getByRole('checkbox', { name: LAB }).check();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.waitForURL(/\/cohorts\/[0-9a-f-]{36}$/);
    const code = (await page.locator('strong').first().textContent()) ?? '';
    await join(grace.page, code, 'Grace');
    await join(linus.page, code, 'Linus');
    await accessible(page);
  });
  const cohort = ada.page.url();

  await test.step('both stand before the same verdict; the board says so, and one hint reaches both', async () => {
    for (const { page } of [grace, linus]) {
      await openAssignedLab(page, LAB);
      await check(page);
    }
    const { page } = ada;
    await page.getByRole('link', { name: 'Board' }).click();
    await expect(page.getByText('2 of 2', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await accessible(page);
    await page.getByText('Write a hint for them').first().click();
    await page.getByLabel('Hint').first().fill('Begin with a *Deployment*.');
    await page.getByRole('button', { name: 'Send to all of them' }).first().click();
    for (const each of [grace, linus])
      await expect(each.page.getByText('Begin with a Deployment.')).toBeVisible();
  });

  await test.step('a hand is raised; a fork is opened, a file sent from it, and applied', async () => {
    await grace.page.getByPlaceholder('A question for your instructor').fill('How do I begin?');
    await grace.page.getByRole('button', { name: 'Raise a hand' }).click();
    const { page } = ada;
    await page.goto(`${cohort}/help`);
    await expect(page.getByText('How do I begin?')).toBeVisible();
    await accessible(page);
    await page.getByRole('button', { name: 'Take it up' }).click();
    await expect(grace.page.getByText('Ada Teacher is looking at it.')).toBeVisible();
    await page.getByRole('button', { name: 'Open a fork' }).click();
    await page.waitForURL(/workspace=/);
    await expect(page.getByText('Your fork of Grace’s work')).toBeVisible();
    const make = 'kubectl create deployment web-app --image nginx --replicas 3 --dry-run=client -o yaml';
    await run(page, `${make} > web-app.yaml`);
    await page.getByRole('link', { name: 'Send something from it' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('This makes three Pods.');
    await page.getByRole('checkbox', { name: /web-app.yaml/ }).check();
    await page.getByRole('checkbox', { name: /kubectl apply/ }).check();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByText('Sent; it is on their lab page now.')).toBeVisible();
    await expect(grace.page.getByText('This makes three Pods.')).toBeVisible();
    await accessible(grace.page);
    await grace.page.getByRole('button', { name: 'Put the files here and apply them' }).click();
    await shows(grace.page, /deployment\.apps\/web-app created/);
    // Ready Pods earn a task, so that this attempt is the one that counts.
    await run(grace.page, 'kubectl rollout status deployment/web-app --timeout 60s');
    await check(grace.page);
  });

  await test.step('an attempt is replayed, and every attempt judged again', async () => {
    const { page } = ada;
    await page.goto(`${cohort}/grades`);
    await accessible(page);
    await page.getByRole('link', { name: 'Regrade' }).click();
    await page.getByRole('button', { name: 'Judge all attempts again' }).click();
    await expect(page.getByText('3 attempts judged, 0 come out otherwise.')).toBeVisible({ timeout: 60_000 });
    await accessible(page);
    await page.goto(`${cohort}/grades`);
    await page.getByRole('row', { name: /Grace/ }).getByRole('link').first().click();
    await page.getByRole('textbox', { name: 'Points' }).fill('9');
    await page.getByRole('textbox', { name: 'Reason' }).first().fill('shown in class');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(page.getByText('Set.', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'replay the one that counts' }).click();
    await page.getByLabel('Speed').selectOption('8');
    await page.getByRole('button', { name: 'Play' }).click();
    await shows(page, /deployment\.apps\/web-app created/, 60_000);
    await accessible(page);
  });

  await test.step('the gradebook is exported, and the log tells of all this', async () => {
    const { page } = ada;
    await page.goto(`${cohort}/grades`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv).toMatch(/^Grace,grace@example.org,,9,2,override: shown in class,9/m);
    await page.goto(`${cohort}/audit`);
    for (const deed of ['wrote a hint', 'sent a patch', 'set points', 'replayed an attempt'])
      await expect(page.getByText(deed, { exact: true }).first()).toBeVisible();
    await page.goto(`${cohort}/grades/statistics`);
    await accessible(page);
    await linus.page.goto(cohort);
    await expect(linus.page.getByText('Begun', { exact: true })).toBeVisible();
    await accessible(linus.page);
  });
  for (const each of [ada, grace, linus]) await each.close();
});
