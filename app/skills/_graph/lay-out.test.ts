import { describe, expect, it } from 'vitest';
import { layOut, skillNodes } from './lay-out';

const lab = (skills: readonly string[], prerequisites: readonly string[]) => ({ skills, prerequisites });

describe('[A11] the skills map', () => {
  it('a skill needs what the first lab that trains it needs', () => {
    const labs = [lab(['a'], []), lab(['b'], ['a']), lab(['a', 'c'], ['b']), lab(['c'], ['a'])];
    expect(skillNodes(['a', 'b', 'c'], labs)).toEqual([
      { name: 'a', needs: [] },
      { name: 'b', needs: ['a'] },
      { name: 'c', needs: ['b'] },
    ]);
  });

  it('circles are cut where the course comes to them first', () => {
    const labs = [lab(['a'], ['b', 'a']), lab(['b'], ['a'])];
    expect(skillNodes(['a', 'b'], labs).map(({ needs }) => needs)).toEqual([[], ['a']]);
  });

  it('each stands right of all that it needs, and no two in one place', () => {
    const placed = layOut([
      { name: 'a', needs: [] },
      { name: 'b', needs: [] },
      { name: 'c', needs: ['a'] },
      { name: 'd', needs: ['b', 'c'] },
      { name: 'e', needs: ['b'] },
    ]);
    expect(placed.map(({ name, column, row }) => `${name} ${column} ${row}`)).toEqual([
      'a 0 0',
      'c 1 0',
      'd 2 0',
      'b 0 1',
      'e 1 1',
    ]);
  });

  it('no skills, no places', () => expect(layOut([])).toEqual([]));
});
