import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityMilliValue,
  quantityOf,
  quantityValue,
  subtractQuantities,
} from './quantity';

const q = (text: string) => parseQuantity(text) ?? quantityOf(Number.NaN);

describe('quantity', () => {
  it.each([
    ['100m', '100m'],
    ['0.1', '100m'],
    ['1.5', '1500m'],
    ['1000m', '1'],
    ['1000', '1k'],
    ['1024Mi', '1Gi'],
    ['1025Mi', '1025Mi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Mi', '512Ki'],
    ['1000000', '1M'],
    ['123456', '123456'],
    ['1e3', '1e3'],
    ['10e3', '10e3'],
    ['1e4', '10e3'],
    ['0Mi', '0'],
    ['-1', '-1'],
    ['.5', '500m'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['512', '512'],
    ['1Ki', '1Ki'],
  ])('%s is canonically %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it.each(['', '1.2.3', '1 Gi', 'abc', '1gi', '1mi', '--1', '1K'])('%j is no quantity', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('adds, subtracts and compares exactly', () => {
    expect(formatQuantity(addQuantities(q('0'), q('64Mi')))).toBe('64Mi');
    expect(formatQuantity(addQuantities(q('250m'), q('0.75')))).toBe('1');
    expect(formatQuantity(subtractQuantities(q('1'), q('250m')))).toBe('750m');
    expect(compareQuantities(q('1Gi'), q('1G'))).toBe(1);
    expect(compareQuantities(q('1000m'), q('1'))).toBe(0);
  });

  it('rounds values up', () => {
    expect(quantityValue(q('1100m'))).toBe(2);
    expect(quantityMilliValue(q('1100u'))).toBe(2);
    expect(quantityMilliValue(q('2'))).toBe(2000);
  });
});
