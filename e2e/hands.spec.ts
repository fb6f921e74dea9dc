import type { Page } from '@playwright/test';
import { accessible } from './accessibility';
import { expect, test } from './journey';
import { prompt, shows, type } from './terminal';

const LAB = '/labs/services/clusterip';
const DEPLOY = 'kubectl create deployment web-app --image=nginx --replicas=3 --port=80';
/** More stops of Tab than the page has. */
const MOST_STOPS = 90;

/** Which panel the keyboard is in; "" for the page's head. */
const panelNow = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      document.activeElement?.closest<HTMLElement>('[data-panel-name]')?.dataset.panelName ??
      (document.activeElement === document.body ? 'page' : ''),
  );

/** Presses Tab until `there` says so; gives the panels on the way, each once in a row. */
async function tabTo(page: Page, there: () => Promise<boolean>): Promise<readonly string[]> {
  const way: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const panel = await panelNow(page);
    if (way.at(-1) !== panel) way.push(panel);
    if (await there()) return way;
  }
  throw new Error(`not reached by Tab; on the way were ${way.join(', ')}`);
}

const focused = (page: Page, name: RegExp) => () =>
  page.evaluate(
    ([source]) =>
      new RegExp(source ?? '').test(
        document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      ),
    [name.source],
  );

const NEXT = 'Control+Shift+Period';
const PREVIOUS = 'Control+Shift+Comma';

test('a lab is completed by keyboard alone', async ({ page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(LAB);
  await prompt(page);

  await test.step('Tab goes through head and panels in the order in which they are read', async () => {
    const way = await tabTo(page, focused(page, /^Terminal input$/));
    // Between panels stand the splitters, which belong to none.
    expect(way.filter((panel) => panel !== '')).toEqual(['lesson', 'checks', 'chart', 'terminal']);
    expect(way[0]).toBe('');
  });

  await test.step('the terminal keeps Tab for the shell, and the chord leaves it', async () => {
    await type(page, 'kubectl create deploym');
    await page.keyboard.press('Tab');
    await shows(page, /kubectl create deployment $|kubectl create deployment$/m);
    expect(await panelNow(page)).toBe('terminal');
    await page.keyboard.press('Control+U');
    await type(page, DEPLOY);
    await page.keyboard.press('Enter');
    await shows(page, /deployment\.apps\/web-app created/);
    for (const panel of ['checks', 'lesson']) {
      await page.keyboard.press(NEXT);
      await expect.poll(() => panelNow(page)).toBe(panel);
    }
    await page.keyboard.press(PREVIOUS);
    await page.keyboard.press(PREVIOUS);
    await expect.poll(() => panelNow(page)).toBe('terminal');
  });

  await test.step('a step is found in the palette; its file goes into the editor and is applied there', async () => {
    await page.keyboard.press(NEXT);
    await page.keyboard.press('Control+K');
    await expect(page.getByRole('dialog', { name: 'Go to, or do' })).toBeVisible();
    await type(page, 'step 2');
    await page.keyboard.press('Enter');
    await expect.poll(() => panelNow(page)).toBe('lesson');
    await tabTo(page, focused(page, /^Put in editor/));
    await page.keyboard.press('Enter');
    await expect(page.locator('.monaco-editor .view-lines')).toContainText('web-service', {
      timeout: 20_000,
    });
    await expect.poll(() => panelNow(page)).toBe('editor');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('region', { name: 'What came of web-service.yaml' })).toContainText(
      'service/web-service created',
    );
  });

  await test.step('the palette changes the light, asks for dialogs, and leaves the keyboard where it was', async () => {
    await page.keyboard.press('Control+K');
    await type(page, 'by night');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'night');
    await expect.poll(() => panelNow(page)).toBe('editor');
    await page.keyboard.press('Control+K');
    await type(page, 'as the system');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).not.toHaveAttribute('data-theme', /.*/);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Escape');
    await expect.poll(() => panelNow(page)).toBe('editor');
    await page.keyboard.press('Control+K');
    await type(page, 'reset the lab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alertdialog', { name: 'Back to the start of the lab?' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Reset', exact: true })).toBeFocused();
    await page.keyboard.press('Control+K');
    await type(page, 'panel editor');
    await page.keyboard.press('Enter');
    await expect.poll(() => panelNow(page)).toBe('editor');
  });

  await test.step('the editor keeps Tab for indenting, and the chord leaves it', async () => {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Tab');
    expect(await panelNow(page)).toBe('editor');
    await expect(page.locator('.view-line').first()).toHaveText(/^\s+apiVersion/);
    await page.keyboard.press('Control+Z');
    for (const panel of ['chart', 'timeline', 'terminal', 'checks']) {
      await page.keyboard.press(NEXT);
      await expect.poll(() => panelNow(page)).toBe(panel);
    }
  });

  await test.step('ticks came by themselves; Check judges, and the keyboard stays where it is', async () => {
    await expect(page.getByText('Met so far').first()).toBeVisible();
    await expect(page.getByText('Not so yet')).toHaveCount(0, { timeout: 60_000 });
    await tabTo(page, focused(page, /^Check$/));
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^Passed\. /)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeFocused();
    await tabTo(page, focused(page, /^Next lab: /));
    await accessible(page);
  });
});

