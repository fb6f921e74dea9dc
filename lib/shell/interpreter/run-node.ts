import type { ArithmeticFor, Case, CompoundList, For, HereDoc, If, Select, While } from 'unbash';
import { matchesPattern } from '../../base';
import { Interrupted, say, whileStopped } from '../process';
import { setVariable } from './assign';
import { testExpression } from './conditions';
import { LoopControl, ShellError } from './control';
import { redirected } from './redirect';
import { selectMenu } from './select-menu';
import type { CommandNode, Run } from './shell';
import { arithmetic, expandAll, expandPattern, expandString } from './words';

/** Runs a list whose failure is only being asked about. */
export async function tested(run: Run, list: CompoundList): Promise<number> {
  run.shell.tested += 1;
  try {
    return await run.engine.runStatements(run, list.commands);
  } finally {
    run.shell.tested -= 1;
  }
}

async function runIf(run: Run, node: If): Promise<number> {
  if ((await tested(run, node.clause)) === 0) return run.engine.runStatements(run, node.then.commands);
  for (const branch of node.elif) {
    if ((await tested(run, branch.clause)) === 0) return run.engine.runStatements(run, branch.then.commands);
  }
  return node.else === undefined ? 0 : run.engine.runStatements(run, node.else.commands);
}

/** Breathes now and then, and ends a loop that was signalled. */
async function loopStep(run: Run): Promise<void> {
  const breath = run.shell.kernel.step();
  if (breath !== undefined) await breath;
  if (run.io.signal.control.stopped) await whileStopped(run.io.signal);
  if (run.io.signal.cancelled) throw new Interrupted();
}

/** Runs a loop's body once; tells whether the loop goes on, and its status. */
async function round(
  run: Run,
  body: CompoundList,
): Promise<{ readonly status: number; readonly stop: boolean }> {
  const { shell } = run;
  await loopStep(run);
  shell.loops += 1;
  try {
    return { status: await run.engine.runStatements(run, body.commands), stop: false };
  } catch (error) {
    if (!(error instanceof LoopControl)) throw error;
    if (error.levels > 1 && shell.loops > 1)
      throw new LoopControl(error.kind, error.levels - 1, error.status);
    return { status: error.status, stop: error.kind === 'break' };
  } finally {
    shell.loops -= 1;
  }
}

async function runFor(run: Run, node: For): Promise<number> {
  const scope = run.engine.scope(run);
  const values = node.wordlist === undefined ? run.shell.positional : await expandAll(scope, node.wordlist);
  if (!/^[A-Za-z_]\w*$/.test(node.name.text))
    throw new ShellError(`\`${node.name.text}': not a valid identifier`);
  let status = 0;
  for (const value of values) {
    setVariable(run.shell, node.name.text, value);
    const done = await round(run, node.body);
    status = done.status;
    if (done.stop) break;
  }
  return status;
}

/** `select`: a numbered menu and a prompt on standard error, and an answer from standard input, until that ends. */
async function runSelect(run: Run, node: Select): Promise<number> {
  const scope = run.engine.scope(run);
  const values = node.wordlist === undefined ? run.shell.positional : await expandAll(scope, node.wordlist);
  if (values.length === 0) return 0;
  const columns = Number(run.shell.variables.get('COLUMNS')?.value ?? 80) || 80;
  const menu = selectMenu(values, columns);
  let status = 0;
  let shown = false;
  for (;;) {
    if (!shown) await say(run.io, menu);
    shown = true;
    await say(run.io, run.shell.variables.get('PS3')?.value ?? '#? ');
    const line = await run.io.fds.get(0)?.reader?.readLine(run.io.signal, '\n');
    if (line === undefined) {
      await run.io.fds.get(1)?.writer?.write('\n');
      return 1;
    }
    const answer = line.replace(/\n$/, '');
    if (answer === '') {
      shown = false;
      continue;
    }
    setVariable(run.shell, 'REPLY', answer);
    setVariable(run.shell, node.name.text, /^\d+$/.test(answer) ? (values[Number(answer) - 1] ?? '') : '');
    const done = await round(run, node.body);
    status = done.status;
    if (done.stop) return status;
  }
}

