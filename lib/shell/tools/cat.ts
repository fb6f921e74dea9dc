import { FileError } from '../../base';
import { parseFlags, type Tool } from '../process';

/** cat: passes on what it reads as it comes. */
export const cat: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'n|number b|number-nonblank A|show-all E|show-ends T|show-tabs s|squeeze-blank e v u',
    {
      hint: "Try 'cat --help' for more information.",
    },
  );
  const ends = flags.has('A') || flags.has('E') || flags.has('e');
  const tabs = flags.has('A') || flags.has('T');
  const plain = !ends && !tabs && !flags.has('n') && !flags.has('b') && !flags.has('s');
  let number = 0;
  let blank = false;
  let status = 0;
  const dress = (line: string): string => {
    const whole = line.endsWith('\n');
    let text = whole ? line.slice(0, -1) : line;
    const empty = text === '';
    if (flags.has('s') && empty && blank) return '';
    blank = empty;
    if (tabs) text = text.replaceAll('\t', '^I');
    if (ends && whole) text += '$';
    if (flags.has('b') ? !empty : flags.has('n')) {
      number += 1;
      text = `${String(number).padStart(6)}\t${text}`;
    }
    return text + (whole ? '\n' : '');
  };
  for (const name of flags.rest.length === 0 ? ['-'] : flags.rest) {
    try {
      if (name === '-' && plain) {
        for (let text = await context.stdin.read(); text !== undefined; text = await context.stdin.read())
          await context.out(text);
      } else if (name === '-') {
        for (
          let line = await context.stdin.readLine();
          line !== undefined;
          line = await context.stdin.readLine()
        ) {
          await context.out(dress(line));
        }
      } else {
        const text = await context.readFile(name);
        await context.out(plain ? text : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map(dress).join(''));
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await context.err(`cat: ${name}: ${error.message}\n`);
      status = 1;
    }
  }
  return status;
};
