import { editLines, LineSed, looksAhead, parseSed, type SedCommand } from '../../base';
import { parseFlags, type Tool, ToolError } from '../process';
import { linesOf, readFiles } from './read-files';

type Context = Parameters<Tool>[0];

/** GNU sed: s, y, d, p, n, N, a, i, c, r, w, l, q, b, t, hold space; -n, -i, -E. */
export const sed: Tool = async (context) => {
  const flags = parseFlags(
    context.args.map((word) =>
      /^-i.+$/.test(word) && !/^-i[nErse]+$/.test(word) ? `--in-place=${word.slice(2)}` : word,
    ),
    'n|quiet|silent E|regexp-extended r e:|expression f:|file i in-place:: s z u',
    { hint: 'Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...' },
  );
  const operands = [...flags.rest];
  let source = flags.values('e').join('\n');
  for (const file of flags.values('f'))
    source += `${source === '' ? '' : '\n'}${await context.readFile(file)}`;
  if (!flags.has('e') && !flags.has('f')) {
    const script = operands.shift();
    if (script === undefined)
      throw new ToolError(
        'no script specified\nUsage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...',
      );
    source = script;
  }
  const commands = parseSed(source, flags.has('E') || flags.has('r'));
  const inPlace = flags.has('i') || flags.has('in-place');
  if (!inPlace && operands.length === 0 && !looksAhead(commands))
    return stream(context, commands, flags.has('n'));
  if (inPlace && operands.length === 0) throw new ToolError('no input files', 4);
  for (const name of operands) {
    if (name === '-' || context.machine.files.stat(context.path(name))?.kind !== 'directory') continue;
    const why = inPlace
      ? `couldn't edit ${name}: not a regular file`
      : `read error on ${name}: Is a directory`;
    throw new ToolError(why, 4);
  }
  const { texts, failed } = await readFiles(context, operands, "can't read ");
  const groups = inPlace ? texts.map((text) => [text]) : [texts];
  let quit: number | undefined;
  for (const group of groups) {
    const joined = group
      .map(({ text }) => (text === '' || text.endsWith('\n') ? text : `${text}\n`))
      .join('');
    const done = editLines(linesOf(joined), commands, flags.has('n'), reads(context));
    keepWritten(context, done.written);
    const whole = group.at(-1)?.text.endsWith('\n') !== false || done.out === '';
    const out = whole ? done.out : done.out.slice(0, -1);
    const [first] = group;
    if (!inPlace) await context.out(out);
    else if (first !== undefined) {
      const backup = flags.value('in-place');
      if (backup !== undefined && backup !== '')
        context.machine.files.write(context.path(first.name + backup), first.text);
      context.machine.files.write(context.path(first.name), out);
    }
    quit = done.quit;
    if (quit !== undefined) break;
  }
  return quit ?? (failed ? 2 : 0);
};

/** Line by line, so that what follows `kubectl get -w |` shows as it comes; for scripts that never look ahead. */
async function stream(context: Context, commands: readonly SedCommand[], quiet: boolean): Promise<number> {
  const running = new LineSed(commands, quiet, reads(context));
  for (let line = await context.stdin.readLine(); line !== undefined; line = await context.stdin.readLine()) {
    await context.out(running.take(line));
    if (running.quit !== undefined) break;
  }
  keepWritten(context, running.written);
  return running.quit ?? 0;
}

/** What r reads: a file that is not there gives nothing. */
const reads = (context: Context) => (name: string) => {
  const path = context.path(name);
  return context.machine.files.stat(path)?.kind === 'file' ? context.machine.files.read(path) : '';
};

function keepWritten(context: Context, written: ReadonlyMap<string, string>): void {
  for (const [name, text] of written) context.machine.files.write(context.path(name), text);
}
