import { createSignal, type Descriptor, HARMLESS, type Io, type Signal, STOPPING, say } from '../process';
import { LoopControl } from './control';
import type { Shell } from './shell';

/** One process of a job: a pipeline has several. */
export interface JobProcess {
  readonly pid: number;
  readonly text: string;
}

/** A command that the shell does not wait for: begun with `&`, or stopped. */
export interface Job {
  readonly number: number;
  readonly processes: readonly JobProcess[];
  /** The whole command as bash writes it. */
  readonly command: string;
  /** The directory that it was begun in. */
  readonly cwd: string;
  readonly signal: Signal;
  readonly done: Promise<number>;
  status: number | undefined;
  /** How it stands was told to the person. */
  told: boolean;
  /** What the next prompt says of it instead: it was sent a signal, and the shell sees only then what came of that. */
  late: string | undefined;
}

/** The process id that `$!` and messages name: the last one's. */
export const lastPid = (job: Job): number => job.processes[job.processes.length - 1]?.pid ?? 0;

/** The id of the job's process group. */
export const groupPid = (job: Job): number => job.processes[0]?.pid ?? 0;

/** It goes on. */
export const isRunning = (job: Job): boolean => job.status === undefined && !job.signal.control.stopped;
/** It waits for SIGCONT. */
export const isStopped = (job: Job): boolean => job.status === undefined && job.signal.control.stopped;

function newest(
  shell: Shell,
  wanted: (job: Job) => boolean,
  before = Number.POSITIVE_INFINITY,
): Job | undefined {
  return shell.jobs.findLast((job) => job.number < before && wanted(job));
}

/** Makes a job the current one and finds the previous one, as bash's `set_current_job`. */
function setCurrent(shell: Shell, job: Job): void {
  const before = shell.currentJobs;
  const previous = before[0] === job ? before[1] : before[0];
  const isThere = previous !== undefined && previous !== job && shell.jobs.includes(previous);
  shell.currentJobs = [
    job,
    (isThere && isStopped(previous) ? previous : undefined) ??
      (isStopped(job) ? newest(shell, isStopped, job.number) : undefined) ??
      newest(shell, isRunning, isRunning(job) ? job.number : undefined) ??
      job,
  ];
}

/** Chooses the current job anew: a stopped one, else the newest that runs. */
export function resetCurrent(shell: Shell): void {
  const [current, previous] = shell.currentJobs.filter((job) => shell.jobs.includes(job));
  const next =
    [current, previous].find((job) => job !== undefined && isStopped(job)) ??
    newest(shell, isStopped) ??
    newest(shell, isRunning);
  if (next === undefined) shell.currentJobs = [];
  else setCurrent(shell, next);
}

/** Forgets jobs; whichever were current are chosen anew. */
export function forgetJobs(shell: Shell, gone: (job: Job) => boolean): void {
  const leaving = shell.jobs.filter(gone);
  if (leaving.length === 0) return;
  shell.jobs = shell.jobs.filter((job) => !gone(job));
  if (shell.currentJobs.some((job) => leaving.includes(job))) resetCurrent(shell);
}

/** Puts a command among the jobs, under the next number. */
export function addJob(shell: Shell, start: Pick<Job, 'processes' | 'command' | 'signal' | 'done'>): Job {
  const job: Job = {
    ...start,
    number: Math.max(0, ...shell.jobs.map((each) => each.number)) + 1,
    cwd: shell.cwd,
    status: undefined,
    told: false,
    late: undefined,
  };
  shell.jobs = [...shell.jobs, job];
  const { processes } = shell.kernel;
  for (const { pid, text } of job.processes)
    processes.set(pid, { pid, command: text, signal: job.signal, done: job.done });
  void job.done.then((status) => {
    job.status = status;
    job.told = false;
    for (const { pid } of job.processes) processes.delete(pid);
  });
  job.signal.control.onChange((stopped) => {
    if (!stopped || !shell.jobs.includes(job)) return;
    job.told = false;
    setCurrent(shell, job);
  });
  return job;
}

