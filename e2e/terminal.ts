import { expect, type Page } from '@playwright/test';

/** What the terminal's screen shows now, line by line. */
export async function screen(page: Page): Promise<string> {
  const rows = page.locator('.xterm-rows > div');
  return (await rows.allTextContents()).map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
}

/** The shell's prompt, waiting, as the last line that is not empty. */
const PROMPT = /learner@admin:[^\n]*\$ ?$/;

/** Waits until the screen shows `pattern`. */
export async function shows(page: Page, pattern: RegExp, timeout = 20_000): Promise<void> {
  await expect.poll(() => screen(page), { timeout }).toMatch(pattern);
}

/** Waits for a prompt that takes keys. */
export async function prompt(page: Page): Promise<void> {
  await expect.poll(async () => (await screen(page)).trimEnd(), { timeout: 60_000 }).toMatch(PROMPT);
}

/** Types on the keyboard, into whatever has the focus. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 4 });
}

/** Clears the screen, types one command, and waits until the prompt is back; gives what the screen shows then. */
export async function run(page: Page, command: string): Promise<string> {
  await page.locator('.xterm-helper-textarea').focus();
  await prompt(page);
  await page.keyboard.press('Control+L');
  await type(page, command);
  await page.keyboard.press('Enter');
  // The prompt that is waited for is the one after the command's own line.
  await expect
    .poll(
      async () =>
        (await screen(page)).trim().split('\n').length > 1 && PROMPT.test((await screen(page)).trimEnd()),
      {
        timeout: 60_000,
      },
    )
    .toBe(true);
  return screen(page);
}
