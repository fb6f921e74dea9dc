import { setTimeout as delay } from 'node:timers/promises';
import { createRandom, type Random } from '../../lib/base';
import type { ServerMessage } from '../../lib/server/protocol';
import { type Line, openLine } from '../rights/line';
import type { Trace } from './traces';

/** One command's answer. */
export interface Answer {
  readonly line: string;
  /** When Enter was pressed, by the steady clock. */
  readonly at: number;
  /** From Enter until the command has printed something, or ended. */
  readonly ms: number;
}

/** What went on at learners' pages. */
export interface Measured {
  /** From pressing Start until the page knows the workspace, in ms. */
  readonly starts: number[];
  readonly answers: Answer[];
  readonly errors: string[];
}

/** A page of a learner that has begun. */
export interface Begun {
  work(trace: Trace, seed: number, until: number): Promise<void>;
  leave(): void;
}

/** Shells mark where a command's output begins and where it ends. */
const OUTPUT_BEGINS = '\x1b]133;C';
const ANSWER_LIMIT_MS = 60_000;
/** People type between four and eight keys a second. */
const KEY_MS = { least: 120, more: 140 } as const;

/** Presses Start: the lab's page, then its line. */
export async function begin(
  origin: string,
  cookie: string,
  lab: string,
  measured: Measured,
): Promise<Begun | undefined> {
  const began = performance.now();
  const page = await fetch(new URL(lab, origin), { headers: { Cookie: cookie } });
  const id = /workspaceId\\?":\\?"([0-9a-f-]{36})/.exec(await page.text())?.[1];
  if (id === undefined) {
    measured.errors.push(`the lab's page answers ${page.status}`);
    return undefined;
  }
  const line = await openLine(origin, cookie, id, false);
  if (typeof line === 'number') {
    measured.errors.push(`the line is refused: ${line}`);
    return undefined;
  }
  const welcomed = heard(line, ({ type }) => type === 'welcome');
  line.say({ type: 'hello', size: { columns: 100, rows: 30 } });
  await welcomed;
  measured.starts.push(performance.now() - began);

  /** Types one line as a person does, and waits for what comes of it. */
  const enter = async (text: string, random: Random) => {
    for (const key of text) {
      line.say({ type: 'keys', data: key });
      await delay(KEY_MS.least + random.next() * KEY_MS.more);
    }
    const answer = heard(line, printed());
    const pressed = performance.now();
    line.say({ type: 'keys', data: '\r' });
    await answer;
    measured.answers.push({ line: text, at: pressed, ms: performance.now() - pressed });
  };

  return {
    async work(trace, seed, until) {
      const random = createRandom(seed);
      for (let round = 0; Date.now() < until; round += 1) {
        if (round > 0) {
          const done = heard(line, (message) => message.type === 'done' && message.id === round);
          line.say({ type: 'reset', id: round });
          await done;
        }
        for (const [pauseSeconds, text] of trace) {
          const pauseMs = pauseSeconds * 1_000 * (0.6 + 0.8 * random.next());
          if (Date.now() + pauseMs > until) return;
          await delay(pauseMs);
          if (line.closed !== undefined) {
            measured.errors.push(`the line was cut: ${line.closed}`);
            return;
          }
          await enter(text, random).catch((error: unknown) => measured.errors.push(`${text}: ${error}`));
        }
      }
    },
    leave: () => line.close(),
  };
}

/** Resolves once a message fits; rejects when none does in time. */
function heard(line: Line, fits: (message: ServerMessage) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error('no answer'));
    }, ANSWER_LIMIT_MS);
    const stop = line.listen((message) => {
      if (!fits(message)) return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}

/** Whether output since Enter has come to what the command prints, or to its end. */
function printed(): (message: ServerMessage) => boolean {
  let text = '';
  return (message) => {
    if (message.type !== 'output') return false;
    text += message.text;
    const mark = text.indexOf(OUTPUT_BEGINS);
    const end = mark < 0 ? -1 : text.indexOf('\x07', mark);
    return end > 0 && text.length > end + 1;
  };
}