/** Sends a job a signal as bash's `kill %n` does: one that is stopped also gets SIGCONT with what shall end it. */
export function signalJob(shell: Shell, job: Job, number: number, group: boolean): void {
  const { control } = job.signal;
  const wasStopped = isStopped(job);
  if (number === 0) return;
  // Of one that it knows to be stopped the shell says so once more, before it sees the end.
  const isLast = number !== CONTINUE && !STOPPING.has(number);
  job.late = !isLast ? '' : wasStopped && group ? jobNotice(shell, job) : undefined;
  if (STOPPING.has(number)) control.stop();
  else if (number === CONTINUE) resume(job);
  else if (!HARMLESS.has(number)) {
    job.signal.raise(number);
    if (wasStopped && group && (number === TERMINATE || number === HANG_UP)) resume(job);
  }
}

const CONTINUE = 18;
const TERMINATE = 15;
const HANG_UP = 1;

function resume(job: Job): void {
  job.signal.control.background = true;
  job.signal.control.resume();
}

/** Lets a job run on in the background. */
export function continueInBackground(job: Job): void {
  job.late = '';
  resume(job);
}

/** A running command that the shell waits for. */
export interface Attended {
  readonly signal: Signal;
  readonly done: Promise<number>;
  /** The job that it is already. */
  readonly job?: Job | undefined;
  /** What it shall be called if it becomes one. */
  command(): string;
  processes(): readonly JobProcess[];
}

/** The status of a command that was stopped: 128 and SIGTSTP. */
const STOPPED_STATUS = 148;

/** Waits in the foreground until a command ends or is stopped, and then makes it a job. */
export async function attend(shell: Shell, io: Io, running: Attended, shown = io): Promise<number> {
  const { signal, done } = running;
  const { control } = signal;
  const unhook = io.signal.onCancel(() => signal.raise(io.signal.number));
  const before = shell.foreground;
  shell.foreground = control;
  let unlisten = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    unlisten = control.onChange((isNow) => {
      if (isNow) resolve(undefined);
    });
  });
  try {
    const status = await Promise.race([done, stopped]);
    if (status !== undefined) {
      if (!io.signal.cancelled) await tellDeath(shown, signal, status);
      return status;
    }
  } finally {
    unhook();
    unlisten();
    shell.foreground = before;
  }
  const job =
    running.job ??
    addJob(shell, { processes: running.processes(), command: running.command(), signal, done });
  if (!shell.currentJobs.includes(job) || shell.currentJobs[0] !== job) setCurrent(shell, job);
  job.told = true;
  await say(shown, jobNotice(shell, job));
  if (shell.loops > 0) throw new LoopControl('break', shell.loops, STOPPED_STATUS);
  return STOPPED_STATUS;
}

/** Signals whose death is told by nothing: SIGINT and SIGPIPE. */
const QUIET = [2, 13];

/** `Killed`: what a shell says of a command in the foreground that died of a signal. */
async function tellDeath(io: Io, signal: Signal, status: number): Promise<void> {
  const { number } = signal;
  if (number === 0 || status !== 128 + number || QUIET.includes(number)) return;
  await say(io, `${ENDED_BY[status] ?? `Unknown signal ${number}`}\n`);
}

/** Runs a command as a job of its own in the foreground of an interactive shell: Ctrl-Z stops it alone. */
export function runInForeground(
  shell: Shell,
  io: Io,
  named: Pick<Attended, 'command' | 'processes'>,
  body: (io: Io) => Promise<number>,
  shown = io,
): Promise<number> {
  const signal = createSignal();
  return attend(shell, io, { ...named, signal, done: body({ fds: new Map(io.fds), signal }) }, shown);
}

/** Whether what this shell starts becomes jobs: bash's monitor mode, off in every subshell. */
export const hasJobControl = (shell: Shell): boolean => shell.interactive && shell.options.monitor;

/** The descriptors of a command in the background: the terminal may be read once it is in the foreground. */
export function backgroundInput(descriptor: Descriptor | undefined): Descriptor | undefined {
  const { reader } = descriptor ?? {};
  return reader?.terminal === undefined ? undefined : { reader: reader.withoutTerminal() };
}

