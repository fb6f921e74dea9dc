import type { Page } from '@playwright/test';

/** One page in one state. */
export interface Screen {
  readonly name: string;
  readonly path?: string;
  /** What is done before the picture, once for all widths. */
  readonly before?: (page: Page) => Promise<void>;
  /** What is done at each width: on a phone one panel is seen at a time. */
  readonly each?: (page: Page, width: number) => Promise<void>;
}

/** Waits for words on the page. */
export const seen = (page: Page, text: RegExp) => page.getByText(text).first().waitFor({ timeout: 90_000 });

/** Presses a button by its name. */
export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).first().click();

/** On a phone, the tab of a panel. */
export const panel = (name: string) => async (page: Page, width: number) => {
  if (width < 1024) await page.getByRole('button', { name, exact: true }).first().click();
};
