import { FileError } from '../../base';
import type { ToolContext } from '../process';

/** One input of a text tool. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Reads each named file whole, complaining of those that cannot be read (`verb` begins it); standard input when none is named. */
export async function readFiles(
  context: ToolContext,
  names: readonly string[],
  verb = '',
): Promise<{ readonly texts: readonly NamedText[]; readonly failed: boolean }> {
  const texts: NamedText[] = [];
  let failed = false;
  for (const name of names.length === 0 ? ['-'] : names) {
    try {
      texts.push({ name, text: await context.readFile(name) });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await context.err(`${context.name}: ${verb}${name}: ${error.message}\n`);
      failed = true;
    }
  }
  return { texts, failed };
}

/** Lines without their newlines. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** Calls `each` with every line of the named files (or standard input) as it arrives; stops when it answers false. */
export async function eachLine(
  context: ToolContext,
  names: readonly string[],
  each: (line: string, file: string, ended: boolean) => Promise<boolean | undefined> | boolean | undefined,
): Promise<boolean> {
  let failed = false;
  for (const name of names.length === 0 ? ['-'] : names) {
    if (name === '-') {
      for (;;) {
        const line = await context.stdin.readLine();
        if (line === undefined) break;
        await context.step();
        if ((await each(line.replace(/\n$/, ''), name, line.endsWith('\n'))) === false) return failed;
      }
      continue;
    }
    try {
      const text = await context.readFile(name);
      const lines = linesOf(text);
      for (const [index, line] of lines.entries()) {
        await context.step();
        if ((await each(line, name, index < lines.length - 1 || text.endsWith('\n'))) === false)
          return failed;
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await context.err(`${context.name}: ${name}: ${error.message}\n`);
      failed = true;
    }
  }
  return failed;
}
