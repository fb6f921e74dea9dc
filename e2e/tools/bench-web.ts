import { type Browser, chromium } from '@playwright/test';
import { startTestServer } from '../server';
import { prompt, type } from '../terminal';
import { CHROMIUM } from './chromium';

/** What pages must keep to, in a production build on one machine. */
const GOALS = { scriptKb: 100, lcpMs: 1_000, shift: 0.01, score: 95, labMs: 2_000, frames: 58 } as const;
/** As many times slower is the processor of a cheap phone. */
const SLOWER = 4;
const PAGES = [
  ['home', '/'],
  ['catalogue', '/labs'],
  ['chapter', '/chapters/clusterip'],
] as const;
const LAB = '/labs/services/clusterip';
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const DEBUG_PORT = 9_223;

/** What one page came to. */
interface Measured {
  readonly scriptKb: number;
  readonly lcpMs: number;
  readonly shift: number;
}

/** Opens a page with a slow processor and an empty cache, and reads what the browser says of it. */
async function measure(browser: Browser, url: string): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(2_000);
  const seen = await page.evaluate(
    () =>
      new Promise<{ lcpMs: number; shift: number }>((resolve) => {
        let lcpMs = 0;
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) lcpMs = entry.startTime;
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if ('value' in entry) shift += Number(entry.value);
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve({ lcpMs, shift }), 300);
      }),
  );
  await context.close();
  return { scriptKb: bytes / 1024, ...seen };
}

/** Lighthouse's scores, as it gives them to phones. */
async function scores(url: string): Promise<Readonly<Record<string, number>>> {
  const { default: lighthouse } = await import('lighthouse');
  const ran = await lighthouse(url, { port: DEBUG_PORT, logLevel: 'error', onlyCategories: [...CATEGORIES] });
  const { categories = {}, audits = {} } = ran?.lhr ?? {};
  for (const { id, score, title, displayValue } of Object.values(audits))
    if (process.env.AUDITS && score !== null && score < 0.9)
      console.log(`    ${id}: ${title} ${displayValue ?? ''}`);
  return Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]),
  );
}

/** From the address to a prompt that takes keys. */
async function labMs(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page
    .getByText(/learner@admin/)
    .first()
    .waitFor();
  // The lab's start is stored and its files are cached now: measured is what every further opening costs.
  const began = performance.now();
  await page.reload({ waitUntil: 'commit' });
  await page
    .locator('.xterm-rows')
    .getByText(/learner@admin:.*\$/)
    .first()
    .waitFor();
  const took = performance.now() - began;
  await page.close();
  return took;
}

/** Pods on the chart while a rollout replaces them, and how long is watched. */
const PODS = 60;
const WATCHED_MS = 5_000;

/**
 * Counts frames until `window.framesSeen()` is asked for. As text: what tsx compiles calls a function of its own that a page has
 * not.
 */
const COUNT_FRAMES = `(() => {
  const began = performance.now();
  let last = began;
  let frames = 0;
  let longestMs = 0;
  const step = (now) => {
    frames += 1;
    longestMs = Math.max(longestMs, now - last);
    last = now;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  window.framesSeen = () => ({ fps: (frames * 1000) / (last - began), longestMs });
})()`;

/** Frames a second that the lab's page draws while a rollout of many Pods runs on its chart, and the longest of them. */
async function rolloutFrames(browser: Browser, url: string): Promise<{ fps: number; longestMs: number }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await prompt(page);
  await page.locator('.xterm-helper-textarea').focus();
  await type(page, `kubectl create deployment many --image=nginx --replicas=${PODS}`);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (pods) => document.querySelectorAll('[data-place^="Pod/"][data-condition="ready"]').length >= pods,
    PODS,
    { timeout: 120_000 },
  );
  await type(page, 'kubectl rollout restart deployment many');
  await page.keyboard.press('Enter');
  await page.evaluate(COUNT_FRAMES);
  await page.waitForTimeout(WATCHED_MS);
  const seen = await page.evaluate<{ fps: number; longestMs: number }>('framesSeen()');
  await page.close();
  return seen;
}

/** One opening differs from the next by half a second on a machine of two cores, and so do Lighthouse's scores by some points. */
const OPENINGS = 7;
const AUDITS = 3;

async function times<T>(count: number, work: () => Promise<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let n = 0; n < count; n += 1) all.push(await work());
  return all;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const worse = (a: Measured, b: Measured): Measured => ({
  scriptKb: Math.max(a.scriptKb, b.scriptKb),
  lcpMs: Math.max(a.lcpMs, b.lcpMs),
  shift: Math.max(a.shift, b.shift),
});

const mark = (met: boolean) => (met ? ' ' : '!');

async function main(): Promise<void> {
  const server = await startTestServer();
  const args = [...CHROMIUM.args, `--remote-debugging-port=${DEBUG_PORT}`];
  const browser = await chromium.launch({ ...CHROMIUM, args });
  let missed = 0;
  const judge = (met: boolean) => {
    if (!met) missed += 1;
    return mark(met);
  };
  try {
    console.log(`page        script   LCP (CPU ÷ ${SLOWER})   shift   Lighthouse: ${CATEGORIES.join(', ')}`);
    for (const [name, path] of PAGES) {
      // The first opening finds a server that has not drawn the page before.
      await measure(browser, server.url + path);
      const opened = await times(OPENINGS, () => measure(browser, server.url + path));
      const { scriptKb, shift } = opened.reduce(worse);
      const lcpMs = median(opened.map((each) => each.lcpMs));
      const given = await times(AUDITS, () => scores(server.url + path));
      const values = CATEGORIES.map((name) => median(given.map((each) => each[name] ?? 0)));
      console.log(
        [
          name.padEnd(10),
          `${judge(scriptKb < GOALS.scriptKb)}${scriptKb.toFixed(0).padStart(4)} kB`,
          `${judge(lcpMs < GOALS.lcpMs)}${lcpMs.toFixed(0).padStart(10)} ms`,
          `${judge(shift < GOALS.shift)}${shift.toFixed(3).padStart(8)}`,
          `  ${judge(values.every((value) => value >= GOALS.score))}${values.join(' ')}`,
        ].join(' '),
      );
    }
    const lab = await labMs(browser, server.url + LAB);
    console.log(`lab        ${judge(lab < GOALS.labMs)}${lab.toFixed(0)} ms to a prompt`);
    const { fps, longestMs } = await rolloutFrames(browser, server.url + LAB);
    console.log(
      `rollout    ${judge(fps >= GOALS.frames)}${fps.toFixed(0)} frames a second with ${PODS} Pods, the longest ${longestMs.toFixed(0)} ms`,
    );
    console.log(missed === 0 ? 'Every goal is met.' : `${missed} goals are missed, marked with !.`);
  } finally {
    await browser.close();
    await server.dispose();
  }
  process.exitCode = missed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
