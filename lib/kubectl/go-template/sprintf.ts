import { goSyntax, goTypeName, goValueText } from '../jsonpath';

const VERB = /%([-+# 0]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g;
const INTEGERS = 'dxXobcU';
const FLOATS = 'feEgG';

const typeName = (value: unknown): string =>
  typeof value === 'bigint'
    ? 'int'
    : typeof value === 'number'
      ? Number.isInteger(value)
        ? 'int64'
        : 'float64'
      : goTypeName(value);

/** fmt.Sprintf for the values that templates have: texts, int (bigint), float64 (number), booleans, lists, maps. */
export function sprintf(format: string, args: readonly unknown[]): string {
  const left = [...args];
  const text = format.replace(
    VERB,
    (_all, flags: string, width: string, places: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (left.length === 0) return `%!${verb}(MISSING)`;
      const given = left.shift();
      const value =
        typeof given === 'number' && Number.isInteger(given) && INTEGERS.includes(verb)
          ? BigInt(given)
          : given;
      const shown =
        shownAs(value, verb, places, flags) ?? `%!${verb}(${typeName(value)}=${goValueText(value)})`;
      const pad = Number(width || 0);
      if (flags.includes('-')) return shown.padEnd(pad);
      if (flags.includes('0') && /^-/.test(shown)) return `-${shown.slice(1).padStart(pad - 1, '0')}`;
      return shown.padStart(pad, flags.includes('0') ? '0' : ' ');
    },
  );
  if (left.length === 0) return text;
  return `${text}%!(EXTRA ${left.map((value) => `${typeName(value)}=${goValueText(value)}`).join(', ')})`;
}

function shownAs(
  value: unknown,
  verb: string,
  places: string | undefined,
  flags: string,
): string | undefined {
  if (verb === 'v') return flags.includes('#') ? goSyntax(value) : goValueText(value);
  if (verb === 'T') return typeName(value);
  if (verb === 't') return typeof value === 'boolean' ? String(value) : undefined;
  if (typeof value === 'string') {
    const cut = places === undefined ? value : [...value].slice(0, Number(places)).join('');
    if (verb === 's') return cut;
    return verb === 'q' ? JSON.stringify(cut) : undefined;
  }
  if (typeof value === 'bigint' && INTEGERS.includes(verb)) return integer(value, verb);
  if (typeof value === 'number' && FLOATS.includes(verb)) return float(value, verb, places);
  return undefined;
}

function integer(value: bigint, verb: string): string {
  if (verb === 'c') return String.fromCodePoint(Number(value));
  const base = verb === 'o' ? 8 : verb === 'b' ? 2 : verb === 'd' ? 10 : 16;
  const text = value.toString(base);
  if (verb === 'U') return `U+${text.toUpperCase().padStart(4, '0')}`;
  return verb === 'X' ? text.toUpperCase() : text;
}

function float(value: number, verb: string, places: string | undefined): string {
  if (verb === 'f') return value.toFixed(places === undefined ? 6 : Number(places));
  if (verb === 'g' || verb === 'G')
    return places === undefined ? String(value) : String(Number(value.toPrecision(Number(places))));
  const text = value
    .toExponential(places === undefined ? 6 : Number(places))
    .replace(/e([+-])(\d)$/, 'e$10$2');
  return verb === 'E' ? text.toUpperCase() : text;
}
