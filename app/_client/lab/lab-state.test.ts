import { describe, expect, test } from 'vitest';
import type { AttemptView, ServerMessage, TracedView } from '../../../lib/server';
import { editFile } from './file-entry';
import {
  INITIAL_STATE,
  lineLost,
  receive,
  verdictSentence,
  wayKey,
  withClosedFile,
  withFile,
  withOpenFile,
  withRenamedFile,
} from './lab-state';

const welcome: Extract<ServerMessage, { type: 'welcome' }> = {
  type: 'welcome',
  output: '',
  from: 0,
  files: [
    { path: 'b.yaml', text: 'b' },
    { path: 'a.yaml', text: 'a' },
  ],
  layout: { openFiles: [] },
  attempts: [],
  objects: [],
  undoable: null,
  redoable: null,
  paused: false,
  editing: null,
  now: 5,
};
const open = receive(INITIAL_STATE, welcome);
const attempt: AttemptView = {
  id: '1',
  at: '2026-01-01T00:00:00Z',
  passed: false,
  verdicts: [
    { task: 't', check: 'one', outcome: 'met' },
    { task: 't', check: 'two', outcome: 'not-met', reason: 'Nobody listens.' },
  ],
};

describe('welcome', () => {
  test('opens the files there are when no tabs were remembered', () => {
    expect(open).toMatchObject({ welcomed: true, openFiles: ['a.yaml', 'b.yaml'], activeFile: 'a.yaml' });
  });

  test('opens the tabs that were remembered, without files that are gone', () => {
    const layout = { openFiles: ['b.yaml', 'gone.yaml'], activeFile: 'gone.yaml', step: 'two' };
    const state = receive(INITIAL_STATE, { ...welcome, layout });
    expect(state).toMatchObject({ openFiles: ['b.yaml'], activeFile: 'b.yaml', step: 'two' });
  });

  test('after a break keeps tabs and unsaved text', () => {
    const file = open.files['a.yaml'];
    if (file === undefined) throw new Error('a.yaml is missing');
    const typed = withFile(withClosedFile(open, 'b.yaml'), 'a.yaml', editFile(file, 'mine'));
    const back = receive(lineLost(typed, 9), welcome);
    expect(back.openFiles).toEqual(['a.yaml']);
    expect(back.files['a.yaml']).toEqual({ base: 'a', text: 'mine' });
    expect(back.announced.text).toBe('Connected again.');
  });

  test('drops files that are no more', () => {
    const state = receive(open, { ...welcome, files: [{ path: 'b.yaml', text: 'b' }] });
    expect(state).toMatchObject({ openFiles: ['b.yaml'], activeFile: 'b.yaml' });
  });
});

describe('verdicts', () => {
  test('are kept and told once', () => {
    const asked = { ...open, pending: { check: 7 } };
    const state = receive(asked, { type: 'verdicts', id: 7, attempt });
    expect(state.pending).toEqual({});
    expect(state.attempts).toEqual([attempt]);
    expect(state.announced).toEqual({
      text: '1 check is met. Not met: two. Nobody listens.',
      count: 1,
    });
  });

  test('of another tab’s check leave this tab’s question open', () => {
    const state = receive({ ...open, pending: { check: 7 } }, { type: 'verdicts', id: 8, attempt });
    expect(state.pending).toEqual({ check: 7 });
  });

  test('that are all met say that the lab is passed', () => {
    const passed: AttemptView = { ...attempt, passed: true, verdicts: attempt.verdicts.slice(0, 1) };
    expect(verdictSentence(passed)).toBe('Lab passed: all 1 checks are met.');
  });
});

test.each([
  ['undo', 'Undone.'],
  ['reset', 'The lab is back at its start.'],
] as const)('%s is told once, whichever of answer and picture comes first', (what, text) => {
  const asked = { ...open, pending: { [what]: 3 } };
  const done: ServerMessage = { type: 'done', id: 3 };
  const before = receive(receive(asked, done), welcome);
  const after = receive(receive(asked, welcome), done);
  for (const state of [before, after]) {
    expect(state.announced).toEqual({ text, count: 1 });
    expect(state.pending).toEqual({});
  }
});

test('a broken line is told once, however many attempts fail', () => {
  expect(lineLost(lineLost(open, 1), 2).announced.count).toBe(1);
});

