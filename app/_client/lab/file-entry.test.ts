import { describe, expect, test } from 'vitest';
import {
  acknowledgeFile,
  cleanFile,
  editFile,
  fileChanged,
  fileStatus,
  forgetSent,
  keepMine,
  sendFile,
  takeTheirs,
} from './file-entry';

const edited = editFile(cleanFile('a'), 'b');
const conflicting = { base: 'a', text: 'b', below: 'c' };

describe('saving', () => {
  test('goes from unsaved through saving to saved', () => {
    const sent = sendFile(edited, 1);
    const stored = acknowledgeFile(sent, 1);
    expect([edited, sent, stored].map(fileStatus)).toEqual(['unsaved', 'saving', 'saved']);
  });

  test('text typed while a save is on its way is still unsaved after it', () => {
    const stored = acknowledgeFile(editFile(sendFile(edited, 1), 'bc'), 1);
    expect(stored).toMatchObject({ base: 'b', text: 'bc' });
    expect(fileStatus(stored)).toBe('unsaved');
  });

  test('another save’s answer changes nothing', () => {
    const sent = sendFile(edited, 1);
    expect(acknowledgeFile(sent, 2)).toBe(sent);
  });

  test('a save that the line swallowed is to be sent again', () => {
    expect(fileStatus(forgetSent(sendFile(edited, 1)))).toBe('unsaved');
  });
});

describe('a change from the shell', () => {
  test.each([
    ['a new file', undefined, 'x', { base: 'x', text: 'x' }],
    ['a file without unsaved text', cleanFile('a'), 'x', { base: 'x', text: 'x' }],
    ['a deleted file without unsaved text', cleanFile('a'), null, undefined],
    ['a file nobody knew, deleted', undefined, null, undefined],
    ['unsaved text, and another text below', edited, 'c', conflicting],
    ['unsaved text, and the file deleted below', edited, null, { base: 'a', text: 'b', below: null }],
    ['unsaved text that the shell wrote too', edited, 'b', { base: 'b', text: 'b' }],
    ['a picture that brings nothing new', edited, 'a', edited],
  ])('%s', (_title, file, text, after) => {
    expect(fileChanged(file, text)).toEqual(after);
  });

  test('the echo of one’s own save is no conflict, even after typing on', () => {
    const typedOn = editFile(sendFile(edited, 1), 'bc');
    expect(fileStatus(fileChanged(typedOn, 'b') ?? edited)).toBe('unsaved');
  });
});

describe('settling', () => {
  test('mine is to be saved over theirs', () => {
    expect(keepMine(conflicting)).toEqual({ base: 'c', text: 'b' });
  });

  test('theirs replaces mine', () => {
    expect(takeTheirs(conflicting)).toEqual({ base: 'c', text: 'c' });
  });

  test('theirs was deleted, so it goes', () => {
    expect(takeTheirs({ ...conflicting, below: null })).toBeUndefined();
  });
});
