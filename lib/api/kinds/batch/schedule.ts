const FIELDS: readonly (readonly [low: number, high: number, names: readonly string[]])[] = [
  [0, 59, []],
  [0, 23, []],
  [1, 31, []],
  [1, 12, ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']],
  [0, 6, ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']],
];
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** What is wrong with a cron schedule of five fields, in the words of upstream's parser; undefined when it is fine. */
export function scheduleError(schedule: string): string | undefined {
  if (schedule.startsWith('@')) {
    const known = DESCRIPTORS.includes(schedule) || /^@every (\d+(\.\d+)?(ns|us|ms|s|m|h))+$/.test(schedule);
    return known ? undefined : `unrecognized descriptor: ${schedule}`;
  }
  const fields = schedule.split(/\s+/).filter(Boolean);
  if (fields.length !== FIELDS.length) {
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  }
  return fields.map((field, index) => fieldError(field, index)).find((error) => error !== undefined);
}

function fieldError(field: string, index: number): string | undefined {
  const [low, high, names] = FIELDS[index] ?? [0, 0, []];
  const number = (text: string): number => {
    const named = names.indexOf(text.toLowerCase());
    return named >= 0 ? named + low : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  for (const part of field.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0) return `too many slashes: ${part}`;
    if (step !== undefined && !(Number(step) > 0))
      return `step of range should be a positive number: ${part}`;
    if (range === '*' || range === '?') continue;
    const ends = range.split('-');
    if (ends.length > 2) return `too many hyphens: ${part}`;
    const [start = Number.NaN, end = start] = ends.map(number);
    if (Number.isNaN(start) || Number.isNaN(end))
      return `failed to parse int from ${range}: strconv.Atoi: parsing "${range}": invalid syntax`;
    if (start < low) return `beginning of range (${start}) below minimum (${low}): ${part}`;
    if (end > high) return `end of range (${end}) above maximum (${high}): ${part}`;
    if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${part}`;
  }
  return undefined;
}