async function runArithmeticFor(run: Run, node: ArithmeticFor): Promise<number> {
  const scope = run.engine.scope(run);
  const value = async (part: ArithmeticFor['test']) =>
    part === undefined ? 1n : arithmetic(scope, run.source.slice(part.pos, part.end));
  await value(node.initialize);
  let status = 0;
  while ((await value(node.test)) !== 0n) {
    const done = await round(run, node.body);
    status = done.status;
    if (done.stop) break;
    await value(node.update);
  }
  return status;
}

async function runWhile(run: Run, node: While): Promise<number> {
  let status = 0;
  for (;;) {
    await loopStep(run);
    run.shell.loops += 1;
    let goes: boolean;
    try {
      goes = ((await tested(run, node.clause)) === 0) === (node.kind === 'while');
    } catch (error) {
      if (!(error instanceof LoopControl)) throw error;
      if (error.levels > 1) throw new LoopControl(error.kind, error.levels - 1, error.status);
      if (error.kind === 'break') return error.status;
      continue;
    } finally {
      run.shell.loops -= 1;
    }
    if (!goes) return status;
    const done = await round(run, node.body);
    status = done.status;
    if (done.stop) return status;
  }
}

async function runCase(run: Run, node: Case): Promise<number> {
  const scope = run.engine.scope(run);
  const word = await expandString(scope, node.word);
  let status = 0;
  let falling = false;
  for (const item of node.items) {
    let matched = falling;
    for (const pattern of matched ? [] : item.pattern) {
      matched = matchesPattern(await expandPattern(scope, pattern), word, run.shell.options.nocasematch);
      if (matched) break;
    }
    if (!matched) continue;
    status = await run.engine.runStatements(run, item.body.commands);
    if (item.terminator === ';&') falling = true;
    else if (item.terminator === ';;&') falling = false;
    else return status;
  }
  return status;
}

/** `((…))`: a mistake in it is told in its own name. */
async function arithmeticCommand(run: Run, text: string): Promise<number> {
  try {
    return (await arithmetic(run.engine.scope(run), text)) === 0n ? 1 : 0;
  } catch (error) {
    if (error instanceof ShellError) throw new ShellError(`((: ${error.message}`, error.status, error.fatal);
    throw error;
  }
}

/** A function's text; with what its here-documents hold, where that comes after its end. */
function functionSource(source: string, node: CommandNode): string {
  const text = source.slice(node.pos, node.end);
  const after = hereDocsIn(node).filter(({ body }) => body.pos >= node.end);
  const [first, last] = [after[0], after.at(-1)];
  if (first === undefined || last === undefined) return text;
  return `${text}\n${source.slice(first.body.pos, last.closing?.end ?? last.body.end)}\n`;
}

function hereDocsIn(node: unknown): readonly HereDoc[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(hereDocsIn);
  if ('type' in node && node.type === 'HereDoc') return [node as HereDoc];
  return Object.values(node).flatMap(hereDocsIn);
}

/** Runs a compound command; simple commands, pipelines and subshells are not its business. */
export async function runCompound(run: Run, node: CommandNode): Promise<number | undefined> {
  const { engine } = run;
  switch (node.type) {
    case 'BraceGroup':
      return engine.runStatements(run, node.body.commands);
    case 'CompoundList':
      return engine.runStatements(run, node.commands);
    case 'If':
      return runIf(run, node);
    case 'For':
      return runFor(run, node);
    case 'Select':
      return runSelect(run, node);
    case 'ArithmeticFor':
      return runArithmeticFor(run, node);
    case 'While':
      return runWhile(run, node);
    case 'Case':
      return runCase(run, node);
    case 'TestCommand':
      return (await testExpression(engine.scope(run), node.expression)) ? 0 : 1;
    case 'ArithmeticCommand':
      return arithmeticCommand(run, node.body);
    case 'Redirected': {
      const io = await redirected(engine.scope(run), node.redirects);
      return engine.runNode({ ...run, io }, node.command);
    }
    case 'Function': {
      const text = functionSource(run.source, node);
      run.shell.functions.set(node.name.text, text);
      return 0;
    }
    default:
      return undefined;
  }
}
