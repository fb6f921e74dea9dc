import { type Tool, type ToolContext, ToolError } from '../process';
import { gnuFlags, helpHint } from './gnu-flags';
import { eachLine } from './read-files';

/** The positions that "1,3-5,7-" selects, as a test of a 1-based number. */
function selection(context: ToolContext, list: string, ofFields: boolean): (position: number) => boolean {
  const refuse = (why: string): never => {
    throw new ToolError(`${why}${helpHint(context)}`);
  };
  const ranges = list.split(/[, \t]/).map((part) => {
    const match = /^(\d*)(-?)(\d*)(.*)$/s.exec(part);
    const [, low = '', dash = '', high = '', stray = ''] = match ?? [];
    if (stray !== '') {
      const shown = ofFields
        ? `field value ‘${part.replace(/^(?:\d+-?)+/, '')}’`
        : `byte/character position ‘${part.replace(/^(?:\d+-?)+/, '')}’`;
      refuse(`invalid ${shown}`);
    }
    if (part === '-') refuse('invalid range with no endpoint: -');
    if ((low === '' && dash === '') || /^0+$/.test(low))
      refuse(ofFields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
    const from = low === '' ? 1 : Number(low);
    const to = dash === '' ? from : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (to < from) refuse('invalid decreasing range');
    return [from, to] as const;
  });
  return (position) => ranges.some(([from, to]) => position >= from && position <= to);
}

/** cut: fields or characters of each line. */
export const cut: Tool = async (context) => {
  const flags = gnuFlags(
    context,
    'd:|delimiter f:|fields c:|characters b:|bytes n s|only-delimited complement output-delimiter: z|zero-terminated',
  );
  const refuse = (why: string): never => {
    throw new ToolError(`${why}${helpHint(context)}`);
  };
  if (flags.order.filter((name) => 'fcb'.includes(name)).length > 1) refuse('only one list may be specified');
  const delimiter = flags.value('d') ?? '\t';
  const list = flags.value('f') ?? flags.value('c') ?? flags.value('b');
  if (list === undefined) return refuse('you must specify a list of bytes, characters, or fields');
  if ([...delimiter].length > 1) refuse('the delimiter must be a single character');
  if (!flags.has('f') && flags.has('d'))
    refuse('an input delimiter may be specified only when operating on fields');
  if (!flags.has('f') && flags.has('s'))
    refuse('suppressing non-delimited lines makes sense\n\tonly when operating on fields');
  const chosen = selection(context, list, flags.has('f'));
  const wanted = (position: number) => chosen(position) !== flags.has('complement');
  const joiner = flags.value('output-delimiter') ?? (flags.has('f') ? delimiter : '');
  const failed = await eachLine(context, flags.rest, async (line) => {
    if (!flags.has('f')) {
      await context.out(`${[...line].filter((_, index) => wanted(index + 1)).join(joiner)}\n`);
      return true;
    }
    if (!line.includes(delimiter)) {
      if (!flags.has('s')) await context.out(`${line}\n`);
      return true;
    }
    await context.out(
      `${line
        .split(delimiter)
        .filter((_, index) => wanted(index + 1))
        .join(joiner)}\n`,
    );
    return true;
  });
  return failed ? 1 : 0;
};
