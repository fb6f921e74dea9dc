import { MysqlFailure } from './failure';
import { dateTime, momentOf } from './functions';
import type { Column } from './syntax';
import { type Cell, numberOf, scaleOf, textOf, type Value } from './values';

const RANGES: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  bigint: 64,
};
const LENGTHS: Readonly<Record<string, number>> = { tinytext: 255, text: 65_535, blob: 65_535 };

/** A value as a column keeps it, or why it cannot. */
export function cellOf(value: Value, column: Column, row: number): Cell {
  const { name, type, notNull } = column;
  if (value === null) {
    if (notNull) throw new MysqlFailure(1048, '23000', `Column '${name}' cannot be null`);
    return null;
  }
  const incorrect = (what: string) =>
    new MysqlFailure(
      1366,
      'HY000',
      `Incorrect ${what} value: '${textOf(value)}' for column '${name}' at row ${row}`,
    );
  const outOfRange = () =>
    new MysqlFailure(1264, '22003', `Out of range value for column '${name}' at row ${row}`);
  const bits = RANGES[type.name];
  if (bits !== undefined) {
    if (!isNumber(value)) throw incorrect('integer');
    const number = Math.round(numberOf(value));
    const high = 2 ** (type.unsigned ? bits : bits - 1);
    if (number >= high || number < (type.unsigned ? 0 : -high)) throw outOfRange();
    return number;
  }
  switch (type.name) {
    case 'decimal': {
      if (!isNumber(value)) throw incorrect('decimal');
      const number = numberOf(value);
      const { length, scale } = type;
      if (Math.abs(number) >= 10 ** ((length ?? 10) - (scale ?? 0)) || (type.unsigned && number < 0))
        throw outOfRange();
      return number.toFixed(scale ?? 0);
    }
    case 'float':
    case 'double':
      if (!isNumber(value)) throw incorrect(type.name);
      return numberOf(value);
    case 'year':
      return numberOf(value);
    case 'date':
    case 'datetime':
    case 'timestamp': {
      const moment = momentOf(textOf(value) ?? '');
      const what = type.name === 'date' ? 'date' : 'datetime';
      if (moment === undefined)
        throw new MysqlFailure(
          1292,
          '22007',
          `Incorrect ${what} value: '${textOf(value)}' for column '${name}' at row ${row}`,
        );
      return type.name === 'date' ? dateTime(moment).slice(0, 10) : dateTime(moment);
    }
    case 'enum': {
      const known = type.values.find((each) => each.toLowerCase() === textOf(value)?.toLowerCase());
      if (known === undefined)
        throw new MysqlFailure(1265, '01000', `Data truncated for column '${name}' at row ${row}`);
      return known;
    }
    case 'json':
      return jsonText(textOf(value) ?? '', name);
    default: {
      const text = textOf(value) ?? '';
      const limit = type.length ?? LENGTHS[type.name];
      if (limit !== undefined && [...text].length > limit)
        throw new MysqlFailure(1406, '22001', `Data too long for column '${name}' at row ${row}`);
      return text;
    }
  }
}

const isNumber = (value: Value): boolean =>
  typeof value !== 'string' ||
  (value.trim() !== '' && !Number.isNaN(Number(value))) ||
  scaleOf(value) !== undefined;

function jsonText(text: string, name: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new MysqlFailure(
      3140,
      '22032',
      `Invalid JSON text: "Invalid value." at position 0 in value for column '${name}'.`,
    );
  }
}
