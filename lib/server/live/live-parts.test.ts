import { describe, expect, it } from 'vitest';
import { createSerialQueue } from '../serial-queue';
import { createWallClock } from '../wall-clock';
import { readClientMessage } from './client-message';
import { toPagePath, toWorkspacePath } from './home-paths';
import { createOutputBuffer } from './output-buffer';
import { storable } from './storable';

describe('createOutputBuffer', () => {
  it.each([
    [1_000, 1_000, 'hello world'],
    [1_005, 1_005, ' world'],
    [1_011, 1_011, ''],
    [0, 1_000, 'hello world'],
    [9_999, 1_000, 'hello world'],
  ])('[V7] a page that saw up to %i gets output from %i', (seen, from, text) => {
    const buffer = createOutputBuffer(1_000, 'hello');
    buffer.append(' world');
    expect(buffer.since(seen)).toEqual({ from, text });
  });

  it('gives each page what came since, in however many pieces', () => {
    const buffer = createOutputBuffer(0, 'begin');
    let all = 'begin';
    for (let key = 0; key < 2_500; key += 1) {
      const seen = Math.max(0, all.length - (key % 97));
      buffer.append(String(key));
      all += String(key);
      expect(buffer.since(seen)).toEqual({ from: seen, text: all.slice(seen) });
    }
    expect(buffer.since(0).text).toBe(all);
  });

  it('keeps the newest part of a flood, in place', () => {
    const buffer = createOutputBuffer(0);
    for (let line = 0; line < 100_000; line += 1) buffer.append(`line ${line}\r\n`);
    const { from, text } = buffer.since(0);
    expect(text.length).toBeLessThanOrEqual(512 * 1024);
    expect(from + text.length).toBe(buffer.end);
    expect(text.endsWith('line 99999\r\n')).toBe(true);
  });
});

describe('createSerialQueue', () => {
  it('[V6] runs one at a time, in order, also after a failure', async () => {
    const queue = createSerialQueue();
    const seen: string[] = [];
    const piece = (name: string) => async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
    };
    const first = queue.run(piece('a'));
    const second = queue.run(() => Promise.reject(new Error('no')));
    const third = queue.run(piece('b'));
    expect(queue.size).toBe(3);
    await first;
    await expect(second).rejects.toThrow('no');
    await third;
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(queue.size).toBe(0);
  });
});

describe('createWallClock', () => {
  it('[V11] follows the wall while it runs, and stands still otherwise', () => {
    let wall = 50;
    const clock = createWallClock(() => wall);
    clock.start(10_000);
    wall += 1_234.5;
    expect(clock.target()).toBe(11_234);
    clock.reached(11_234);
    wall += 0.5;
    expect(clock.target()).toBe(11_235);
    clock.stop();
    wall += 60_000;
    expect(clock.target()).toBe(11_235);
  });

  it('[V11] makes up for the time that it took to get there', () => {
    let wall = 0;
    const clock = createWallClock(() => wall);
    clock.start(0);
    wall = 1000;
    expect(clock.target()).toBe(1000);
    wall = 1400;
    clock.reached(1000);
    expect(clock.target()).toBe(1400);
  });

  it('[V11] forgets time that a computing shell did not let pass, and a night asleep', () => {
    let wall = 0;
    const clock = createWallClock(() => wall);
    clock.start(0);
    wall = 800;
    clock.reached(300);
    expect(clock.target()).toBe(300);
    wall += 8 * 3_600_000;
    expect(clock.target()).toBe(5_300);
  });
});

describe('storable', () => {
  it.each([
    ['plain', 'plain'],
    ['a\0b', 'ab'],
    ['lone \ud800 half', 'lone \ufffd half'],
    ['whole \u{1f600}', 'whole \u{1f600}'],
    ['written \\u0000 out', 'written \\u0000 out'],
  ])('[V6] %j becomes %j', (text, stored) => {
    expect(storable({ deep: [text] })).toEqual({ deep: [stored] });
  });
});

describe('paths of pages', () => {
  it.each([['web-app.yaml'], ['manifests/web.yaml']])('%s is in the home folder', (path) => {
    expect(toPagePath(toWorkspacePath(path))).toBe(path);
  });

  it.each([['../x'], ['/etc/passwd'], ['a//b'], ['a/./b'], [''], ['a/'], ['x'.repeat(300)]])(
    '[V10] %j is refused',
    (path) => {
      expect(() => toWorkspacePath(path)).toThrow('is not a file name in the home folder');
    },
  );

  it.each([['/etc/hosts'], ['/home/learner/.kube/config'], ['/home/learner/.bashrc']])(
    '%s is not shown',
    (path) => {
      expect(toPagePath(path)).toBeUndefined();
    },
  );
});

describe('readClientMessage', () => {
  it.each([
    [{ type: 'hello', size: { columns: 80, rows: 24 }, seen: 3 }],
    [{ type: 'keys', data: 'ls\r' }],
    [{ type: 'save', id: 1, path: 'a.yaml', text: '' }],
    [{ type: 'layout', layout: { openFiles: ['a.yaml'], activeFile: 'a.yaml', step: 'pods' } }],
  ])('[V10] takes %j', (message) => {
    expect(readClientMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([
    ['not json', undefined],
    ['{"type":"shutdown","id":4}', 4],
    ['{"type":"keys","data":7}', undefined],
    ['{"type":"check","id":-1}', undefined],
    ['{"type":"hello","size":{"columns":1e9,"rows":24}}', undefined],
    [JSON.stringify({ type: 'keys', data: 'x'.repeat(70_000) }), undefined],
    [JSON.stringify({ type: 'save', id: 9, path: 'a', text: 'x'.repeat(600_000) }), 9],
  ])('[V10] refuses %.40s', (text, id) => {
    expect(readClientMessage(text)).toMatchObject({ type: 'bad', id });
  });
});