test('a lab is completed from what a screen reader is told', async ({ page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(LAB);
  const terminal = page.getByRole('region', { name: 'Terminal', exact: true });
  const checks = page.getByRole('region', { name: 'Checks and cluster' });
  await prompt(page);
  // Whatever the page's one live region says, in order.
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.querySelector('[role="status"][aria-live="polite"]');
    if (region === null) throw new Error('there is no live region');
    new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const said = () => page.evaluate(() => (window as unknown as { said: readonly string[] }).said);

  await terminal.getByRole('button', { name: 'Log' }).click();
  const log = terminal.getByRole('region', { name: 'Log of the terminal' });
  const command = async (line: string, output: RegExp) => {
    await terminal.getByRole('textbox', { name: 'Terminal input' }).focus();
    await type(page, line);
    await page.keyboard.press('Enter');
    const entry = log.getByRole('article').filter({ has: page.getByRole('heading', { name: line }) });
    await expect(entry.last()).toContainText(output);
  };

  await test.step('commands and what they print are read in the log', async () => {
    await command(DEPLOY, /deployment\.apps\/web-app created/);
    await command('kubectl expose deployment web-app --name=web-service', /service\/web-service exposed/);
    await command('kubectl get nothing', /the server doesn't have a resource type "nothing".*/s);
    await expect(log.getByText('ended with 1')).toBeVisible();
  });

  await test.step('the cluster is a list of Services and Pods', async () => {
    await checks.getByRole('tab', { name: 'Cluster' }).click();
    await expect(checks.getByRole('listitem').filter({ hasText: /^web-app-.*Running, ready/ })).toHaveCount(
      3,
      {
        timeout: 30_000,
      },
    );
    await expect(checks.getByRole('listitem').filter({ hasText: /^web-serviceClusterIP/ })).toContainText(
      /(?:10\.244\.\d+\.\d+){3}/,
    );
  });

  await test.step('the way of a request is a list of hops', async () => {
    const chart = page.getByRole('region', { name: 'Chart', exact: true });
    await chart.getByRole('combobox', { name: 'From' }).selectOption({ label: 'client' });
    await chart.getByRole('combobox', { name: 'to' }).fill('web-service');
    await chart.getByRole('button', { name: 'Send a request' }).click();
    const way = page.getByRole('region', { name: 'The way of the request' });
    await expect(way.getByRole('listitem').filter({ hasText: 'KUBE-SVC-' }).first()).toBeVisible();
    await expect.poll(said).toContainEqual(expect.stringMatching(/answered 200 by web-app-/));
  });

  await test.step('the verdict is said once, and stands in words beside each check', async () => {
    await checks.getByRole('tab', { name: 'Checks' }).click();
    await checks.getByRole('button', { name: 'Check', exact: true }).press('Enter');
    await expect(checks.getByText(/^Passed\. /)).toBeVisible({ timeout: 30_000 });
    await expect(checks.getByRole('listitem').filter({ hasText: /^Pods change\s*Met$/ })).toBeVisible();
    const verdicts = (await said()).filter((text) => text.startsWith('Lab passed'));
    expect(verdicts).toEqual([expect.stringMatching(/^Lab passed: all \d+ checks are met\.$/)]);
  });
});
