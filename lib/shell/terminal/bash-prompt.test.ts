import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSession } from '../index';
import { settle, tinyMachine, tinyWorld } from '../tiny-world.test-support';

/** What stood on the terminal of a real bash 5.2 (`bash --norc -i`, PS1='$ ') when these keys were typed, a quarter of a second apart. */
const RECORDINGS = readFileSync(new URL('../testdata/bash-prompt.txt', import.meta.url), 'utf8')
  .split(/^===== /m)
  .slice(1)
  .map((text) => {
    const end = text.indexOf('\n');
    return { keys: JSON.parse(text.slice(0, end)) as (string | number)[], screen: text.slice(end + 1) };
  });

const EVERY_MS = 250;

/** The screen as lines: a prompt that was drawn again takes the place of what stood there; process ids are chance. */
function rendered(raw: string): string {
  return raw
    .replace(/\x1b\][^\x07\x1b]*(\x07|\x1b\\)/g, '')
    .replace(/\x1b\[\?2004[hl]/g, '')
    .replaceAll('\r\n', '\n')
    .replace(/[^\n]*\r\x1b\[J/g, '')
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
    .replaceAll('\r', '')
    .replace(/\b\d{4,6}\b/g, 'PID')
    .replace(/^(\[\d+\].?|) +(?=PID)/gm, '$1 ');
}

async function typed(keys: readonly (string | number)[]): Promise<string> {
  const world = tinyWorld();
  let screen = '';
  const session = createSession({
    machine: tinyMachine(world),
    world,
    size: { columns: 200, rows: 50 },
    state: undefined,
    show: (text) => {
      screen += text;
    },
    accept: (input) => void Promise.resolve().then(() => session.deliver(input)),
  });
  session.press(" PS1='$ '; history -c; unset HISTCONTROL\r");
  await world.advance(10);
  screen = '$ ';
  for (const key of keys) {
    if (typeof key === 'string') session.press(key);
    for (let i = 0; i < 5; i += 1) await settle();
    await world.advance(typeof key === 'number' ? key * 1000 : EVERY_MS);
  }
  session.kill();
  return rendered(screen);
}

describe('an interactive shell against bash at a terminal', () => {
  it.each(RECORDINGS)('[S24] $keys', async ({ keys, screen }) => {
    expect(`${await typed(keys)}\n`).toBe(rendered(screen));
  });
});
