import { describe, expect, it } from 'vitest';
import type { Json } from '../../api';
import { printTable } from './print-table';
import { printText } from './print-text';
import { queried } from './query';

const DATA: Json = {
  Things: [
    { Name: 'b', Size: 2, Tags: [{ Key: 'k', Value: 'v' }], On: true },
    { Name: 'a', Size: 10, Zones: ['z1', 'z2'], On: false },
  ],
};

describe('[S21] --output text', () => {
  it.each<[Json, string]>([
    ['x', 'x\n'],
    [null, 'None\n'],
    [true, 'True\n'],
    [3, '3\n'],
    [[], ''],
    [['a', 'b'], 'a\tb\n'],
    [
      [
        ['a', 1],
        ['b', null],
      ],
      'a\t1\nb\tNone\n',
    ],
    [{ b: 'x', a: 1 }, '1\tx\n'],
    [{ List: ['a', 'b'] }, 'LIST\ta\nLIST\tb\n'],
    [DATA, 'THINGS\tb\tTrue\t2\nTAGS\tk\tv\nTHINGS\ta\tFalse\t10\nZONES\tz1\nZONES\tz2\n'],
    [{ L: [{ a: 1 }, { b: 2 }] }, 'L\t1\t\nL\t\t2\n'],
  ])('%j', (value, expected) => {
    expect(printText(value)).toBe(expected);
  });
});

describe('[S21] --output table', () => {
  it('boxes within boxes', () => {
    expect(
      printTable(
        'DescribeThings',
        {
          Things: [
            { Name: 'a', Size: 1 },
            { Name: 'bb', Size: 22 },
          ],
        },
        80,
      ),
    ).toBe(
      [
        '--------------------',
        '|  DescribeThings  |',
        '+------------------+',
        '||     Things     ||',
        '|+-------+--------+|',
        '|| Name  | Size   ||',
        '|+-------+--------+|',
        '||  a    |  1     ||',
        '||  bb   |  22    ||',
        '|+-------+--------+|',
        '',
      ].join('\n'),
    );
  });

  it('what is too wide stands upright', () => {
    const table = printTable('X', { A: 'a'.repeat(30), B: 'b'.repeat(30), C: 'c'.repeat(30) }, 80);
    expect(table).toContain(`|  A|  ${'a'.repeat(30)}`);
    expect(table.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  it('nothing has no table', () => {
    expect(printTable('X', [], 80)).toBe('');
  });
});

describe('[S21] --query', () => {
  it.each<[string, Json]>([
    ['Things[].Name', ['b', 'a']],
    ['Things[?Name==`a`].Size | [0]', 10],
    ["Things[?Name=='a'].Size | [0]", 10],
    ['sort_by(Things,&Size)[-1].Name', 'a'],
    ['length(Things)', 2],
    ['Nothing', null],
  ])('%s', (query, expected) => {
    expect(queried(DATA, query)).toEqual(expected);
  });

  it('what makes no sense is said', () => {
    expect(() => queried(DATA, 'Things[')).toThrow('Bad value for --query Things[: ');
    expect(() => queried(DATA, 'nosuch(@)')).toThrow('Unknown function: nosuch()');
  });
});
