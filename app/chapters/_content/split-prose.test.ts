import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../lib/server/markdown';
import { splitProse } from './split-prose';

test('a diagram stands between the prose before and after it', async () => {
  const html = await renderMarkdown(
    'Before.\n\n:::diagram{name=one from=client}\nA *caption*.\n:::\n\nAfter.',
  );
  expect(splitProse(html).map((piece) => (piece.kind === 'html' ? piece.html.trim() : piece))).toEqual([
    '<p>Before.</p>',
    { kind: 'diagram', name: 'one', caption: '<p>A <em>caption</em>.</p>' },
    '<p>After.</p>',
  ]);
});

test('without one it is in one piece', () => {
  expect(splitProse('<p>All.</p>')).toEqual([{ kind: 'html', html: '<p>All.</p>' }]);
});
