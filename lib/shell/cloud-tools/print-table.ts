import type { Json, JsonObject } from '../../api';
import { isRecord } from '../../base';
import { pythonText } from './print-text';

/** One box of the table: a title, and rows under headers. */
interface Section {
  readonly title: string;
  readonly indent: number;
  headers: readonly string[];
  rows: (readonly string[])[];
}

const PADDING = 4;
const byName = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const isScalar = (value: Json | undefined): boolean => !Array.isArray(value) && !isRecord(value);
const isEmpty = (value: Json | undefined): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0);

/** `--output table`: boxes within boxes; rows that are too wide for the screen stand upright. */
export function printTable(title: string, value: Json, columns: number): string {
  const sections: Section[] = [];
  if (!build(sections, title, value, 0)) return '';
  let all: readonly Section[] = sections;
  if (widthOf(all) > columns) all = all.map(upright);
  const width = widthOf(all);
  return `${'-'.repeat(width)}\n${all.map((section) => render(section, width)).join('')}`;
}

function build(sections: Section[], title: string | undefined, value: Json, indent: number): boolean {
  if (isEmpty(value)) return false;
  if (title !== undefined) sections.push({ title, indent, headers: [], rows: [] });
  if (Array.isArray(value)) buildList(sections, title ?? '', value, indent);
  else if (isRecord(value)) buildRecord(sections, value as JsonObject, indent);
  return true;
}

function buildList(sections: Section[], title: string, list: readonly Json[], indent: number): void {
  if (isRecord(list[0])) {
    buildRecords(sections, title, list as readonly JsonObject[], indent);
    return;
  }
  for (const item of list) {
    if (isScalar(item)) addRow(sections, [item]);
    else if (Array.isArray(item) && item.every((each: Json) => isScalar(each))) addRow(sections, item);
    else build(sections, undefined, item, indent);
  }
}

function buildRecords(sections: Section[], title: string, list: readonly JsonObject[], indent: number): void {
  const keys = [...new Set(list.flatMap((each) => Object.keys(each)))].toSorted(byName);
  const headers = keys.filter((key) => list.some((each) => key in each && isScalar(each[key])));
  const more = keys.filter((key) => list.some((each) => key in each && !isScalar(each[key])));
  const current = sections.at(-1);
  if (current !== undefined) current.headers = headers;
  for (const [index, element] of list.entries()) {
    if (index > 0 && more.length > 0) sections.push({ title, indent, headers, rows: [] });
    addRow(
      sections,
      headers.map((header) => element[header] ?? (header in element ? null : '')),
    );
    for (const key of more) if (key in element) build(sections, key, element[key] ?? null, indent + 1);
  }
}

function buildRecord(sections: Section[], record: JsonObject, indent: number): void {
  const keys = Object.keys(record).toSorted(byName);
  const headers = keys.filter((key) => isScalar(record[key]));
  const current = sections.at(-1);
  const [only] = headers;
  if (headers.length === 1 && only !== undefined) addRow(sections, [only, record[only] ?? null]);
  else if (headers.length > 0) {
    if (current !== undefined) current.headers = headers;
    addRow(
      sections,
      headers.map((header) => record[header] ?? null),
    );
  }
  for (const key of keys.filter((each) => !isScalar(record[each])))
    build(sections, key, record[key] ?? null, indent + 1);
}

function addRow(sections: Section[], row: readonly (Json | undefined)[]): void {
  sections.at(-1)?.rows.push(row.map(pythonText));
}

function upright(section: Section): Section {
  const [row] = section.rows;
  if (section.rows.length !== 1 || row === undefined || section.headers.length === 0) return section;
  return {
    ...section,
    headers: [],
    rows: section.headers.map((header, index) => [header, row[index] ?? '']),
  };
}

function columnWidths({ headers, rows }: Section): readonly number[] {
  const lines = headers.length === 0 ? rows : [headers, ...rows];
  const count = Math.max(0, ...lines.map((line) => line.length));
  return Array.from({ length: count }, (_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
}

function widthOf(sections: readonly Section[]): number {
  return Math.max(
    ...sections.map((section) => {
      const cells = columnWidths(section).reduce((sum, width) => sum + width + PADDING, 0);
      const outer = 2 * section.indent;
      return Math.max(section.title.length + 2 + outer, cells + 2 + outer);
    }),
  );
}

/** Python's round: halves go to the even neighbour. */
function round(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Columns stretched so that together they are as wide as the table. */
function stretched(section: Section, width: number): readonly number[] {
  const bare = columnWidths(section).map((each) => each + PADDING);
  const sum = bare.reduce((total, each) => total + each, 0);
  const scaled = bare.map((each) => round((width / sum) * each));
  let over = scaled.reduce((total, each) => total + each, 0) - width;
  while (over !== 0 && scaled.length > 0) {
    const order = over > 0 ? [...scaled.keys()] : [...scaled.keys()].reverse();
    for (const at of order) {
      if (over === 0) break;
      const step = over > 0 ? -1 : 1;
      scaled[at] = (scaled[at] ?? 0) + step;
      over += step;
    }
  }
  return scaled;
}

function render(section: Section, total: number): string {
  const edge = '|'.repeat(section.indent);
  const width = total - 2 * section.indent;
  const widths = stretched(section, width);
  const rule = widths
    .map((each, at) => (at === 0 ? `+${'-'.repeat(each - 2)}+` : `${'-'.repeat(each - 1)}+`))
    .join('');
  const lines: string[] = [];
  if (section.title !== '') {
    lines.push(centred(section.title, width, '|'));
    if (section.headers.length === 0 && section.rows.length === 0) lines.push(`+${'-'.repeat(width - 2)}+`);
  }
  if (section.headers.length > 0)
    lines.push(
      rule,
      section.headers.map((each, at) => centred(each, widths[at] ?? 0, at === 0 ? '|' : '')).join(''),
    );
  if (section.rows.length > 0) {
    const rows = section.rows.map((row) =>
      row.map((each, at) => leftAligned(each, widths[at] ?? 0, at === 0 ? '|' : '')).join(''),
    );
    lines.push(rule, ...rows, rule);
  }
  return lines.map((line) => `${edge}${line}${edge}\n`).join('');
}

function centred(text: string, width: number, left: string): string {
  const start = Math.floor(width / 2) - Math.floor(text.length / 2) - 1;
  const head = left + ' '.repeat(Math.max(0, start)) + text;
  return `${head}${' '.repeat(Math.max(0, width - 1 - left.length - Math.max(0, start) - text.length))}|`;
}

function leftAligned(text: string, width: number, left: string): string {
  const padding = width - (text.length + 2 + left.length + 1) >= 0 ? 2 : 0;
  const head = left + ' '.repeat(padding) + text;
  return `${head}${' '.repeat(Math.max(0, width - head.length - 1))}|`;
}
