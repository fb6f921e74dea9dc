import { type Lab, liveTasks, type Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { log } from '../log';
import type { ServerMessage } from '../protocol';
import { createPace } from './pace';

/** Tasks whose author lets them be ticked while the learner works, looked at after changes. */
export interface LiveTicks {
  /** Something in the workspace may be different. */
  changed(): void;
  /** What pages are told; undefined where nothing is live, or nobody has looked yet. */
  readonly told: Extract<ServerMessage, { type: 'ticks' }> | undefined;
  stop(): void;
}

/** What ticks are made from. */
export interface TickParts {
  readonly lab: Lab;
  /** Somebody could see them. */
  watched(): boolean;
  /** Runs `look` in turn on the workspace as it is. */
  inTurn(look: (workspace: Workspace) => Promise<void>): Promise<void>;
  tellAll(message: ServerMessage): void;
}

/** A rollout changes something many times a second: one looks when it is calm, or when this is going on for long. */
const CALM_MS = 700;
const LATEST_MS = 4_000;

/** Looks of all workspaces, one at a time: they may be late, but take little from whoever types. */
const pace = createPace();

/** The live ticks of a workspace; of a lab without live tasks, none. */
export function createLiveTicks({ lab, watched, inTurn, tellAll }: TickParts): LiveTicks {
  const tasks = liveTasks(lab);
  let told: LiveTicks['told'];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstChange = 0;
  let stopped = false;

  const look = async () => {
    if (stopped || !watched()) return;
    let judging: Promise<readonly Verdict[]> | undefined;
    await inTurn(async (workspace) => {
      // On a copy of its own, so the terminal goes on meanwhile.
      judging = workspace.grade({ tasks });
    });
    const met = metIn((await judging) ?? []);
    if (stopped || JSON.stringify(met) === JSON.stringify(told?.met)) return;
    told = { type: 'ticks', met };
    tellAll(told);
  };
  const isCalm = () => {
    timer = undefined;
    pace.run(look).catch((error: unknown) => {
      if (!stopped) log('warn', 'ticks-not-told', { lab: lab.id, error });
    });
  };
  return {
    changed() {
      if (tasks.length === 0 || stopped || !watched()) return;
      const now = performance.now();
      if (timer === undefined) firstChange = now;
      clearTimeout(timer);
      timer = setTimeout(isCalm, Math.max(0, Math.min(CALM_MS, firstChange + LATEST_MS - now)));
    },
    get told() {
      return told;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const metIn = (verdicts: readonly Verdict[]) =>
  verdicts.filter(({ outcome }) => outcome === 'met').map(({ task, check }) => ({ task, check }));
