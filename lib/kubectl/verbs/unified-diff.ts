import { formatTime } from '../../base';

const CONTEXT = 3;

type Step = { readonly kind: ' ' | '-' | '+'; readonly line: string };

/** Two texts' difference in the format of `diff -u`. */
export function unifiedDiff(before: string, after: string, from: string, to: string, now: number): string {
  const steps = compare(lines(before), lines(after));
  const stamp = formatTime(now).replace('T', ' ').replace('Z', '.000000000 +0000');
  const out = [`--- ${from}\t${stamp}`, `+++ ${to}\t${stamp}`];
  for (const [start, end] of hunks(steps)) out.push(...hunk(steps, start, end));
  return `${out.join('\n')}\n`;
}

const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** A longest common subsequence, walked forward. */
function compare(a: readonly string[], b: readonly string[]): readonly Step[] {
  const width = b.length + 1;
  const lengths = new Array<number>((a.length + 1) * width).fill(0);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ kind: ' ', line: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (
      i < a.length &&
      (j >= b.length || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      steps.push({ kind: '-', line: a[i] ?? '' });
      i += 1;
    } else {
      steps.push({ kind: '+', line: b[j] ?? '' });
      j += 1;
    }
  }
  return steps;
}

function hunks(steps: readonly Step[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  steps.forEach((step, index) => {
    if (step.kind === ' ') return;
    const start = Math.max(0, index - CONTEXT);
    const end = Math.min(steps.length, index + CONTEXT + 1);
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  });
  return found;
}

function hunk(steps: readonly Step[], start: number, end: number): readonly string[] {
  const count = (upTo: number, from: number, skip: '-' | '+') =>
    steps.slice(from, upTo).filter((each) => each.kind !== skip).length;
  const range = (skip: '-' | '+') => {
    const size = count(end, start, skip);
    const first = count(start, 0, skip) + (size === 0 ? 0 : 1);
    return size === 1 ? `${first}` : `${first},${size}`;
  };
  const body = steps.slice(start, end).map(({ kind, line }) => `${kind}${line}`);
  return [`@@ -${range('+')} +${range('-')} @@`, ...body];
}
