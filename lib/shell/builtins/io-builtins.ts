import { echoText, formatDate, formatPrintf, parseFlags, quoteWord } from '../../base';
import { assign, setVariable } from '../interpreter/assign';
import { ShellError } from '../interpreter/control';
import type { Builtin, BuiltinCall } from '../interpreter/shell';
import { createSignal, Interrupted, type Reader } from '../process';
import { misused, strangeOption } from './misused';

interface ReadOptions {
  raw: boolean;
  prompt: string;
  timeoutMs: number | undefined;
  count: number | undefined;
  delimiter: string;
  array: string | undefined;
  descriptor: number;
  names: string[];
}

/** An option that is none, or lacks what it needs. */
class UsageMistake extends Error {
  override name = 'UsageMistake';
}

const READ_USAGE =
  '[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';

function readOptions(args: readonly string[]): ReadOptions {
  const options: ReadOptions = {
    raw: false,
    prompt: '',
    timeoutMs: undefined,
    count: undefined,
    delimiter: '\n',
    array: undefined,
    descriptor: 0,
    names: [],
  };
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      options.names.push(...words);
      break;
    }
    if (!/^-./.test(word)) {
      options.names.push(word, ...words);
      break;
    }
    for (let at = 1; at < word.length; at += 1) {
      const flag = word[at] ?? '';
      if (flag === 'r') options.raw = true;
      else if (flag === 's' || flag === 'e') continue;
      else if ('ptnNdaui'.includes(flag)) {
        const value = at + 1 < word.length ? word.slice(at + 1) : words.shift();
        if (value === undefined) throw new UsageMistake(`-${flag}: option requires an argument`);
        if (flag === 't' && !/^\d*\.?\d*$/.test(value))
          throw new ShellError(`${value}: invalid timeout specification`);
        if ((flag === 'n' || flag === 'N') && !/^\d+$/.test(value))
          throw new ShellError(`${value}: invalid number`);
        if (flag === 'u' && !/^\d+$/.test(value))
          throw new ShellError(`${value}: invalid file descriptor specification`);
        if (flag === 'p') options.prompt = value;
        if (flag === 't') options.timeoutMs = Number(value) * 1000;
        if (flag === 'n' || flag === 'N') options.count = Number(value);
        if (flag === 'd') options.delimiter = value === '' ? '\0' : value.slice(0, 1);
        if (flag === 'a') options.array = value;
        if (flag === 'u') options.descriptor = Number(value);
        break;
      } else throw new UsageMistake(`-${flag}: invalid option`);
    }
  }
  return options;
}

/** Reads what one `read` takes; `ended` when the input ended before the delimiter, `late` when time ran out. */
async function takeInput(
  call: BuiltinCall,
  reader: Reader,
  options: ReadOptions,
): Promise<{ text: string; ended: boolean; late: boolean }> {
  const limit = createSignal(call.io.signal);
  const { timer } = call.shell.kernel.world;
  if (options.timeoutMs !== undefined) void timer.sleep(options.timeoutMs, limit).then(() => limit.raise(14));
  let text = '';
  try {
    for (;;) {
      if (options.count !== undefined) {
        const chunk = await reader.read(limit);
        if (chunk === undefined) return { text, ended: true, late: false };
        const end = chunk.indexOf(options.delimiter);
        const take = Math.min(options.count - text.length, end < 0 ? chunk.length : end);
        text += chunk.slice(0, take);
        if (end === take) {
          reader.unread(chunk.slice(take + 1));
          return { text, ended: false, late: false };
        }
        reader.unread(chunk.slice(take));
        if (text.length >= options.count) return { text, ended: false, late: false };
        continue;
      }
      const line = await reader.readLine(limit, options.delimiter);
      if (line === undefined) return { text, ended: true, late: false };
      text += line;
      if (!text.endsWith(options.delimiter)) return { text, ended: true, late: false };
      text = text.slice(0, -1);
      const continues = !options.raw && /(^|[^\\])(\\\\)*\\$/.test(text);
      if (!continues) return { text, ended: false, late: false };
      text = text.slice(0, -1);
    }
  } catch (error) {
    if (!(error instanceof Interrupted) || limit.number !== 14 || call.io.signal.cancelled) throw error;
    return { text, ended: true, late: true };
  } finally {
    limit.raise(1);
  }
}

/** Splits a line among `count` names as `read` does: the last gets the rest. */
function splitFields(text: string, ifs: string, count: number | undefined, raw: boolean): string[] {
  const space = (char: string) => ifs.includes(char) && ' \t\n'.includes(char);
  const out: string[] = [];
  let at = 0;
  const skipSpace = () => {
    while (at < text.length && space(text[at] ?? '')) at += 1;
  };
  skipSpace();
  while (at < text.length) {
    if (count !== undefined && out.length === count - 1) {
      let rest = text.slice(at);
      let end = rest.length;
      while (end > 0 && space(rest[end - 1] ?? '')) end -= 1;
      rest = rest.slice(0, end);
      // One final delimiter belongs to the last field alone and goes.
      const last = rest[rest.length - 1] ?? '';
      if (rest !== '' && ifs.includes(last) && ![...rest.slice(0, -1)].some((char) => ifs.includes(char)))
        rest = rest.slice(0, -1);
      out.push(raw ? rest : rest.replace(/\\(.)/gs, '$1'));
      return out;
    }
    let field = '';
    while (at < text.length && !ifs.includes(text[at] ?? '')) {
      if (!raw && text[at] === '\\') at += 1;
      field += text[at] ?? '';
      at += 1;
    }
    out.push(field);
    skipSpace();
    if (at < text.length && ifs.includes(text[at] ?? '') && !space(text[at] ?? '')) {
      at += 1;
      skipSpace();
    }
  }
  return out;
}