const ENDED_BY: Readonly<Record<number, string>> = {
  129: 'Hangup',
  130: 'Interrupt',
  131: 'Quit',
  134: 'Aborted',
  137: 'Killed',
  138: 'User defined signal 1',
  139: 'Segmentation fault',
  140: 'User defined signal 2',
  141: 'Broken pipe',
  142: 'Alarm clock',
  143: 'Terminated',
};

/** What a job is said to be doing. */
export function jobState(shell: Shell, job: Job): string {
  const { flavour } = shell;
  if (job.status === undefined) return isStopped(job) ? 'Stopped' : 'Running';
  if (job.status === 0) return 'Done';
  return ENDED_BY[job.status] ?? (flavour === 'bash' ? `Exit ${job.status}` : `Done(${job.status})`);
}

const home = (shell: Shell, path: string): string => {
  const own = shell.variables.get('HOME')?.value ?? '';
  return own !== '' && (path === own || path.startsWith(`${own}/`)) ? `~${path.slice(own.length)}` : path;
};

/** How each shell sets a job's line: after its number and mark, its state's width, and its width beside a pid. */
const LINES: Readonly<
  Record<Shell['flavour'], { gap: string; width: number; besidePid: number; pidGap: string }>
> = {
  bash: { gap: '  ', width: 24, besidePid: 24, pidGap: ' ' },
  sh: { gap: ' ', width: 27, besidePid: 21, pidGap: ' ' },
  ash: { gap: '  ', width: 27, besidePid: 21, pidGap: '  ' },
};

const padded = (pid: number): string => String(pid).padStart(5);

/** One job as `jobs` lists it. */
export function jobLine(shell: Shell, job: Job, withPids = false): string {
  const { flavour } = shell;
  const { gap, width, besidePid, pidGap } = LINES[flavour];
  const [current, previous] = shell.currentJobs;
  const mark = job === current ? '+' : job === previous ? '-' : ' ';
  const head = `[${job.number}]${flavour === 'sh' ? ' ' : ''}${mark}`;
  const state = jobState(shell, job);
  const isBash = flavour === 'bash';
  const where = job.cwd === shell.cwd || !isBash ? '' : `  (wd: ${home(shell, job.cwd)})`;
  const tail = `${isBash && isRunning(job) ? ' &' : ''}${where}\n`;
  if (!withPids) return `${head}${gap}${state.padEnd(width)}${job.command}${tail}`;
  const isDash = flavour === 'sh';
  const margin = ' '.repeat(isBash ? 5 : 6);
  const rows = job.processes.map(({ pid, text }, index) => {
    const bar = isDash && index < job.processes.length - 1 ? ' |' : '';
    return index === 0
      ? `${head}${pidGap}${padded(pid)} ${state.padEnd(besidePid)}${text}${bar}`
      : `${margin}${padded(pid)}${' '.repeat(isBash ? besidePid - 1 : besidePid + 1)}${isDash ? '' : '| '}${text}${bar}`;
  });
  return `${rows.join('\n')}${tail}`;
}

/** What is said of a job that has ended or stopped. */
function jobNotice(shell: Shell, job: Job): string {
  const isBash = shell.flavour === 'bash';
  const now = job.cwd === shell.cwd || !isBash ? '' : `(wd now: ${home(shell, shell.cwd)})\n`;
  return `${isStopped(job) && isBash ? '\n' : ''}${jobLine(shell, job)}${now}`;
}

/** What there is to tell of jobs that ended or stopped since it was last told; ended ones are forgotten with it. */
export function jobNotices(shell: Shell): string {
  let text = '';
  for (const job of shell.jobs) {
    if (job.late !== undefined) {
      text += job.late;
      job.late = undefined;
    } else if (!job.told && (job.status !== undefined || isStopped(job))) {
      text += jobNotice(shell, job);
      job.told = true;
    }
  }
  forgetJobs(shell, (job) => job.status !== undefined && job.told);
  return text;
}
