import { test as base, expect } from '@playwright/test';
import { startTestServer, type TestServer } from './server';

/** What every journey has at hand. */
interface Worker {
  readonly server: TestServer;
}

/** What must not happen on any page. */
interface Watch {
  /** Errors of scripts and failed requests so far. A journey that breaks the line on purpose empties it. */
  readonly complaints: string[];
}

/** A test with a server of its own; it fails on any script error or failed request in the browser. */
export const test = base.extend<Watch, Worker>({
  server: [
    async ({ browserName: _anyBrowser }, use) => {
      const server = await startTestServer();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 320_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console error: ${message.text()}`);
      });
      page.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
      });
      page.on('requestfailed', (request) => {
        // A page that is left gives up what it was still fetching.
        if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed ${request.url()}`);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
