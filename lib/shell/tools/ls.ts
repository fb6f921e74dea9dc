import { civilTime, type FileInfo } from '../../base';
import { baseName, parseFlags, type Tool, type ToolContext } from '../process';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly info: FileInfo;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HALF_YEAR_MS = 15_778_476_000;

/** "drwxr-xr-x" for a directory of mode 755. */
export function modeText(info: FileInfo): string {
  const bits = [...'rwxrwxrwx']
    .map((letter, index) => ((info.mode >> (8 - index)) & 1 ? letter : '-'))
    .join('');
  const sticky = (info.mode & 0o1000) !== 0;
  return (info.kind === 'directory' ? 'd' : '-') + (sticky ? `${bits.slice(0, -1)}t` : bits);
}

function timeText(at: number, now: number): string {
  const t = civilTime(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const recent = now - at < HALF_YEAR_MS && at <= now;
  const tail = recent ? `${two(t.hour)}:${two(t.minute)}` : ` ${t.year}`;
  return `${MONTHS[t.month - 1]} ${String(t.day).padStart(2)} ${tail}`;
}

function humanSize(size: number): string {
  if (size < 1024) return String(size);
  let value = size / 1024;
  let unit = 0;
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    unit += 1;
  }
  const shown = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value));
  return shown + ('KMGT'[unit] ?? '');
}

/** ls for terminals and pipes: one name a line where nobody looks, columns where somebody does. */
export const ls: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'l a|all A|almost-all 1 d|directory R|recursive t r|reverse S h|human-readable F|classify p i n G color:: C x',
    {
      status: 2,
      hint: "Try 'ls --help' for more information.",
    },
  );
  const { files } = context.machine;
  const colour =
    context.stdoutIsTerminal && context.machine.kind === 'admin' && context.machine.shell === 'bash';
  const sorted = (entries: Entry[]): Entry[] => {
    if (flags.has('t')) entries.sort((a, b) => b.info.modifiedAt - a.info.modifiedAt);
    if (flags.has('S')) entries.sort((a, b) => b.info.size - a.info.size);
    return flags.has('r') ? entries.reverse() : entries;
  };
  const show = (entry: Entry): string => {
    const directory = entry.info.kind === 'directory';
    const runs = !directory && (entry.info.mode & 0o111) !== 0;
    const mark = flags.has('F')
      ? directory
        ? '/'
        : runs
          ? '*'
          : ''
      : flags.has('p') && directory
        ? '/'
        : '';
    if (!colour || (!directory && !runs)) return entry.name + mark;
    return `\x1b[${directory ? '01;34' : '01;32'}m${entry.name}\x1b[0m${mark}`;
  };
  const print = async (entries: readonly Entry[], total: boolean): Promise<void> => {
    if (flags.has('l') || flags.has('n')) {
      const rows = entries.map((entry) => ({
        entry,
        links: entry.info.kind === 'directory' ? '2' : '1',
        size: flags.has('h') ? humanSize(entry.info.size) : String(entry.info.size),
      }));
      const width = Math.max(1, ...rows.map((row) => row.size.length));
      const { user } = context.machine;
      const blocks = entries.reduce(
        (sum, entry) => sum + (entry.info.kind === 'directory' ? 4 : Math.ceil(entry.info.size / 4096) * 4),
        0,
      );
      let out = total ? `total ${flags.has('h') && blocks > 0 ? `${blocks}K` : blocks}\n` : '';
      for (const { entry, links, size } of rows) {
        const when = timeText(entry.info.modifiedAt, context.now());
        out += `${modeText(entry.info)} ${links} ${user} ${user} ${size.padStart(width)} ${when} ${show(entry)}\n`;
      }
      await context.out(out);
      return;
    }
    if (context.stdoutIsTerminal && !flags.has('1'))
      await context.out(columns(entries, show, context.size.columns));
    else await context.out(entries.map((entry) => `${show(entry)}\n`).join(''));
  };
  const names = flags.rest.length === 0 ? ['.'] : [...flags.rest].sort();
  const plain: Entry[] = [];
  const directories: Entry[] = [];
  let status = 0;
  for (const name of names) {
    const path = context.path(name);
    const info = files.stat(path);
    if (info === undefined || (name.endsWith('/') && info.kind === 'file')) {
      const why = info === undefined ? 'No such file or directory' : 'Not a directory';
      await context.err(`ls: cannot access '${name}': ${why}\n`);
      status = 2;
    } else if (info.kind === 'directory' && !flags.has('d')) directories.push({ name, path, info });
    else plain.push({ name, path, info });
  }
  if (plain.length > 0) await print(sorted(plain), false);
  let first = plain.length === 0;
  const headed = names.length > 1 || flags.has('R');
  const list = async (directory: Entry): Promise<void> => {
    const entries = directoryEntries(
      context,
      directory.path,
      flags.has('a'),
      flags.has('a') || flags.has('A'),
    );
    if (headed) await context.out(`${first ? '' : '\n'}${directory.name}:\n`);
    first = false;
    await print(sorted(entries), flags.has('l') || flags.has('n'));
    if (!flags.has('R')) return;
    for (const entry of entries) {
      if (entry.info.kind !== 'directory' || entry.name === '.' || entry.name === '..') continue;
      await list({ ...entry, name: `${directory.name.replace(/\/$/, '')}/${entry.name}` });
    }
  };
  for (const directory of sorted(directories)) await list(directory);
  return status;
};

function directoryEntries(context: ToolContext, path: string, dots: boolean, hidden: boolean): Entry[] {
  const { files } = context.machine;
  const entries: Entry[] = [];
  const add = (name: string, at: string) => {
    const info = files.stat(at);
    if (info !== undefined) entries.push({ name, path: at, info });
  };
  if (dots) {
    add('.', path);
    add('..', context.path(`${path}/..`));
  }
  for (const name of files.list(path))
    if (hidden || !name.startsWith('.')) add(name, path === '/' ? `/${name}` : `${path}/${name}`);
  return entries;
}

function columns(entries: readonly Entry[], show: (entry: Entry) => string, width: number): string {
  if (entries.length === 0) return '';
  const lengths = entries.map((entry) =>
    baseName(entry.name).length > entry.name.length ? entry.name.length : entry.name.length,
  );
  for (let count = Math.min(entries.length, Math.floor(width / 3)); count >= 1; count -= 1) {
    const rows = Math.ceil(entries.length / count);
    const widths: number[] = [];
    for (let column = 0; column * rows < entries.length; column += 1) {
      widths.push(Math.max(...lengths.slice(column * rows, column * rows + rows)) + 2);
    }
    if (count > 1 && widths.reduce((sum, value) => sum + value, 0) - 2 > width) continue;
    let out = '';
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < widths.length; column += 1) {
        const at = column * rows + row;
        const entry = entries[at];
        if (entry === undefined) continue;
        const last = column === widths.length - 1 || at + rows >= entries.length;
        out += show(entry) + (last ? '' : ' '.repeat((widths[column] ?? 0) - (lengths[at] ?? 0)));
      }
      out += '\n';
    }
    return out;
  }
  return '';
}
