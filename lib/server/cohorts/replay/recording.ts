import type { Verdict } from '../../../labs';
import type { Workspace } from '../../../workspace';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import { deliverAgain } from '../../live';
import { type Asker, demand } from '../access';
import { noteDown } from '../audit';
import { namesOf } from '../cohort-page';
import { inputWords } from './learner-work';
import type { Recording } from './recording-views';
import { createTape, type Tape } from './tape';
import type { WorkspaceHistory } from './workspace-history';

/** The one terminal of a lab page. */
const TERMINAL = 'main';
/** While time passes between inputs, what is printed by itself is caught this often, and this often at least in a gap. */
const STEP_MS = 250;
const STEPS = 40;
/** The size a terminal has before its page says otherwise. */
const FIRST_SIZE = { columns: 80, rows: 24 };

/** Whose attempt it is, for whom it may be shown. */
async function attemptFor(prisma: PrismaClient, id: string) {
  const found = await prisma.attempt.findUnique({
    where: { id },
    include: {
      lab: { select: { title: true } },
      workspace: { select: { assignment: { select: { cohortId: true } } } },
    },
  });
  if (found === null) throw new AppError('not-found', 'There is no such attempt.');
  return found;
}

/** One's own attempt as it was typed. */
export async function ownRecording(
  prisma: PrismaClient,
  history: WorkspaceHistory,
  asker: Asker,
  attemptId: string,
): Promise<Recording> {
  const attempt = await attemptFor(prisma, attemptId);
  if (attempt.userId !== asker.id) throw new AppError('not-found', 'There is no such attempt of yours.');
  return record(prisma, history, attempt, undefined);
}

/** A learner's attempt as it was typed; that it was watched is noted. */
export async function learnersRecording(
  prisma: PrismaClient,
  history: WorkspaceHistory,
  asker: Asker,
  cohortId: string,
  attemptId: string,
): Promise<Recording> {
  const standing = await demand(prisma, asker, cohortId, 'help');
  const attempt = await attemptFor(prisma, attemptId);
  if (attempt.workspace.assignment?.cohortId !== cohortId)
    throw new AppError('not-found', 'There is no such attempt in this cohort.');
  const learner = (await namesOf(prisma, [attempt.userId])).get(attempt.userId) ?? 'A learner';
  await noteDown(prisma, standing, {
    action: 'replayed an attempt',
    subject: learner,
    details: { lab: attempt.lab.title },
  });
  return record(prisma, history, attempt, learner);
}

type AttemptRow = Awaited<ReturnType<typeof attemptFor>>;

/**
 * Plays the stored inputs from the last jump or reset (or the lab's start) up to the attempt, and writes down what the terminal
 * showed and when. Long pauses are cut; verdicts of earlier attempts are marked where they fell.
 */
async function record(
  prisma: PrismaClient,
  history: WorkspaceHistory,
  attempt: AttemptRow,
  learner: string | undefined,
): Promise<Recording> {
  const { workspaceId, seq: last } = attempt;
  const newest = {
    where: { workspaceId, seq: { lt: last } },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  } as const;
  const [jump, reset] = await Promise.all([
    prisma.workspaceSnapshot.findFirst({ ...newest, where: { ...newest.where, pinned: true } }),
    prisma.workspaceEvent.findFirst({
      ...newest,
      where: { ...newest.where, input: { path: ['kind'], equals: 'reset' } },
    }),
  ]);
  const from = Math.max(jump?.seq ?? 0, reset?.seq ?? 0);
  const { workspace, loading } = await history.after(workspaceId, from);
  const tape = createTape(workspace.scrollback[TERMINAL] ?? '');
  const stop = workspace.onOutput((terminal, text) => {
    if (terminal === TERMINAL) tape.show(text);
  });
  const attempts = await prisma.attempt.findMany({
    where: { workspaceId, seq: { gte: from, lte: last }, at: { lte: attempt.at } },
    orderBy: { at: 'asc' },
  });
  // What a command still printed before Check was pressed stands before the verdicts.
  const markAttempts = async (seq: number) => {
    for (const each of attempts.filter((one) => one.seq === seq)) {
      if (each.virtualAt !== null) await passTime(workspace, Number(each.virtualAt), tape);
      tape.mark(
        'verdicts',
        verdictWords(each.passed, each.verdicts as unknown as readonly Verdict[]),
        each.id,
      );
    }
  };
  let size = FIRST_SIZE;
  await markAttempts(from);
  const events = await loading.store.events(workspaceId, from, last);
  for (const [index, event] of events.entries()) {
    await passTime(workspace, event.at, tape);
    const { input } = event;
    if (input.kind === 'resize') size = input.size;
    const what = inputWords(input);
    if (what !== undefined) tape.mark('input', what, null);
    if (input.kind === 'tty' && input.input.kind === 'line') typeLine(workspace, input.input.text, tape);
    await deliverAgain(workspace, event);
    await workspace.settle();
    await markAttempts(from + index + 1);
  }
  stop();
  workspace.close();
  return {
    attemptId: attempt.id,
    learner: learner ?? null,
    lab: attempt.lab.title,
    at: attempt.at.toISOString(),
    passed: attempt.passed,
    size,
    ...tape.whole(),
  };
}

/** Lets virtual time come to `at`; what is printed meanwhile falls where it did. */
async function passTime(workspace: Workspace, at: number, tape: Tape): Promise<void> {
  const began = workspace.now;
  const step = Math.max(STEP_MS, Math.ceil((at - began) / STEPS));
  const gap = tape.gap();
  while (workspace.now < at && !workspace.busy) {
    const until = Math.min(at, workspace.now + step);
    gap(until - began);
    await workspace.advanceTo(until);
    if (workspace.now < until) return;
  }
}

/** Types a line as its learner did, letter by letter, where the line editor waits for one. */
function typeLine(workspace: Workspace, text: string, tape: Tape): void {
  // Whatever is no plain letter may mean something to the editor; then the line appears at once, as it is delivered.
  if (!workspace.atRest || !/^[\x20-\x7e]*$/.test(text)) return;
  for (const letter of text) {
    workspace.press(TERMINAL, letter);
    tape.wait(TYPING_MS);
  }
  workspace.press(TERMINAL, '\r');
}

/** About sixty words a minute. */
const TYPING_MS = 60;

function verdictWords(passed: boolean, verdicts: readonly Verdict[]): string {
  if (passed) return 'Passed.';
  const met = verdicts.filter(({ outcome }) => outcome === 'met').length;
  const first = verdicts.find(({ outcome }) => outcome === 'not-met');
  const why = first?.outcome === 'not-met' ? ` ${first.reason}` : '';
  return `${met === 1 ? '1 check' : `${met} checks`} met.${why}`;
}