test('objects come, change and go', () => {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' } };
  const change = (type: 'ADDED' | 'DELETED'): ServerMessage => ({
    type: 'cluster',
    changes: [{ type, resource: 'pods', object }],
    now: 6,
  });
  const added = receive(open, change('ADDED'));
  expect(Object.keys(added.objects)).toEqual(['Pod/default/p']);
  expect(receive(added, change('DELETED')).objects).toEqual({});
});

test('closing the active tab brings its neighbour forward', () => {
  const three = withOpenFile(withFile(open, 'c.yaml', { base: 'c', text: 'c' }), 'c.yaml');
  expect(withClosedFile(three, 'c.yaml').activeFile).toBe('b.yaml');
  expect(withClosedFile(withOpenFile(three, 'a.yaml'), 'a.yaml').activeFile).toBe('b.yaml');
});

test('a file that is not there is not opened', () => {
  const waits = receive(open, { type: 'editing', path: 'a.yaml' });
  expect([waits.editing, waits.activeFile]).toEqual(['a.yaml', 'a.yaml']);
  const lent = receive(receive(open, { type: 'files', changes: [{ path: '/tmp/e.yaml', text: 'x' }] }), {
    type: 'editing',
    path: '/tmp/e.yaml',
  });
  expect(lent.openFiles).toContain('/tmp/e.yaml');
  const over = receive(lent, { type: 'editing', path: null });
  expect([over.editing, over.openFiles, over.files['/tmp/e.yaml']]).toEqual([
    null,
    open.openFiles,
    undefined,
  ]);
});

test('a save that failed is unsaved again', () => {
  const file = { base: 'a', text: 'b', sent: { id: 4, text: 'b' } };
  const state = receive(withFile(open, 'a.yaml', file), {
    type: 'failed',
    id: 4,
    code: 'invalid',
    message: 'Full.',
  });
  expect(state.files['a.yaml']?.sent).toBeUndefined();
  expect(state.failure).toBe('Full.');
});

test('two pictures of ways to one place from different Pods keep their answers apart', () => {
  const way = (from: string): TracedView => ({
    host: 'web',
    port: 80,
    from,
    outcome: 'answered 200',
    reached: true,
    trace: [],
  });
  const [first, second] = [wayKey('web', 80, 'client'), wayKey('web', 80, 'other/client')];
  const asked = { ...open, waysAsked: { 7: first, 8: second } };
  const one = receive(asked, { type: 'traced', id: 8, way: way('other') });
  expect(one.ways).toEqual({ [second]: way('other') });
  const both = receive(one, { type: 'traced', id: 7, way: way('client') });
  expect(both.ways).toEqual({ [first]: way('client'), [second]: way('other') });
  expect(both.waysAsked).toEqual({});
  expect(receive(both, { type: 'traced', id: 9, way: way('nobody') }).ways).toEqual(both.ways);
});

test('a file under another name keeps its text and the place of its tab', () => {
  const renamed = withRenamedFile(withOpenFile(open, 'a.yaml'), 'a.yaml', 'base/z.yaml');
  expect(renamed.openFiles).toEqual(open.openFiles.map((path) => (path === 'a.yaml' ? 'base/z.yaml' : path)));
  expect(renamed.activeFile).toBe('base/z.yaml');
  expect(renamed.files['base/z.yaml']?.text).toBe('a');
  expect(renamed.files['a.yaml']).toBeUndefined();
  // What the server then tells of both names changes nothing.
  const told = receive(renamed, {
    type: 'files',
    changes: [
      { path: 'a.yaml', text: null },
      { path: 'base/z.yaml', text: 'a' },
    ],
  });
  expect(told.files['base/z.yaml']?.text).toBe('a');
  expect(withRenamedFile(open, 'gone.yaml', 'x.yaml')).toBe(open);
});

test('a file in conflict is in conflict under its other name, too', () => {
  const mine = withFile(open, 'a.yaml', { base: 'a', text: 'mine', below: 'theirs' });
  const renamed = withRenamedFile(mine, 'a.yaml', 'z.yaml');
  const told = receive(renamed, {
    type: 'files',
    changes: [
      { path: 'a.yaml', text: null },
      { path: 'z.yaml', text: 'theirs' },
    ],
  });
  expect(told.files['z.yaml']).toMatchObject({ text: 'mine', below: 'theirs' });
});
