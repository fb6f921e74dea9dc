import assert from 'node:assert/strict';
import puppeteer, { type Page } from 'puppeteer-core';
import { startTestServer } from '../server';

/**
 * The main journey in Firefox: Playwright drives only a Firefox of its own, so this one is spoken to over WebDriver BiDi. From the
 * front page to a chapter, its lab, a failed check, the solution typed, and a check that passes.
 */
const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const LIMIT_MS = 90_000;
const SOLUTION = [
  'kubectl create deployment web-app --image=nginx --replicas=3 --port=80',
  'kubectl create service clusterip web-service --tcp=80:80',
  'kubectl set selector service web-service app=web-app',
  'kubectl rollout status deployment web-app',
];

const screen = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.xterm-rows > div')]
      .map((row) => (row.textContent ?? '').replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd(),
  );

/** Waits until the shell's prompt is the last line. */
async function prompt(page: Page): Promise<string> {
  const began = Date.now();
  for (;;) {
    const shown = await screen(page);
    if (/learner@admin:[^\n]*\$ ?$/.test(shown)) return shown;
    assert.ok(Date.now() - began < LIMIT_MS, `no prompt came; the terminal shows:\n${shown}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function run(page: Page, line: string): Promise<string> {
  await page.focus('.xterm-helper-textarea');
  await page.keyboard.type(`clear; ${line}`);
  await page.keyboard.press('Enter');
  await new Promise((resolve) => setTimeout(resolve, 700));
  return prompt(page);
}

const button = (name: string) => `::-p-aria([name="${name}"][role="button"])`;

async function check(page: Page, verdict: string): Promise<void> {
  await page.locator(button('Check')).click();
  await page.locator(`::-p-text(${verdict})`).wait();
}

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const began = Date.now();
  await work();
  console.log(`✓ ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

async function journey(page: Page, url: string): Promise<void> {
  await step('the front page, and a request through its cluster', async () => {
    await page.goto(url);
    await page.locator(button('Send a request')).click();
    await page.locator('pre ::-p-text(answered 200)').wait();
  });
  await step('a chapter with its diagrams', async () => {
    await page.goto(`${url}/chapters/clusterip`);
    const drawn = await page.$$eval(
      'figure svg',
      (all) => all.filter((svg) => svg.getBoundingClientRect().width > 0).length,
    );
    assert.ok(drawn > 0, 'a diagram is drawn');
  });
  await step('from the chapter to a prompt', async () => {
    await page.locator('::-p-aria([name="Open the lab"][role="link"])').click();
    await page.waitForFunction(() => location.pathname === '/labs/services/clusterip', { timeout: LIMIT_MS });
    await prompt(page);
  });
  await step('a check says what is missing', () => check(page, 'There is no Deployment'));
  await step('the solution is typed', async () => {
    for (const line of SOLUTION) await run(page, line);
    assert.match(await run(page, 'kubectl get deploy'), /web-app +3\/3/);
  });
  await step('a check passes', () => check(page, 'Passed.'));
}

async function main(): Promise<void> {
  const server = await startTestServer();
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(LIMIT_MS);
    await page.setViewport({ width: 1440, height: 900 });
    console.log(await browser.version());
    await journey(page, server.url);
  } finally {
    await browser.close();
    await server.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
