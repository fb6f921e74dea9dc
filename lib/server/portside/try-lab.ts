import { isTriggered, type Lab, LabError, type Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { describe, followLesson, startOf } from '../kit';
import { findLab } from '../lab-library';
import { attachTerminal } from './attach-terminal';

/** The flags of `portside lab try`. */
export interface TryOptions {
  readonly at?: string;
  readonly seed: number;
  /** Judge what the script left. */
  readonly check?: boolean;
}

/** A prompt in a lab's state: at its start, or as the lesson leaves it on arriving at a step. */
export async function tryLab(slug: string, { at, seed, check = false }: TryOptions): Promise<number> {
  const lab = await findLab(slug, seed);
  if (at !== undefined && !lab.steps.some(({ id }) => id === at))
    throw new LabError(
      'lab.yaml',
      undefined,
      `there is no step "${at}"; there are: ${lab.steps.map(({ id }) => id).join(', ')}`,
    );
  const start = await startOf(lab);
  const { workspace: arrived, failures } = await followLesson(lab, start, at ?? lab.steps[0]?.id);
  const workspace = arrived.fork();
  for (const failure of failures) process.stderr.write(`portside: ${failure}\n`);
  const status = process.stdin.isTTY ? await attachTerminal(workspace) : await runScript(workspace);
  if (check) showVerdicts(lab, await workspace.grade(lab));
  return status;
}

async function runScript(workspace: Workspace): Promise<number> {
  let script = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) script += String(piece);
  return workspace.run(script, {
    out: (piece) => process.stdout.write(piece),
    err: (piece) => process.stderr.write(piece),
  });
}

/** What a learner who presses Check is shown: each verdict with its evidence, and the hints that it calls for. */
function showVerdicts(lab: Lab, verdicts: readonly Verdict[]): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const { id } of lab.tasks.filter(({ id }) => !verdicts.some(({ task }) => task === id)))
    say(`- ${id} is not judged before what it needs is met`);
  for (const verdict of verdicts) {
    say(verdict.outcome === 'met' ? `✓ ${verdict.task}/${verdict.check}` : `✗ ${describe(verdict)}`);
    if (verdict.outcome !== 'not-met') continue;
    if (verdict.expected !== undefined) say(`    expected: ${verdict.expected}`);
    if (verdict.actual !== undefined) say(`    actual:   ${verdict.actual}`);
    const last = verdict.trace?.at(-1);
    if (last) say(`    stops at: ${last.at}: ${last.effect} (${last.rule})`);
  }
  for (const hint of lab.hints.filter((each) => isTriggered(each, verdicts))) say(`    hint: ${hint.text}`);
}
