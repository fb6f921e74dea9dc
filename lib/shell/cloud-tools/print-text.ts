import type { Json, JsonObject } from '../../api';
import { isRecord } from '../../base';

const isScalar = (value: Json | undefined): boolean => !Array.isArray(value) && !isRecord(value);

/** A value as Python prints it: None, True, False. */
export function pythonText(value: Json | undefined): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  return value === undefined ? '' : String(value);
}

const byName = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** `--output text`: tabs between scalars in the order of their names, and a line begins with what it is one of. */
export function printText(value: Json): string {
  return textOf(value, undefined, undefined);
}

function textOf(value: Json, identifier: string | undefined, keys: readonly string[] | undefined): string {
  if (Array.isArray(value)) return listText(value, identifier);
  if (isRecord(value)) return recordText(value as JsonObject, identifier, keys);
  return `${pythonText(value)}\n`;
}

function listText(list: readonly Json[], identifier: string | undefined): string {
  if (list.length === 0) return '';
  if (list.some(isRecord)) {
    const keys = scalarKeys(list);
    return list.map((each) => textOf(each, identifier, keys)).join('');
  }
  if (!list.some((each) => Array.isArray(each))) return scalarsText(list, identifier);
  const scalars = list.filter((each) => isScalar(each));
  const others = list.filter((each) => !isScalar(each));
  const head = scalars.length === 0 ? '' : scalarsText(scalars, identifier);
  return head + others.map((each) => textOf(each, identifier, undefined)).join('');
}

function scalarsText(list: readonly Json[], identifier: string | undefined): string {
  if (identifier === undefined) return `${list.map(pythonText).join('\t')}\n`;
  return list.map((each) => `${identifier.toUpperCase()}\t${pythonText(each)}\n`).join('');
}

function scalarKeys(list: readonly Json[]): readonly string[] {
  const keys = list.flatMap((each) =>
    isRecord(each)
      ? Object.entries(each as JsonObject)
          .filter(([, value]) => isScalar(value))
          .map(([key]) => key)
      : [],
  );
  return [...new Set(keys)].toSorted(byName);
}

function recordText(record: JsonObject, identifier: string | undefined, keys?: readonly string[]): string {
  const names = Object.keys(record).toSorted(byName);
  const scalars = keys ?? names.filter((name) => isScalar(record[name]));
  const cells = scalars.map((name) => pythonText(record[name]));
  const line =
    cells.length === 0
      ? ''
      : `${[...(identifier === undefined ? [] : [identifier.toUpperCase()]), ...cells].join('\t')}\n`;
  const rest = names.filter((name) => !scalars.includes(name));
  return line + rest.map((name) => textOf(record[name] ?? null, name, undefined)).join('');
}
