import { accessible } from './accessibility';
import { expect, test } from './journey';
import { prompt, shows } from './terminal';

test('the front page’s cluster can be poked at', async ({ page }) => {
  await page.goto('/');
  const live = page.getByRole('region', { name: 'A live cluster' });
  await live.getByRole('button', { name: 'Send a request' }).click();
  await expect(live.locator('pre')).toContainText(/answered 200 by web-/);
  await live
    .getByRole('link', { name: /^web-.*delete it$/ })
    .first()
    .press('Enter');
  await expect(live.locator('pre')).toContainText(/pod "web-\S+" deleted/);
  await expect(live.getByText('3 of 3 Pods answer for web', { exact: true })).toBeVisible();
  await live.getByRole('button', { name: 'Break the selector' }).click();
  await expect(live.getByText('0 of 3 Pods answer for web', { exact: true })).toBeVisible();
  await live.getByRole('button', { name: 'Send a request' }).click();
  await expect(live.locator('pre')).toContainText('refused');
  await live.getByRole('button', { name: 'Begin anew' }).click();
  await expect(live.getByText('3 of 3 Pods answer for web', { exact: true })).toBeVisible();
  await accessible(page);
});

test('a chapter’s diagram is told in words, and its block opens in a sandbox', async ({ page }) => {
  await page.goto('/chapters/clusterip');
  const diagram = page.locator('#diagram-request');
  await expect(diagram.getByRole('img').first()).toHaveAccessibleName(/answered 200 by web-app/);
  await diagram.getByText('The same in words').click();
  await expect(diagram.getByText(/KUBE-SVC-/).first()).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Run in a sandbox' }).first().click();
  await expect(page).toHaveURL(/\/labs\/sandbox\/3-nodes-none-iptables-1$/);
  await shows(page, /\$ kubectl apply -f web-app\.yaml$/m, 60_000);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Enter');
  await shows(page, /deployment\.apps\/web-app created/);
});

test('the catalogue is searched by keyboard', async ({ page }) => {
  await page.goto('/labs');
  await page.getByRole('searchbox').fill('one address for three pods');
  const labs = page.getByRole('heading', { level: 3 });
  await expect(labs.first()).toHaveText('One address for three Pods');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'One address for three Pods' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('searchbox').fill('no lab is called that');
  await page.getByRole('link', { name: 'Show all labs' }).click();
  await page.getByRole('link', { name: 'By skill' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Stable address' })).toBeVisible();
  await accessible(page);
});

test('one’s own data goes along, comes back, and can be deleted', async ({ page, browser, baseURL }) => {
  await page.goto('/labs/services/clusterip');
  await prompt(page);
  await page.goto('/progress');
  await expect(page.getByText(/0 of \d+ labs passed, 1 begun/)).toBeVisible();
  await accessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const file = await (await download).path();
  const other = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const theirs = await other.newPage();
  await theirs.goto('/progress');
  await theirs.getByLabel('A file that was exported here').setInputFiles(file);
  await theirs.getByRole('button', { name: 'Import' }).click();
  await expect(theirs.getByRole('status')).toContainText(/^Taken: .* in 1 lab\.$/);
  await other.close();
  await page.goto('/progress/delete');
  await expect(page.getByText(/What goes: 1 cluster/)).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Delete all of it' }).click();
  await expect(page.getByRole('status')).toContainText('Nothing is kept of you');
});

const PAGES = [
  '/',
  '/chapters',
  '/chapters/clusterip',
  '/labs',
  '/skills',
  '/glossary',
  '/sandbox',
  '/progress',
];

test('at 320 pixels, with forced colours and without motion, pages are whole', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  for (const path of PAGES) {
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${path} is no wider than the screen`).toBeLessThanOrEqual(0);
  }
  await accessible(page);
});

test('pages that are read have one small script, and do all they do without it', async ({
  page,
  browser,
  baseURL,
}) => {
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.locator('script'), path).toHaveCount(1);
  }
  const script = await page.request.get((await page.locator('script').getAttribute('src')) ?? '');
  expect((await script.body()).byteLength).toBeLessThan(10_000);
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  const reader = await plain.newPage();
  await reader.goto('/');
  await reader.getByRole('button', { name: 'Break the selector' }).click();
  await reader.getByRole('button', { name: 'Send a request' }).click();
  await expect(reader.locator('pre')).toContainText('refused');
  await reader.goto('/labs?q=one+address+for+three+pods&by=skill');
  await expect(reader.getByRole('heading', { level: 3 }).first()).toHaveText('One address for three Pods');
  await plain.close();
});

test('from a lab, which runs in the browser, one comes to a document', async ({ page }) => {
  await page.goto('/labs/services/clusterip');
  await prompt(page);
  await page.getByRole('link', { name: 'Read the chapter' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'ClusterIP' })).toBeVisible();
  await expect(page.locator('script')).toHaveCount(1);
});
