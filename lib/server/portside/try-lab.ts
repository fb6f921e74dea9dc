import { LabError } from '../../labs';
import { followLesson, startOf } from '../kit';
import { findLab } from '../lab-library';
import { attachTerminal } from './attach-terminal';

/** A prompt in a lab's state: at its start, or as the lesson leaves it on arriving at a step. */
export async function tryLab(
  slug: string,
  { at, seed }: { readonly at?: string; readonly seed: number },
): Promise<number> {
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
  if (process.stdin.isTTY) return attachTerminal(workspace);
  let script = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) script += String(piece);
  return workspace.run(script, {
    out: (piece) => process.stdout.write(piece),
    err: (piece) => process.stderr.write(piece),
  });
}