const read: Builtin = async (call) => {
  const { shell, io } = call;
  let options: ReadOptions;
  try {
    options = readOptions(call.args);
  } catch (error) {
    if (!(error instanceof UsageMistake)) throw error;
    return misused(call, READ_USAGE, error.message);
  }
  const reader = io.fds.get(options.descriptor)?.reader;
  if (reader === undefined)
    throw new ShellError(`${options.descriptor}: invalid file descriptor: Bad file descriptor`);
  if (options.prompt !== '' && reader.terminal !== undefined) await call.context.err(options.prompt);
  const { text, ended, late } = await takeInput(call, reader, options);
  const ifs = shell.variables.get('IFS')?.value ?? ' \t\n';
  if (options.array !== undefined) {
    const value = splitFields(text, ifs, undefined, options.raw).map((field) => [undefined, field] as const);
    assign(shell, { name: options.array, append: false, index: undefined, value });
  } else if (options.names.length === 0) {
    setVariable(shell, 'REPLY', options.raw ? text : text.replace(/\\(.)/gs, '$1'));
  } else {
    for (const name of options.names) {
      if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellError(`\`${name}': not a valid identifier`);
    }
    const fields = splitFields(text, ifs, options.names.length, options.raw);
    for (const [index, name] of options.names.entries()) setVariable(shell, name, fields[index] ?? '');
  }
  return late ? 142 : ended ? 1 : 0;
};

/** Lines between two calls of mapfile's callback. */
const MAPFILE_QUANTUM = 5000;

const mapfile: Builtin = async (call) => {
  const flags = parseFlags(call.args, 't d: n: s: u: O: C: c:', { status: 2 });
  const name = flags.rest[0] ?? 'MAPFILE';
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellError(`\`${name}': not a valid identifier`);
  const typed = flags.value('d');
  const delimiter = typed === undefined ? '\n' : typed === '' ? '\0' : typed.slice(0, 1);
  const most = Number(flags.value('n') ?? 0) || Number.POSITIVE_INFINITY;
  const skipped = Number(flags.value('s') ?? 0);
  const origin = flags.value('O');
  const reader = call.io.fds.get(Number(flags.value('u') ?? 0))?.reader;
  const lines: (readonly [string | undefined, string])[] = [];
  for (let count = 0; count < skipped + most; count += 1) {
    const line = await reader?.readLine(call.io.signal, delimiter);
    if (line === undefined) break;
    await call.context.step();
    if (count < skipped) continue;
    // What ends at a NUL cannot hold it.
    const isCut = flags.has('t') || delimiter === '\0';
    const text = isCut && line.endsWith(delimiter) ? line.slice(0, -1) : line;
    const every = flags.has('c') ? Number(flags.value('c')) : MAPFILE_QUANTUM;
    if (flags.has('C') && (lines.length + 1) % every === 0)
      await call.runText(`${flags.value('C')} ${lines.length + Number(origin ?? 0)} ${quoteWord(text)}`);
    lines.push([origin === undefined ? undefined : String(Number(origin) + lines.length), text]);
  }
  assign(call.shell, { name, append: origin !== undefined, index: undefined, value: lines });
  return 0;
};

const printf: Builtin = async (call) => {
  const words = call.args[0] === '--' ? call.args.slice(1) : [...call.args];
  let variable: string | undefined;
  if (words[0] === '-v') {
    variable = words[1];
    words.splice(0, 2);
  }
  const [format, ...args] = words;
  if (format === undefined) {
    await call.context.err('printf: usage: printf [-v var] format [arguments]\n');
    return 2;
  }
  if (words === call.args || call.args[0] !== '--') {
    const strange = variable === undefined ? strangeOption(words.slice(0, 1), '') : undefined;
    if (strange !== undefined) return misused(call, '[-v var] format [arguments]', strange);
  }
  const { shell } = call;
  const { text, errors } = formatPrintf(format, args, false, (seconds, shape) =>
    formatDate(
      seconds === undefined || seconds === -1
        ? shell.kernel.world.timer.now()
        : seconds === -2
          ? shell.startedAt
          : seconds * 1000,
      shape === '' ? '%H:%M:%S' : shape,
    ),
  );
  const target = /^([A-Za-z_]\w*)(?:\[(.*)\])?$/.exec(variable ?? '');
  if (variable !== undefined && target === null)
    throw new ShellError(`\`${variable}': not a valid identifier`, 2);
  if (target !== null) assign(shell, { name: target[1] ?? '', append: false, index: target[2], value: text });
  else await call.context.out(text);
  for (const error of errors) await call.complain(error);
  return errors.length > 0 ? 1 : 0;
};

/** Builtins that read and write. */
export const ioBuiltins: Readonly<Record<string, Builtin>> = {
  read,
  mapfile,
  readarray: mapfile,
  printf,
  echo: async (call) => {
    await call.context.out(echoText(call.args, call.shell.flavour === 'sh'));
    return 0;
  },
};
