import { Host, isPlain, Pattern, Special } from './values';
import { CLASS } from './write-results';

const ONE_LINE = 80;

/** A value as the old shell prints it: over several lines unless it is short, or told to keep to one. */
export function toLegacyJson(value: unknown, oneLine = false): string {
  const text = written(value, '', oneLine);
  if (typeof value !== 'object' || value === null || oneLine || text.length >= ONE_LINE) return text;
  return text.replace(/[\t\r\n]+/g, ' ');
}

function written(value: unknown, indent: string, oneLine: boolean): string {
  if (value === undefined) return 'undefined';
  if (value instanceof Special) return value.legacy;
  if (value instanceof Pattern) return `/${value.source}/${value.flags}`;
  if (value instanceof Host) return value.shown;
  if (typeof value === 'function') return 'function() { [native code] }';
  const [end, deeper] = oneLine ? [' ', ''] : ['\n', `${indent}\t`];
  const outer = oneLine ? '' : indent;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[ ]';
    const items = value.map((item) => deeper + written(item, deeper, oneLine));
    return `[${end}${items.join(`,${end}`)}${end}${outer}]`;
  }
  if (!isPlain(value)) return JSON.stringify(value);
  const { [CLASS]: className, ...rest } = value;
  const entries = Object.entries(rest).filter(([, each]) => each !== undefined);
  const body =
    entries.length === 0
      ? `{${end}${deeper}${end}${outer}}`
      : `{${end}${entries
          .map(([key, each]) => `${deeper}${JSON.stringify(key)} : ${written(each, deeper, oneLine)}`)
          .join(`,${end}`)}${end}${outer}}`;
  if (typeof className !== 'string') return body;
  return `${className}(${body.length < ONE_LINE ? body.replace(/[\t\r\n]+/g, ' ') : body})`;
}
