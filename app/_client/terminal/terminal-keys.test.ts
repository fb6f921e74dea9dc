import { expect, test } from 'vitest';
import { keyUse } from './terminal-keys';

const none = { type: 'keydown', ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
const ctrl = { ...none, ctrlKey: true };

test.each([
  ['a letter', { ...none, code: 'KeyC' }, false, 'shell'],
  ['Ctrl-C', { ...ctrl, code: 'KeyC' }, false, 'shell'],
  ['Ctrl-C with text selected', { ...ctrl, code: 'KeyC' }, true, 'copy'],
  ['Ctrl-V', { ...ctrl, code: 'KeyV' }, false, 'browser'],
  ['Ctrl-R', { ...ctrl, code: 'KeyR' }, false, 'shell'],
  ['Cmd-R', { ...none, metaKey: true, code: 'KeyR' }, false, 'browser'],
  ['Ctrl-Shift-F', { ...ctrl, shiftKey: true, code: 'KeyF' }, false, 'find'],
  ['Tab', { ...none, code: 'Tab' }, false, 'shell'],
] as const)('%s', (_title, event, selected, use) => {
  expect(keyUse(event, selected)).toBe(use);
});
