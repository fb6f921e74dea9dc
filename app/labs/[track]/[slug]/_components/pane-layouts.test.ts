import { expect, test } from 'vitest';
import { readPanes } from './pane-layouts';

test.each([
  ['nothing', undefined, {}],
  ['what was kept', '{"lab":{"left":40,"right":60}}', { lab: { left: 40, right: 60 } }],
  ['a group of the wrong shape', '{"lab":{"left":40},"left":3}', {}],
  ['no JSON', '{"lab":', {}],
  ['something else entirely', '<script>', {}],
])('%s', (_title, cookie, panes) => {
  expect(readPanes(cookie)).toEqual(panes);
});
