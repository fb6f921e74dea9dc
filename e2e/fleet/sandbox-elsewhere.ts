import { type Browser, expect, type Page } from '@playwright/test';
import { prompt, run, screen, shows } from '../terminal';
import type { Fleet } from './fleet';

const CHAPTER = '/chapters/clusterip';
const SANDBOX = '/labs/sandbox/3-nodes-none-iptables-1';
/** By chance, with two processes, every second sandbox is where the chapter's form is answered as well. */
const GUESTS = 12;

/**
 * Proves that *Run in a sandbox* on a chapter reaches a sandbox that another process has, at which a page looks: it is
 * fetched, the page that looked at it comes back by itself, and nothing in it is lost. Gives the ports of both.
 */
export async function proveSandboxElsewhere(
  fleet: Fleet,
  browser: Browser,
): Promise<{ readonly from: number; readonly to: number }> {
  const to = await answererOfForms(fleet, browser);
  for (let guest = 0; guest < GUESTS; guest += 1) {
    const context = await browser.newContext({ baseURL: fleet.url, ignoreHTTPSErrors: true });
    try {
      const page = await context.newPage();
      await page.goto(SANDBOX);
      await prompt(page);
      const from = await ownerOfNewest(fleet);
      if (from === to) continue;
      await runFromChapter(page, await context.newPage());
      expect(await ownerOfNewest(fleet), 'the sandbox was fetched').toBe(to);
      return { from, to };
    } finally {
      await context.close();
    }
  }
  throw new Error(`all of ${GUESTS} sandboxes were where the form was answered`);
}

async function runFromChapter(page: Page, reader: Page): Promise<void> {
  await run(page, 'kubectl create configmap kept --from-literal=word=anchor; echo mine > mine.txt');
  await reader.goto(CHAPTER);
  await reader.getByRole('button', { name: 'Run in a sandbox' }).first().click();
  await expect(reader).toHaveURL(new RegExp(`${SANDBOX}$`));
  await shows(reader, /\$ kubectl apply -f web-app\.yaml$/m);
  await reader.locator('.xterm-helper-textarea').focus();
  await reader.keyboard.press('Enter');
  await shows(reader, /deployment\.apps\/web-app created/);
  // Whoever looked at it meanwhile sees the same, and can go on.
  await expect(page.getByText('Connected', { exact: true })).toBeVisible({ timeout: 20_000 });
  await shows(page, /deployment\.apps\/web-app created/);
  await page.bringToFront();
  await run(page, "cat mine.txt; kubectl get configmap kept -o jsonpath='{.data.word}'");
  await shows(page, /mine\s+anchor/);
  expect(await screen(reader)).not.toContain('lost');
}

/** The port of the process to which nginx leads the forms of whoever comes from here. */
async function answererOfForms(fleet: Fleet, browser: Browser): Promise<number> {
  const context = await browser.newContext({ baseURL: fleet.url, ignoreHTTPSErrors: true });
  try {
    const page = await context.newPage();
    await page.goto(CHAPTER);
    const block = await page.locator('form[action="/sandbox/run"] input[name=block]').first().inputValue();
    const sent = await context.request.post('/sandbox/run', {
      form: { chapter: 'clusterip', block },
      headers: { origin: fleet.url },
      maxRedirects: 0,
    });
    const { location } = sent.headers();
    expect(location).toContain(SANDBOX);
    return await ownerOfNewest(fleet);
  } finally {
    await context.close();
  }
}

async function ownerOfNewest(fleet: Fleet): Promise<number> {
  const [newest] = await fleet.query<{ id: string }>(
    `SELECT id FROM workspace WHERE "labId" LIKE 'sandbox/%' ORDER BY "createdAt" DESC LIMIT 1`,
  );
  const owner = newest && (await fleet.ownerOf(newest.id));
  if (owner === undefined) throw new Error('nobody has the sandbox');
  return owner;
}
