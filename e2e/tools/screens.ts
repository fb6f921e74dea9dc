import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { startTestServer, type TestServer } from '../server';
import { CHROMIUM } from './chromium';
import { openClass, type Sitting } from './screens/class';
import { LAB } from './screens/lab';
import { PAGES, PAGES_AFTER } from './screens/pages';
import type { Screen } from './screens/screen';

/**
 * Takes every page and every state of the lab's page, for one person and in a class, for `docs/screens`, at three widths, by day and by night. Words after the
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
const LIMIT_BYTES = 12 * 1024 * 1024;

/** Somebody's screens, and which of them are to be had. */
interface Wanted extends Sitting {
  readonly url: string;
  readonly wanted: readonly string[];
}

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

/** Takes what is wanted of a sitting; says how many could not be had. */
async function takeSitting({ page, screens, url, wanted }: Wanted): Promise<number> {
  page.setDefaultTimeout(30_000);
  const devtools = await page.context().newCDPSession(page);
  let failed = 0;
  for (const screen of screens) {
    if (!isNeeded(screen, screens, wanted)) continue;
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

/** Whether it is wanted, or on the way to one that is: what has no address follows from the one before it. */
function isNeeded(screen: Screen, screens: readonly Screen[], wanted: readonly string[]): boolean {
  if (wanted.length === 0 || wanted.includes(screen.name)) return true;
  const next = screens[screens.indexOf(screen) + 1];
  return next !== undefined && next.path === undefined && isNeeded(next, screens, wanted);
}

async function takeAll(browser: Browser, server: TestServer, wanted: readonly string[]): Promise<number> {
  const { url } = server;
  let failed = 0;
  const isWanted = (screens: readonly Screen[]) =>
    wanted.length === 0 || screens.some(({ name }) => wanted.includes(name));
  const alone = [...PAGES, ...LAB, ...PAGES_AFTER];
  if (isWanted(alone)) {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    // Faces are optional (`app/_ui/fonts.ts`): somebody's very first page would be pictured in the system's.
    await page.goto(`${url}/glossary`, { waitUntil: 'load' });
    failed += await takeSitting({ page, screens: alone, url, wanted });
    await context.close();
  }
  if (!wanted.every((name) => alone.some((screen) => screen.name === name)) || wanted.length === 0)
    for (const { page, screens } of await openClass(browser, server))
      failed += await takeSitting({ page, screens, url, wanted });
  return failed;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  mkdirSync(FOLDER, { recursive: true });
  if (wanted.length === 0) for (const name of readdirSync(FOLDER)) rmSync(join(FOLDER, name));
  const server = await startTestServer();
  const browser = await chromium.launch(CHROMIUM);
  const failed = await takeAll(browser, server, wanted);
  await browser.close();
  await server.dispose();
  const bytes = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  console.log(`${(bytes / 1024 / 1024).toFixed(1)} MB in docs/screens`);
  process.exitCode = failed === 0 && bytes <= LIMIT_BYTES ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
