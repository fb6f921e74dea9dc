import type { Lab, Step } from '../../labs';
import type { Workspace } from '../../workspace';
import { type LessonBlock, lessonBlocks } from './lesson-blocks';
import { outputDiffers } from './match-output';
import { createMemory } from './remember';

/** What following a lesson found. */
export interface Followed {
  /** To be forked, not changed: what was made of it is remembered. */
  readonly workspace: Workspace;
  readonly failures: readonly string[];
}

/** Between two blocks a learner reads, and the cluster comes to rest. */
const READING_MS = 10_000;
/** How long a command that would never end is watched (`for=…` on its fence says otherwise). */
const WATCH_SECONDS = 10;

/**
 * Follows a lesson on a copy of its start, up to (not including) the step `until`: saves its files, runs its commands,
 * holds what they print against the outputs shown, and does what `private/steps/` says a learner does on their own.
 */
export async function followLesson(lab: Lab, start: Workspace, until?: string): Promise<Followed> {
  let here: Followed = { workspace: start, failures: [] };
  const failures: string[] = [];
  for (const step of lab.steps) {
    if (step.id === until) break;
    here = await afterStep(step, here.workspace);
    failures.push(...here.failures);
  }
  return { workspace: here.workspace, failures };
}

/** What was wrong in a step: at one of its blocks, or in what its learner does alone. */
interface Complaint {
  readonly block: number | undefined;
  readonly message: string;
}
interface StepEnd {
  readonly workspace: Workspace;
  readonly complaints: readonly Complaint[];
}

const steps = createMemory<StepEnd>();

/** The state after a step that begins in `before`, which stays as it is. Prose between the blocks makes no difference. */
async function afterStep(step: Step, before: Workspace): Promise<Followed> {
  const blocks = lessonBlocks(step.markdown);
  const key = JSON.stringify([step.byLearner ?? null, blocks.map(({ line: _, ...block }) => block)]);
  const { workspace, complaints } = await steps(before, key, async () => {
    const copy = before.fork();
    const found = await followBlocks(blocks, copy);
    return { workspace: copy, complaints: [...found, ...(await onTheirOwn(step, copy))] };
  });
  const failures = complaints.map(({ block, message }) =>
    block === undefined
      ? `private/steps/${step.id}.sh ${message}`
      : `${step.file}:${blocks[block]?.line}: ${message}`,
  );
  return { workspace, failures };
}

async function onTheirOwn({ byLearner }: Step, workspace: Workspace): Promise<Complaint[]> {
  if (byLearner === undefined) return [];
  const { status, text } = await run(workspace, `set -e\n${byLearner}\nset +e`);
  return status === 0 ? [] : [{ block: undefined, message: `ended with ${status}:\n${text.trimEnd()}` }];
}

async function followBlocks(blocks: readonly LessonBlock[], workspace: Workspace): Promise<Complaint[]> {
  const complaints: Complaint[] = [];
  let printed: string | undefined;
  for (const [index, block] of blocks.entries()) {
    const complain = (message: string) => complaints.push({ block: index, message });
    if (block.kind === 'file') {
      const { file = '' } = block.purpose;
      await save(workspace, file, `${block.text}\n`);
      await pass(workspace);
    } else if (block.kind === 'command') {
      const { status, text } = await run(workspace, commandsOf(block.text, block.purpose.seconds));
      printed = text;
      const expected = block.purpose.fails ? status !== 0 : status === 0 || status === 124;
      if (!expected)
        complain(
          `the block ${block.purpose.fails ? 'should fail and does not' : `ends with ${status} (mark the fence "fails" when that is meant)`}:\n${text.trimEnd()}`,
        );
      await pass(workspace);
    } else if (block.kind === 'output') {
      const difference =
        printed === undefined ? 'this output follows no command' : outputDiffers(block.text, printed);
      if (difference !== undefined) complain(difference);
    }
  }
  return complaints;
}

const pass = (workspace: Workspace): Promise<void> => workspace.advanceTo(workspace.now + READING_MS);

/** The block as a script: prompts removed, and what watches for ever ended after a while. */
function commandsOf(text: string, seconds = WATCH_SECONDS): string {
  const lines = text.split('\n');
  const prompted = lines.filter((line) => line.startsWith('$ '));
  const commands = prompted.length > 0 ? prompted.map((line) => line.slice(2)) : lines;
  return commands
    .map((line) =>
      /\s(-w|--watch|-f|--follow)\b/.test(line) && /^kubectl /.test(line)
        ? `timeout ${seconds} ${line}`
        : line,
    )
    .join('\n');
}

async function run(workspace: Workspace, script: string): Promise<{ status: number; text: string }> {
  let text = '';
  const take = (piece: string) => {
    text += piece;
  };
  const status = await workspace.run(script, { out: take, err: take });
  return { status, text };
}

async function save(workspace: Workspace, file: string, text: string): Promise<void> {
  const folder = file.includes('/') ? `mkdir -p '${file.replace(/\/[^/]*$/, '')}'\n` : '';
  await run(workspace, `${folder}cat > '${file}' <<'END-OF-THE-FILE'\n${text}END-OF-THE-FILE`);
}
