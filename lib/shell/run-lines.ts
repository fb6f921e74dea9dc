import type { Statement } from 'unbash';
import { complain } from './interpreter/complain';
import { AbandonControl, ExitControl } from './interpreter/control';
import { endStatus } from './interpreter/engine';
import { parseScript, parseToEnd } from './interpreter/parse-script';
import type { Shell } from './interpreter/shell';
import { type Io, LimitError, say } from './process';
import { ENGINE } from './start-shell';

/** Runs complete commands as their lines come, as a shell reading a script does; the status of the last. */
export async function runLines(
  shell: Shell,
  io: Io,
  nextLine: () => Promise<string | undefined>,
): Promise<number> {
  let pending = '';
  let lines = 0;
  for (let line = await nextLine(); line !== undefined; line = await nextLine()) {
    pending += line;
    lines += 1;
    if (pending.trim() === '' || parseScript(pending).kind === 'incomplete') continue;
    const text = pending;
    pending = '';
    if (!(await runPiece(shell, io, text))) return shell.status;
    shell.linesBefore += lines;
    lines = 0;
  }
  if (pending.trim() !== '') await runPiece(shell, io, pending, true);
  return shell.status;
}

/** Runs one complete command; false when a mistake in it ends the script. */
async function runPiece(shell: Shell, io: Io, text: string, last = false): Promise<boolean> {
  const parsed = last ? parseToEnd(text) : parseScript(text);
  if (parsed.kind === 'program') {
    shell.status = await runTopLevel(shell, io, text, parsed.program.script.commands);
    return true;
  }
  shell.place = { source: '\n'.repeat(parsed.line - 1), pos: parsed.line - 1 };
  await complain(shell, io, parsed.message);
  if (parsed.kind === 'error' && !parsed.alone)
    await complain(shell, io, `\`${text.split('\n')[parsed.line - 1] ?? ''}'`);
  shell.status = 2;
  return false;
}

/** Runs a script's statements; where one gives up its line, those on the next line go on. */
async function runTopLevel(
  shell: Shell,
  io: Io,
  source: string,
  statements: readonly Statement[],
): Promise<number> {
  let status = 0;
  let skipUntil = 0;
  for (const statement of statements) {
    // `bash -n` only reads.
    if (shell.options.noexec && !shell.interactive) return 0;
    if (statement.pos < skipUntil) continue;
    try {
      status = await ENGINE.runStatements({ engine: ENGINE, shell, io, source }, [statement]);
    } catch (error) {
      if (!(error instanceof AbandonControl)) throw error;
      status = error.status;
      shell.status = status;
      const end = source.indexOf('\n', statement.end);
      skipUntil = end < 0 ? source.length : end;
    }
  }
  return status;
}

/** Runs a whole text as a script: at once when it is well formed, else up to the mistake. */
export async function runWhole(shell: Shell, io: Io, text: string): Promise<number> {
  const parsed = parseToEnd(text);
  if (parsed.kind === 'program') {
    return runTopLevel(shell, io, text, parsed.program.script.commands);
  }
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let at = 0;
  return runLines(shell, io, async () => {
    at += 1;
    return lines[at - 1];
  });
}

/** Runs `body` as a whole shell process: its EXIT trap, its limits, and the status that it ends with. */
export async function asProcess(shell: Shell, io: Io, body: () => Promise<number>): Promise<number> {
  let status: number;
  try {
    status = await body();
  } catch (error) {
    if (error instanceof LimitError) {
      await say(io, `${shell.name}: ${error.message}\n`);
      shell.kernel.refill();
      status = 137;
    } else status = endStatus(error, io);
  }
  shell.status = status;
  const action = shell.traps.get('EXIT');
  if (action === undefined || action === '') return status;
  shell.traps.delete('EXIT');
  io.signal.reset();
  try {
    await ENGINE.runText(shell, io, action);
  } catch (error) {
    if (error instanceof ExitControl) return error.status;
    return endStatus(error, io);
  }
  return status;
}
