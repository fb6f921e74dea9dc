import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { startTestServer } from '../server';
import { prompt, run } from '../terminal';
import { CHROMIUM } from './chromium';

/**
 * Takes every page and every state of the lab's page for `docs/screens`, at three widths, by day and by night. Words after the
 * command choose among them: `npm run screens -- home lab-chart`.
 */
const FOLDER = join(__dirname, '../../docs/screens');
const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
const LIGHTS = ['light', 'dark'] as const;
const QUALITY = 58;
/** All of them together. */
const LIMIT_BYTES = 8 * 1024 * 1024;

/** One page in one state. */
interface Screen {
  readonly name: string;
  readonly path?: string;
  /** What is done before the picture, once for all widths. */
  readonly before?: (page: Page) => Promise<void>;
  /** What is done at each width: on a phone one panel is seen at a time. */
  readonly each?: (page: Page, width: number) => Promise<void>;
}

const seen = (page: Page, text: RegExp) => page.getByText(text).first().waitFor({ timeout: 90_000 });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

/** On a phone, the tab of a panel. */
const panel = (name: string) => async (page: Page, width: number) => {
  if (width < 1024) await page.getByRole('button', { name, exact: true }).first().click();
};

const PAGES: readonly Screen[] = [
  { name: 'home', path: '/' },
  {
    name: 'home-request',
    path: '/',
    before: async (page) => {
      await press(page, 'Send a request');
      await page
        .locator('pre')
        .getByText(/answered 200/)
        .waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'home-broken',
    path: '/',
    before: async (page) => {
      await press(page, 'Break the selector');
      await page
        .locator('pre')
        .getByText(/selector updated/)
        .waitFor({ timeout: 60_000 });
      await press(page, 'Send a request');
      await page
        .locator('pre')
        .getByText(/refused/)
        .waitFor({ timeout: 60_000 });
    },
  },
  { name: 'chapters', path: '/chapters' },
  { name: 'chapter', path: '/chapters/clusterip' },
  { name: 'chapter-diagram', path: '/chapters/clusterip#diagram-request' },
  { name: 'chapter-table', path: '/chapters/clusterip#when-it-does-not-answer' },
  { name: 'labs', path: '/labs' },
  { name: 'labs-found', path: '/labs', before: (page) => page.getByRole('searchbox').fill('probe') },
  { name: 'labs-none', path: '/labs', before: (page) => page.getByRole('searchbox').fill('submarine') },
  { name: 'labs-by-skill', path: '/labs?by=skill' },
  { name: 'skills', path: '/skills' },
  { name: 'glossary', path: '/glossary' },
  { name: 'sandbox', path: '/sandbox' },
  { name: 'progress-empty', path: '/progress' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'not-found', path: '/chapters/no-such-chapter' },
];

const SOLUTION = [
  'kubectl create deployment web-app --image=nginx --replicas=3 --port=80',
  'kubectl create service clusterip web-service --tcp=80:80',
  'kubectl set selector service web-service app=web-app',
  'kubectl rollout status deployment web-app',
];

/** The lab's page goes from state to state in one sitting. */
const LAB: readonly Screen[] = [
  {
    name: 'lab',
    path: '/labs/services/clusterip',
    before: async (page) => {
      await prompt(page);
      await seen(page, /^worker-2/);
    },
    each: panel('Terminal'),
  },
  {
    name: 'lab-verdicts-failed',
    before: async (page) => {
      await press(page, 'Check');
      await seen(page, /^There is no Deployment/);
    },
    each: panel('Checks'),
  },
  {
    name: 'lab-chart',
    before: async (page) => {
      for (const line of SOLUTION) await run(page, line);
      await press(page, 'Chart');
    },
    each: panel('Chart'),
  },
  {
    name: 'lab-drawer',
    before: async (page) => {
      await page
        .getByRole('region', { name: 'Chart', exact: true })
        .getByRole('button', { name: /^web-service ClusterIP/ })
        .click();
      await seen(page, /Selector: +app=web-app/);
    },
  },
  {
    name: 'lab-request',
    before: async (page) => {
      const chart = page.getByRole('region', { name: 'Chart', exact: true });
      await chart.getByRole('button', { name: 'Close' }).click();
      await chart.getByLabel('From').selectOption({ label: 'client' });
      await chart.getByLabel('to', { exact: true }).fill('web-service');
      await chart.getByRole('button', { name: 'Send a request' }).click();
      await seen(page, /^answered 200 by web-app-/);
    },
  },
  {
    name: 'lab-diff',
    before: async (page) => {
      await page.getByRole('button', { name: /^Step 2/ }).click();
      await page.getByRole('button', { name: /Put in editor as web-service.yaml/ }).click();
      await page.locator('.monaco-editor .view-lines').first().getByText('web-app').first().waitFor();
      // What the lesson says is what the commands have made: without a change there is nothing to compare.
      await page.keyboard.press('Control+End');
      await page.keyboard.type('  type: NodePort');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+Enter');
      const diff = page.getByRole('region', { name: 'web-service.yaml beside what is live' });
      await diff.getByText('Service web-service').first().waitFor();
    },
    each: panel('Editor'),
  },
  {
    name: 'lab-apply-refused',
    before: async (page) => {
      // The keyboard went to the switch of panels, where Escape closes nothing.
      await page
        .getByRole('region', { name: 'web-service.yaml beside what is live' })
        .getByRole('button', { name: 'Close' })
        .click();
      await page.locator('.monaco-editor').first().click();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('Enter');
      await page.keyboard.type('replicas: 3');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: 'Line 13' }).waitFor();
    },
    each: panel('Editor'),
  },
  {
    name: 'lab-timeline',
    before: (page) => press(page, 'Timeline'),
    each: panel('Timeline'),
  },
  {
    name: 'lab-compare',
    before: async (page) => {
      await page
        .locator('[data-line]')
        .filter({ hasText: 'kubectl create service clusterip' })
        .first()
        .click();
      await press(page, /^Compare/);
      await seen(page, /different/);
    },
    each: panel('Timeline'),
  },
  {
    name: 'lab-log',
    before: (page) => press(page, 'Log'),
    each: panel('Terminal'),
  },
  {
    name: 'lab-palette',
    before: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'lab-verdicts-passed',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Check');
      await seen(page, /^Passed\. /);
    },
    each: panel('Checks'),
  },
  {
    name: 'lab-solution',
    before: async (page) => {
      await press(page, 'Show solutions');
      await page.locator('summary', { hasText: 'Commands' }).click();
      await press(page, /^Watch it from/);
      await seen(page, /0:00 of/);
      await press(page, 'Play');
      await page.locator('[role=dialog] .xterm-rows').getByText('deployment').first().waitFor();
      await press(page, 'Pause');
    },
  },
  {
    name: 'lab-keys',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Keys');
    },
  },
  {
    name: 'lab-offline',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await page.context().setOffline(true);
      await seen(page, /No connection/);
    },
    each: panel('Terminal'),
  },
];

