import CDP from 'chrome-remote-interface';

/** As many times slower is the processor of a cheap phone. */
export const SLOWER = 4;
const SETTLED_MS = 2_000;
const VIEWPORT = { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false };

/** What one opening of a page came to. */
export interface Measured {
  readonly scriptKb: number;
  readonly lcpMs: number;
  readonly shift: number;
}

/** Asks the page for what it painted last and how far it shifted. As text: it runs there. */
const PAINTED = `new Promise((resolve) => {
  let lcpMs = 0;
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) lcpMs = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(JSON.stringify({ lcpMs, shift })), 300);
})`;

/**
 * Opens a page with a slow processor and an empty cache, and reads what the browser says of it. By the debugger's protocol
 * itself, in the tab that the browser began with: Playwright puts scripts of its own into every page before its first
 * paint, and a new context is a new window, whose toolbar is drawn by the processor that is measured.
 */
export async function readPage(port: number, url: string): Promise<Measured> {
  const page = await CDP({ port });
  const scripts = new Set<string>();
  let bytes = 0;
  page.Network.responseReceived(({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  page.Network.loadingFinished(({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  try {
    await page.Network.enable({});
    await page.Page.enable();
    await open(page, 'about:blank');
    await page.Network.clearBrowserCache();
    await page.Network.clearBrowserCookies();
    await page.Emulation.setDeviceMetricsOverride(VIEWPORT);
    await page.Emulation.setCPUThrottlingRate({ rate: SLOWER });
    await open(page, url);
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    const { result } = await page.Runtime.evaluate({ expression: PAINTED, awaitPromise: true });
    const { lcpMs, shift } = JSON.parse(String(result.value)) as Omit<Measured, 'scriptKb'>;
    return { scriptKb: bytes / 1024, lcpMs, shift };
  } finally {
    await page.close();
  }
}

async function open(page: CDP.Client, url: string): Promise<void> {
  const loaded = new Promise((resolve) => page.Page.loadEventFired(() => resolve(undefined)));
  await page.Page.navigate({ url });
  await loaded;
}
