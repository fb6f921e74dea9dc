import { randomUUID } from 'node:crypto';
import { type Lab, passed, type Verdict } from '../../labs';
import { AppError } from '../app-error';
import { log } from '../log';
import type { AttemptView, ClientMessage } from '../protocol';
import type { Classroom } from './classroom';
import type { Loading } from './load-workspace';
import { type PageSocket, tell } from './page';
import { recordSolution } from './record-solution';
import { earnedIn, showAttempt, shownSolutions, solutionLock } from './show-attempt';
import type { StoredWorkspace } from './stored-workspace';

/** What pages ask of a judge. */
export type JudgeMessage = Extract<ClientMessage, { type: 'check' | 'solutions' | 'solve' }>;

/** Judges a live workspace by its lab, and shows how the lab is solved to whoever may know. */
export interface Judge {
  /** In turn. Verdicts and recordings come later: what is judged is a copy. */
  serve(socket: PageSocket, message: JudgeMessage): Promise<void>;
}

/** What a judge is made from. */
export interface JudgeParts {
  readonly loading: Loading;
  readonly lab: Lab;
  readonly classroom: Classroom | undefined;
  readonly stored: () => StoredWorkspace;
  /** An attempt was made, after event `seq`, because somebody asked. */
  tellAttempt(
    attempt: AttemptView,
    seq: number,
    asker: { readonly socket: PageSocket; readonly id: number },
  ): void;
}

/** A judge of one workspace, who does one thing at a time. */
export function createJudge({ loading, lab, classroom, stored, tellAttempt }: JudgeParts): Judge {
  const { row, store } = loading;
  let checking = false;
  let solving = false;

  async function check(socket: PageSocket, id: number): Promise<void> {
    if (checking) throw new AppError('invalid', 'A check is under way; its verdicts come in a moment.');
    checking = true;
    await stored().catchUp();
    const earned = earnedIn(lab, await store.attempts(row.id));
    const { seq, workspace } = stored();
    const judged = { seq, virtualAt: workspace.now, verdicts: workspace.grade(lab, earned) };
    // The copy is judged on its own time: the terminal goes on meanwhile.
    judged.verdicts
      .then((verdicts) => keepAttempt(judged, verdicts))
      .then((attempt) => showAttempt(lab, attempt))
      .then((attempt) => tellAttempt(attempt, seq, { socket, id }))
      .catch((error: unknown) => {
        log('error', 'check-failed', { workspace: row.id, error });
        const message = 'The check could not be carried out; nothing was changed. Try again.';
        tell(socket, { type: 'failed', id, code: 'check-failed', message });
      })
      .finally(() => {
        checking = false;
      });
  }

  /** What could not be judged is nobody's attempt: it is told, logged for the author, and not stored. */
  async function keepAttempt(
    { seq, virtualAt }: { readonly seq: number; readonly virtualAt: number },
    verdicts: readonly Verdict[],
  ): Promise<AttemptView> {
    const unjudged = verdicts.find(({ outcome }) => outcome === 'cannot-judge');
    const news = { seq, virtualAt, labVersion: lab.version, passed: passed(lab, verdicts), verdicts };
    if (unjudged === undefined) return store.saveAttempt(row, news);
    log('warn', 'check-not-judged', { workspace: row.id, lab: row.labId, verdict: unjudged });
    return { id: randomUUID(), at: new Date().toISOString(), passed: false, verdicts };
  }

  /** Refuses what the lab's policy, or the class's, keeps locked. */
  async function demandUnlocked(): Promise<void> {
    const lock = (await classroom?.solutionLock(row)) ?? solutionLock(lab, await store.attempts(row.id));
    if (lock !== undefined) throw new AppError('invalid', lock);
  }

  /** A copy is typed into on its own time: the learner's terminal goes on meanwhile. */
  async function solve(
    socket: PageSocket,
    { id, solution, from }: Extract<JudgeMessage, { type: 'solve' }>,
  ): Promise<void> {
    const found = lab.solutions.find(({ name }) => name === solution);
    if (found === undefined) throw new AppError('not-found', 'There is no such solution.');
    if (solving) throw new AppError('invalid', 'A solution is being typed; it is there in a moment.');
    solving = true;
    await stored().catchUp();
    const copy = from === 'now' ? stored().workspace.fork() : (await loading.start()).fork();
    recordSolution(copy, found.script)
      .then((recording) => tell(socket, { type: 'solved', id, recording }))
      .catch((error: unknown) => {
        log('error', 'solution-not-recorded', { workspace: row.id, solution, error });
        const message = 'The solution could not be typed; nothing was changed.';
        tell(socket, { type: 'failed', id, code: 'solve-failed', message });
      })
      .finally(() => {
        solving = false;
      });
  }

  return {
    async serve(socket, message) {
      if (message.type === 'check') return check(socket, message.id);
      await demandUnlocked();
      if (message.type === 'solve') return solve(socket, message);
      tell(socket, { type: 'solutions', id: message.id, solutions: await shownSolutions(lab) });
    },
  };
}
