import type { Workspace, WorkspaceInput } from '../../workspace';
import { createTape } from '../cohorts/replay/tape';
import { partText, scriptParts } from '../kit/script-parts';
import type { SolutionRecording } from '../protocol';

type TtyInput = Extract<WorkspaceInput, { kind: 'tty' }>['input'];

const TERMINAL = 'solution';
const SIZE = { columns: 100, rows: 28 };
/** A practised hand. */
const TYPING_MS = 35;
const READING_MS = 600;
/** What is printed while a command waits is caught this often. */
const STEP_MS = 500;
/** No command of a solution waits longer; what then still runs is interrupted. */
const PATIENCE_MS = 600_000;

/**
 * Types a script into a terminal of a workspace that is nobody's, as a person would, and writes down what was to be seen. Time
 * there jumps over whatever waits.
 */
export async function recordSolution(workspace: Workspace, script: string): Promise<SolutionRecording> {
  const tape = createTape();
  const accepted: TtyInput[] = [];
  const stops = [
    workspace.onOutput((terminal, text) => {
      if (terminal === TERMINAL) tape.show(text);
    }),
    workspace.onAccept((terminal, input) => {
      if (terminal === TERMINAL) accepted.push(input);
    }),
  ];
  const deliver = async (input: Parameters<Workspace['stamp']>[0]) => {
    const release = await workspace.hold();
    try {
      await workspace.deliver(workspace.stamp(input));
    } finally {
      release();
    }
    await workspace.settle();
  };
  const deliverAccepted = async () => {
    for (let input = accepted.shift(); input !== undefined; input = accepted.shift())
      await deliver({ kind: 'tty', terminal: TERMINAL, input });
  };
  const typeLine = async (line: string) => {
    // What means something to the line editor or to history is put there at once.
    if (!/^[\x20-\x7e]*$/.test(line) || line.includes('!'))
      return deliver({ kind: 'tty', terminal: TERMINAL, input: { kind: 'line', text: line } });
    for (const letter of line) {
      workspace.press(TERMINAL, letter);
      tape.wait(TYPING_MS);
    }
    workspace.press(TERMINAL, '\r');
    await deliverAccepted();
  };
  try {
    await deliver({ kind: 'resize', terminal: TERMINAL, size: SIZE });
    for (const part of scriptParts(script)) {
      tape.mark('input', part.command, null);
      for (const line of partText(part).split('\n')) await typeLine(line);
      await awaitPrompt(workspace, tape.gap());
      if (!workspace.atRest) {
        workspace.press(TERMINAL, '\x03');
        await deliverAccepted();
      }
      tape.wait(READING_MS);
    }
  } finally {
    for (const stop of stops) stop();
    workspace.close();
  }
  return { size: SIZE, ...tape.whole() };
}

/** Lets time pass until the command has ended. */
async function awaitPrompt(workspace: Workspace, gap: (passedMs: number) => void): Promise<void> {
  const began = workspace.now;
  while (!workspace.atRest && workspace.now - began < PATIENCE_MS) {
    const until = workspace.now + STEP_MS;
    gap(until - began);
    await workspace.advanceTo(until);
    await workspace.settle();
  }
}
