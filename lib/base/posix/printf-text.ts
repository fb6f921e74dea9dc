import { decodeEscapes } from './escapes';
import { quoteWord } from './quote';

/** What printf made of its arguments. */
export interface Printed {
  readonly text: string;
  /** Complaints without the program's name, such as "abc: invalid number". */
  readonly errors: readonly string[];
}

const SPECIFIER = /^%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|j|z|t|L)?(\([^)]*\)T|[a-zA-Z%])/;

function pad(text: string, width: number, flags: string): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0')) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

/** So many places; what lies just between two goes to the even one, as in C. */
function fixed(value: number, places: number): string {
  const scaled = Math.abs(value) * 10 ** places;
  const below = Math.floor(scaled);
  // Only what a double holds exactly can lie between, and that is so only with few places.
  const isTie =
    scaled - below === 0.5 && places <= 15 && below % 2 === 0 && scaled / 10 ** places === Math.abs(value);
  return isTie ? ((below / 10 ** places) * Math.sign(value)).toFixed(places) : value.toFixed(places);
}

function floating(value: number, conversion: string, precision: number): string {
  const lower = conversion.toLowerCase();
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  if (lower === 'f') return fixed(value, Math.min(precision, 100));
  const exponential = (digits: number) =>
    value.toExponential(digits).replace(/e([+-])(\d)$/, (_, sign, digit) => `e${sign}0${digit}`);
  if (lower === 'e') return exponential(precision);
  const digits = precision === 0 ? 1 : precision;
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const text =
    exponent < -4 || exponent >= digits
      ? exponential(digits - 1)
      : fixed(value, Math.max(0, digits - 1 - exponent));
  return text.includes('.') ? text.replace(/\.?0+(e|$)/, '$1') : text;
}

