import type { ProcessEnv } from '../../seams';
import type { ScriptFiles } from './script-files';

/** What one command of a script sees. */
export interface ToolIo {
  readonly name: string;
  readonly args: readonly string[];
  /** What was piped or redirected into it; undefined when nothing was. */
  readonly stdin: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly world: ProcessEnv;
  readonly files: ScriptFiles;
  /** Its image has busybox's applets rather than GNU's tools. */
  readonly busybox: boolean;
  /** Runs another command to its end (xargs, timeout). */
  run(argv: readonly string[], stdin?: string): Ran;
}

/** What a command did. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** Virtual ms that it takes; Infinity for one that never ends. */
  readonly waitMs?: number | undefined;
  /** It goes on showing what is added to this file. */
  readonly follows?: string | undefined;
}

/** A command of a script, done at once; what takes time says so. */
export type ScriptTool = (io: ToolIo) => Ran;

/** Prints, and succeeds unless told otherwise. */
export function prints(out: string, status = 0): Ran {
  return { status, out, err: '' };
}

/** Complains in the command's name. */
export function fails(io: Pick<ToolIo, 'name'>, message: string, status = 1): Ran {
  return { status, out: '', err: `${io.name}: ${message}\n` };
}

/** The texts that operands name, standard input when there are none; complaints for those that are missing. */
export function inputsOf(
  io: ToolIo,
  operands: readonly string[],
  path: (typed: string) => string,
): { readonly texts: readonly { readonly name: string; readonly text: string }[]; readonly err: string } {
  if (operands.length === 0) return { texts: [{ name: '-', text: io.stdin ?? '' }], err: '' };
  const texts: { name: string; text: string }[] = [];
  let err = '';
  for (const name of operands) {
    const text = name === '-' ? (io.stdin ?? '') : io.files.read(path(name));
    if (text !== undefined) texts.push({ name, text });
    else {
      const why = io.files.isDirectory(path(name)) ? 'Is a directory' : 'No such file or directory';
      err +=
        io.busybox && why !== 'Is a directory'
          ? `${io.name}: can't open '${name}': ${why}\n`
          : `${io.name}: ${io.busybox ? 'read error' : name}: ${why}\n`;
    }
  }
  return { texts, err };
}

/** A text's lines without their newlines. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** Lines as a text. */
export const joinLines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
