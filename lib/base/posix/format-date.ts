import { civilTime, parseTime } from '../time';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** strftime in UTC. */
export function formatDate(ms: number, format: string): string {
  const t = civilTime(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = DAYS[t.weekday] ?? '';
  const month = MONTHS[t.month - 1] ?? '';
  const parts: Readonly<Record<string, string>> = {
    Y: String(t.year),
    y: two(t.year % 100),
    m: two(t.month),
    d: two(t.day),
    e: String(t.day).padStart(2),
    H: two(t.hour),
    I: two(t.hour % 12 === 0 ? 12 : t.hour % 12),
    M: two(t.minute),
    S: two(t.second),
    j: String(Math.floor((ms - (parseTime(`${t.year}-01-01T00:00:00Z`) ?? 0)) / 86_400_000) + 1).padStart(
      3,
      '0',
    ),
    N: String(t.millisecond * 1_000_000).padStart(9, '0'),
    p: t.hour < 12 ? 'AM' : 'PM',
    a: day.slice(0, 3),
    A: day,
    b: month.slice(0, 3),
    h: month.slice(0, 3),
    B: month,
    F: `${t.year}-${two(t.month)}-${two(t.day)}`,
    T: `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`,
    R: `${two(t.hour)}:${two(t.minute)}`,
    D: `${two(t.month)}/${two(t.day)}/${two(t.year % 100)}`,
    c: `${day.slice(0, 3)} ${month.slice(0, 3)} ${String(t.day).padStart(2)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${t.year}`,
    s: String(Math.floor(ms / 1000)),
    u: String(t.weekday === 0 ? 7 : t.weekday),
    w: String(t.weekday),
    Z: 'UTC',
    z: '+0000',
    n: '\n',
    t: '\t',
    '%': '%',
  };
  return format.replace(
    /%(\d?)([-_]?)([A-Za-z%])/g,
    (whole, digits: string, flag: string, letter: string) => {
      const text = parts[letter];
      if (text === undefined) return whole;
      if (digits !== '' && letter === 'N') return text.slice(0, Number(digits));
      return flag === '-' ? text.replace(/^[0 ]+(?=.)/, '') : text;
    },
  );
}
