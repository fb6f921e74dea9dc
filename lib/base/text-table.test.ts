import { describe, expect, it } from 'vitest';
import { alignTabs } from './text-table';

const KUBECTL = { minWidth: 6, padding: 3 };

describe('alignTabs', () => {
  it.each([
    ['pads all but the last cell', 'NAME\tAGE\nweb-app\t5s\n', 'NAME      AGE\nweb-app   5s\n'],
    ['keeps a least width', 'a\tb\nc\td\n', 'a     b\nc     d\n'],
    ['pads towards an empty last cell', 'a\tb\t\n', 'a     b     \n'],
    [
      'parts blocks of different columns',
      'a\tb\nlong line\nccccccc\td\n',
      'a     b\nlong line\nccccccc   d\n',
    ],
    ['is nothing for nothing', '', ''],
  ])('%s', (_title, text, aligned) => {
    expect(alignTabs(text, KUBECTL)).toBe(aligned);
  });

  it('remembers widths from call to call', () => {
    const widths: number[] = [];
    alignTabs('a-long-name\tx\n', KUBECTL, widths);
    expect(alignTabs('b\ty\n', KUBECTL, widths)).toBe('b             y\n');
  });
});
