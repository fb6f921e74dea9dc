import type { Page } from '@playwright/test';
import { accessible } from './accessibility';
import { expect, test } from './journey';
import { prompt, run } from './terminal';

/** The least that can be hit (WCAG 2.5.8), and what is excepted there: links within sentences, and what a larger one stands for. */
const LEAST_PX = 24;

/** What can be pressed and is smaller than that. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const shown = [
      ...document.querySelectorAll<HTMLElement>('button, summary, select, input, [role=tab], a[href]'),
    ];
    return shown
      .filter(
        (each) => each.checkVisibility() && each.closest('.monaco-editor, .xterm, .visually-hidden') === null,
      )
      .filter((each) => !(each.matches('a') && getComputedStyle(each).display === 'inline'))
      .flatMap((each) => {
        const { width, height } = each.getBoundingClientRect();
        const label = each.matches('input') ? each.closest('label')?.getBoundingClientRect() : undefined;
        const fits = (side: number, other = 0) => Math.max(side, other) >= least - 0.5;
        if (width === 0 || (fits(width, label?.width) && fits(height, label?.height))) return [];
        const name = each.getAttribute('aria-label') ?? each.textContent ?? '';
        return [`${each.tagName} "${name.slice(0, 30)}" ${Math.round(width)}×${Math.round(height)}`];
      });
  }, LEAST_PX);
}

test('every state of the lab page can be read and pressed, by day and by night, large and small', async ({
  page,
  context,
  complaints,
}) => {
  test.setTimeout(360_000);
  await page.goto('/labs/services/clusterip');
  await prompt(page);
  await run(page, 'kubectl create deployment web-app --image=nginx --replicas=3');
  await run(page, 'kubectl create service clusterip web-service --tcp=80:80');
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click();
  const sound = async () => {
    await accessible(page);
    expect.soft(await smallTargets(page)).toEqual([]);
  };

  await test.step('verdicts, one with labels side by side', async () => {
    await press('Check');
    await expect(page.getByText(/checks met/).first()).toBeVisible({ timeout: 30_000 });
    await page.getByText('Show me: selector and labels').first().click();
    await expect(page.getByText('differs').first()).toBeVisible();
    await sound();
  });
  await test.step('an apply that is refused, at its line; and the file beside what is live', async () => {
    await page.getByRole('button', { name: /^Step 2/ }).click();
    await page.getByRole('button', { name: /Put in editor as web-service.yaml/ }).click();
    const lines = page.locator('.monaco-editor .view-lines').first();
    await expect(lines).toContainText('web-app', { timeout: 20_000 });
    await page.keyboard.press('Alt+Enter');
    const diff = page.getByRole('region', { name: 'web-service.yaml beside what is live' });
    await expect(diff.getByText('Service web-service').first()).toBeVisible();
    await expect(diff.locator('.monaco-diff-editor')).toContainText('app: web-app');
    await sound();
    await page.keyboard.press('Escape');
    await page.locator('.monaco-editor').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('  replicas: 3');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    const came = page.getByRole('region', { name: 'What came of web-service.yaml' });
    await expect(came.getByRole('button', { name: 'Line 12' })).toBeVisible();
    await expect(came).toContainText('unknown field "spec.replicas"');
    await sound();
    await page.getByRole('button', { name: /Put in editor as web-service.yaml/ }).click();
    await expect(lines).not.toContainText('replicas');
    await press('Apply');
    await expect(came).toContainText('service/web-service configured');
  });
  await test.step('an object that somebody else changed meanwhile', async () => {
    await press('Chart');
    await page.getByRole('button', { name: /^web-service ClusterIP/ }).click();
    await page.getByRole('tab', { name: 'YAML' }).click();
    await press('Edit');
    await expect(page.getByRole('tab', { name: 'web-service.service.yaml' })).toBeVisible();
    await run(page, 'kubectl annotate service web-service seen=yes');
    await press('Replace');
    const came = page.getByRole('region', { name: 'What came of web-service.service.yaml' });
    await expect(came).toContainText('the object has been modified');
    await came.getByRole('button', { name: 'Read it again' }).click();
    await expect(came).toBeHidden();
    await expect(page.locator('.monaco-editor .view-lines').first()).toContainText('seen', {
      timeout: 5_000,
    });
  });
  await test.step('a file in a folder, and under another name', async () => {
    await press('Editor');
    const choose = async (item: string | RegExp) => {
      await press('Files');
      await page.getByRole('menuitem', { name: item }).click();
    };
    await choose('New file …');
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('two words');
    await press('Make it');
    await expect(page.getByText('and no spaces')).toBeVisible();
    await name.fill('base/svc.yaml');
    await press('Make it');
    await expect(page.getByRole('tab', { name: 'base/svc.yaml' })).toBeVisible();
    await choose(/^Rename base\/svc.yaml/);
    await name.fill('base/service.yaml');
    await press('Rename it');
    await expect(page.getByRole('tab', { name: 'base/service.yaml' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'base/svc.yaml' })).toHaveCount(0);
    expect(await run(page, 'ls base')).toMatch(/^service\.yaml$/m);
    await press('Files');
    await expect(page.getByText('base/', { exact: true })).toBeVisible();
    await accessible(page);
    await page.keyboard.press('Escape');
  });
  await test.step('log, timeline, palette, keys', async () => {
    await press('Log');
    await press('Timeline');
    await expect(page.getByText('kubectl annotate').first()).toBeVisible();
    await sound();
    await press('Go to');
    await expect(page.getByRole('dialog')).toBeVisible();
    await sound();
    await page.keyboard.press('Escape');
    await press('Keys');
    await sound();
    await page.keyboard.press('Escape');
  });
  await test.step('the terminal in front is the one that was', async () => {
    await press('New');
    await expect(page.getByRole('button', { name: 'admin 2', exact: true })).toHaveAttribute(
      'aria-current',
      'true',
    );
    // Layouts are stored a moment after they change.
    await page.waitForTimeout(1_200);
    await page.reload();
    await expect(page.getByRole('button', { name: 'admin 2', exact: true })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await press('Close admin 2');
  });
  await test.step('a solution, watched in a copy', async () => {
    await press('Check');
    await expect(page.getByText(/^Passed\. /)).toBeVisible({ timeout: 30_000 });
    await press('Show solutions');
    await page.locator('summary', { hasText: 'Commands' }).click();
    await press('Watch it from the lab’s start');
    await expect(page.getByRole('dialog', { name: 'Solution: Commands' }).getByText(/0:00 of/)).toBeVisible({
      timeout: 20_000,
    });
    await press('Play');
    await expect(page.getByRole('dialog').locator('.xterm-rows')).toContainText('kubectl create deployment', {
      timeout: 10_000,
    });
    await sound();
    await page.keyboard.press('Escape');
  });
  await test.step('at 320 pixels, which is 1280 at 400 %, each panel fits; at 200 % as well', async () => {
    for (const [width, height] of [
      [320, 640],
      [720, 450],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const name of ['Lesson', 'Editor', 'Chart', 'Timeline', 'Terminal', 'Checks']) {
        await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click();
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(over, `${name} at ${width}`).toBeLessThanOrEqual(0);
        expect.soft(await smallTargets(page)).toEqual([]);
      }
    }
    await accessible(page);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
  await test.step('offline', async () => {
    await context.setOffline(true);
    await expect(page.getByText('No connection').first()).toBeVisible();
    await sound();
    await context.setOffline(false);
    // The line that broke is the one complaint this step makes on purpose.
    complaints.length = 0;
  });
});
