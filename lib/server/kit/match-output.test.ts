import { describe, expect, it } from 'vitest';
import { outputDiffers } from './match-output';

describe('[K2] outputs of a lesson', () => {
  it.each([
    ['a\nb', 'a\nb\n'],
    ['NAME READY\nweb-… 1/1', 'NAME                  READY\nweb-7b99d5855-8pgmf   1/1\n'],
    ['…\nlast', 'first\nsecond\nlast'],
    ['first\n…', 'first'],
    ['10.244.…', '10.244.1.3'],
    ['a … (b)', 'a + (b)'],
  ])('%j is %j', (shown, printed) => {
    expect(outputDiffers(shown, printed)).toBeUndefined();
  });

  it.each([
    ['a', 'b', 'no line is like "a"'],
    ['a\nb', 'b\na', 'another order or number'],
    ['a', 'a\na', 'another order or number'],
    ['10.244.…', '10x244.1.3', 'no line is like'],
    ['', 'something', 'no line is like'],
  ])('%j is not %j', (shown, printed, why) => {
    expect(outputDiffers(shown, printed)).toContain(why);
  });
});