const AFTER: readonly Screen[] = [
  { name: 'home-continue', path: '/' },
  { name: 'progress', path: '/progress' },
  { name: 'progress-delete', path: '/progress/delete' },
];

async function shoot(devtools: CDPSession, name: string): Promise<void> {
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'));
}

async function take(page: Page, devtools: CDPSession, url: string, screen: Screen): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  if (screen.path !== undefined) await page.context().setOffline(false);
  if (screen.path !== undefined) await page.goto(url + screen.path, { waitUntil: 'load' });
  await screen.before?.(page);
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await screen.each?.(page, width);
    if (screen.path?.includes('#'))
      await page.evaluate(() => document.querySelector(location.hash)?.scrollIntoView());
    for (const colorScheme of LIGHTS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(250);
      await shoot(devtools, `${screen.name}-${width}-${colorScheme}`);
    }
  }
}

async function takeAll(context: BrowserContext, url: string, wanted: readonly string[]): Promise<number> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const devtools = await context.newCDPSession(page);
  let failed = 0;
  // States of the lab follow from one another: to have one, those before it are gone through.
  for (const screen of [...PAGES, ...LAB, ...AFTER]) {
    const chosen = wanted.length === 0 || wanted.includes(screen.name);
    if (!chosen && !(LAB.includes(screen) && LAB.some(({ name }) => wanted.includes(name)))) continue;
    try {
      await take(page, devtools, url, screen);
      console.log(`✓ ${screen.name}`);
    } catch (error) {
      failed += 1;
      console.error(`✗ ${screen.name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  return failed;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  mkdirSync(FOLDER, { recursive: true });
  if (wanted.length === 0) for (const name of readdirSync(FOLDER)) rmSync(join(FOLDER, name));
  const server = process.env.PORTSIDE_URL === undefined ? await startTestServer() : undefined;
  const browser = await chromium.launch(CHROMIUM);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const failed = await takeAll(context, server?.url ?? process.env.PORTSIDE_URL ?? '', wanted);
  await browser.close();
  await server?.dispose();
  const bytes = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  console.log(`${(bytes / 1024 / 1024).toFixed(1)} MB in docs/screens`);
  process.exitCode = failed === 0 && bytes <= LIMIT_BYTES ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
