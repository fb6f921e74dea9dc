import { type Browser, expect, type Page } from '@playwright/test';
import type { TestServer } from './server';

/** Where somebody makes an account, and what was printed there. */
type Place = Pick<TestServer, 'url' | 'output'>;

/** Somebody in a browser of their own, with an account. */
export interface Someone {
  readonly page: Page;
  close(): Promise<void>;
}

/** Makes an account in a browser of its own; with the first link, the administrator's. */
export async function someone(browser: Browser, server: Place, name: string, first = ''): Promise<Someone> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto(first === '' ? '/sign-up' : `/sign-up?first=${first}`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase().replaceAll(' ', '.')}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill('a quiet harbour at night');
  await page.getByRole('main').getByRole('button').last().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'));
  return { page, close: () => context.close() };
}

/** The secret of the first administrator, as the server prints it. */
export function firstLink(server: Place): string {
  const found = /\/sign-up\?first=([\w-]+)/.exec(server.output)?.[1];
  if (found === undefined) throw new Error('the server offers no administrator');
  return found;
}

/** Joins by the code and stands on the cohort's page. */
export async function join(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/join/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join as learner' }).click();
  await page.waitForURL(/\/cohorts\/[0-9a-f-]{36}$/);
}

/** Opens an assigned lab by its title and waits for the prompt. */
export async function openAssignedLab(page: Page, title: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled({ timeout: 60_000 });
  await expect(page.getByText('Connected', { exact: true })).toBeVisible({ timeout: 60_000 });
}

/** Presses Check and waits for the verdicts. */
export async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText(/\d+ of \d+ checks met/)).toBeVisible({ timeout: 60_000 });
}