/** Formats as printf(1) and awk's printf do; with `once` the format is used a single time (awk). */
export function formatPrintf(
  format: string,
  args: readonly string[],
  once = false,
  /** What `%(format)T` makes of a number of seconds (bash alone has it). */
  timeText?: (seconds: number | undefined, format: string) => string,
): Printed {
  const errors: string[] = [];
  let used = 0;
  const next = () => {
    used += 1;
    return args[used - 1];
  };
  const whole = (text: string | undefined): bigint => {
    if (text === undefined || text === '') return 0n;
    if (/^['"]/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
    const rest = match === null ? text : text.slice(match[0].length);
    if (rest.trim() !== '' && !once) errors.push(`${text}: invalid number`);
    if (match === null) return once ? BigInt(Math.trunc(Number.parseFloat(text)) || 0) : 0n;
    const digits = match[2] ?? '0';
    const value = BigInt(/^0[0-7]+$/.test(digits) && !once ? `0o${digits.slice(1)}` : digits);
    return match[1] === '-' ? -value : value;
  };
  const real = (text: string | undefined): number => {
    if (text === undefined || text === '') return 0;
    const named = /^\s*([-+]?)(inf(?:inity)?|nan)$/i.exec(text);
    if (named !== null) {
      const size = /^i/i.test(named[2] ?? '') ? Number.POSITIVE_INFINITY : Number.NaN;
      return named[1] === '-' ? -size : size;
    }
    const value = Number.parseFloat(text);
    if (Number.isNaN(value) && !once) errors.push(`${text}: invalid number`);
    return Number.isNaN(value) ? 0 : value;
  };
  let out = '';
  const pass = (): boolean => {
    for (let at = 0; at < format.length; ) {
      const char = format[at] ?? '';
      if (char === '\\' && !once) {
        const sequence =
          /^\\(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|.)/s.exec(
            format.slice(at),
          )?.[0] ?? '\\';
        // In a format, unlike in what %b prints, quotes may be escaped and \c means nothing.
        const isQuote = /^\\["'?]$/.test(sequence);
        out += isQuote
          ? sequence.slice(1)
          : sequence === '\\c'
            ? sequence
            : decodeEscapes(sequence, false).text;
        at += sequence.length;
        continue;
      }
      const timed = timeText === undefined ? null : /^%\(([^)]*)\)T/.exec(format.slice(at));
      if (timed !== null && timeText !== undefined) {
        const given = next();
        out += timeText(given === undefined ? undefined : Number(whole(given)), timed[1] ?? '');
        at += timed[0].length;
        continue;
      }
      const match = char === '%' ? SPECIFIER.exec(format.slice(at)) : null;
      if (match === null) {
        if (char === '%') {
          const strange = format.slice(at + 1).replace(/^[-+ #0]*\d*(?:\.\d*)?/, '')[0];
          errors.push(
            strange === undefined
              ? "`%': missing format character"
              : `\`${strange}': invalid format character`,
          );
          return false;
        }
        out += char;
        at += 1;
        continue;
      }
      at += match[0].length;
      let flags = match[1] ?? '';
      let width = match[2] === '*' ? Number(whole(next())) : Number(match[2] ?? 0);
      if (width < 0) {
        flags += '-';
        width = -width;
      }
      const dotted = /\./.test(match[0].replace(/\([^)]*\)T$/, ''));
      const precision =
        match[3] === '*'
          ? Number(whole(next()))
          : match[3] !== undefined
            ? Number(match[3])
            : dotted
              ? 0
              : undefined;
      const conversion = match[4] ?? '';
      if (conversion === '%') {
        out += '%';
      } else if (conversion === 's' || conversion === 'q' || conversion === 'Q') {
        const text = next() ?? '';
        const cut = conversion === 'Q' && precision !== undefined ? text.slice(0, precision) : text;
        const shown = conversion === 's' ? text : quoteShort(cut);
        out += pad(
          precision === undefined || conversion === 'Q' ? shown : shown.slice(0, precision),
          width,
          flags.replace('0', ''),
        );
      } else if (conversion === 'b') {
        // %b takes \0 and three digits more, too.
        const given = (next() ?? '').replace(/(^|[^\\])((?:\\\\)*)\\0(?=[0-7]{3})/g, '$1$2\\');
        const { text, stop } = decodeEscapes(given, false);
        out += pad(text, width, flags);
        if (stop) return false;
      } else if (conversion === 'c') {
        const text = next() ?? '';
        const code = once && /^\d+$/.test(text) ? String.fromCodePoint(Number(text) || 0) : text.slice(0, 1);
        out += pad(code, width, flags.replace('0', ''));
      } else if ('diouxX'.includes(conversion)) {
        const value = whole(next());
        const base = conversion === 'o' ? 8 : conversion === 'x' || conversion === 'X' ? 16 : 10;
        const unsigned = base === 10 && conversion !== 'u' ? value : BigInt.asUintN(64, value);
        let digits = (unsigned < 0n ? -unsigned : unsigned).toString(base);
        if (conversion === 'X') digits = digits.toUpperCase();
        if (precision !== undefined) {
          digits = digits.padStart(precision, '0');
          flags = flags.replace('0', '');
        }
        if (flags.includes('#') && value !== 0n)
          digits = (base === 16 ? `0${conversion}` : base === 8 ? '0' : '') + digits;
        const sign = unsigned < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
        out += pad(sign + digits, width, flags);
      } else if ('fFeEgG'.includes(conversion)) {
        const value = real(next());
        const text = floating(value, conversion, precision ?? 6);
        const signed = value >= 0 && flags.includes('+') ? `+${text}` : text;
        out += pad(conversion === conversion.toUpperCase() ? signed.toUpperCase() : signed, width, flags);
      } else if (conversion.endsWith('T')) {
        out += next() ?? '';
      } else {
        errors.push(`\`${conversion}': invalid format character`);
        return false;
      }
    }
    return true;
  };
  let goes = pass();
  while (goes && !once && used > 0 && used < args.length) {
    const before = used;
    goes = pass();
    if (used === before) break;
  }
  return { text: out, errors };
}

/** printf %q: backslashes rather than quotes, as bash prefers there. */
function quoteShort(text: string): string {
  if (text === '') return "''";
  if (/[\x00-\x1f\x7f]/.test(text)) return quoteWord(text);
  return text.replace(/[ !"$&'()*;<>?[\\\]^`{|},]/g, '\\$&').replace(/^[~#]|(?<=[:=])~/g, '\\$&');
}
