import { type Awk, startAwk } from '../../base';
import { parseFlags, type Tool, type ToolContext, ToolError } from '../process';
import { eachLine } from './read-files';

/** awk: patterns, fields, arrays, functions, printf; records are lines. */
export const awk: Tool = async (context) => {
  const flags = parseFlags(context.args, 'F: v: f:', { stopAtFirst: true, status: 2 });
  const operands = [...flags.rest];
  const file = flags.value('f');
  const source = file === undefined ? operands.shift() : await context.readFile(file);
  if (source === undefined)
    throw new ToolError('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]', 2);
  const run = startAwk(source, {
    variables: context.environment,
    now: context.now,
    random: () => context.world.random.next(),
  });
  const separator = flags.value('F');
  if (separator !== undefined) run.set('FS', separator === 't' || separator === '\\t' ? '\t' : separator);
  for (const text of flags.values('v'))
    run.set(text.slice(0, text.indexOf('=')), { text: text.slice(text.indexOf('=') + 1) });
  const files = operands.filter((word) => {
    const match = /^([A-Za-z_]\w*)=(.*)$/.exec(word);
    if (match !== null) run.set(match[1] ?? '', { text: match[2] ?? '' });
    return match === null;
  });
  return perform(context, run, files);
};

async function perform(context: ToolContext, run: Awk, files: readonly string[]): Promise<number> {
  let failed = false;
  const goes = run.perform('BEGIN');
  await context.out(run.takeOutput());
  if (goes && run.reads) {
    failed = await eachLine(context, files, async (line, file) => {
      const more = run.record(line, file);
      await context.out(run.takeOutput());
      return more;
    });
  }
  run.perform('END');
  await context.out(run.takeOutput());
  for (const [path, { append, text }] of run.files) {
    const full = context.path(path);
    if (full === '/dev/stderr') await context.err(text);
    else if (full === '/dev/stdout') await context.out(text);
    else if (append) context.machine.files.append(full, text);
    else context.machine.files.write(full, text);
  }
  for (const [command, text] of run.pipes) await context.run(['sh', '-c', command], { stdin: text });
  return failed ? 2 : run.status;
}
