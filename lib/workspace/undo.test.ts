import { describe, expect, it } from 'vitest';
import { UndoUnavailableError } from './seams';
import { createUndoStack } from './undo';

const entry = (ordinal: number) => ({ command: `c${ordinal}`, at: 0, ordinal });

describe('[W5] undo', () => {
  it('gives back the newest state first', () => {
    const stack = createUndoStack<string>([]);
    stack.push(entry(1), 'before 1');
    stack.push(entry(2), 'before 2');
    expect(stack.pop()).toEqual({ entry: entry(2), before: 'before 2' });
    expect(stack.pop()).toEqual({ entry: entry(1), before: 'before 1' });
    expect(() => stack.pop()).toThrow(UndoUnavailableError);
  });

  it('names the command whose state only storage has', () => {
    const stack = createUndoStack<string>([entry(4)]);
    expect(() => stack.pop()).toThrow('the state before "c4" is no longer in memory');
    expect(stack.entries).toEqual([entry(4)]);
  });

  it('has the states of the newest twenty', () => {
    const stack = createUndoStack<number>([]);
    for (let i = 1; i <= 30; i += 1) stack.push(entry(i), i);
    for (let i = 30; i > 10; i -= 1) expect(stack.pop().before).toBe(i);
    expect(() => stack.pop()).toThrow('the state before "c10" is no longer in memory');
    expect(stack.entries.length).toBe(10);
  });

  it('keeps fifty commands, and a copy goes its own way', () => {
    const stack = createUndoStack<number>([]);
    for (let i = 1; i <= 60; i += 1) stack.push(entry(i), i);
    expect(stack.entries.map((each) => each.ordinal)).toEqual(Array.from({ length: 50 }, (_, i) => i + 11));
    const copy = stack.copy();
    copy.pop();
    expect(stack.entries.length).toBe(50);
  });
});
