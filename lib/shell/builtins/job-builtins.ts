import { ShellError } from '../interpreter/control';
import {
  attend,
  continueInBackground,
  forgetJobs,
  groupPid,
  hasJobControl,
  isRunning,
  isStopped,
  type Job,
  jobLine,
  jobNotices,
  lastPid,
  resetCurrent,
  signalJob,
} from '../interpreter/jobs';
import type { Builtin, BuiltinCall, Shell } from '../interpreter/shell';
import { HARMLESS, interruptible, SIGNALS, STOPPING } from '../process';
import { signalAnswer, signalTable } from './signal-names';

/** The job that a word means, `%` and what follows or, for some builtins, without the sign. */
function findJob({ shell }: BuiltinCall, word: string | undefined): Job {
  const { jobs } = shell;
  const [current, previous] = shell.currentJobs;
  const spec = (word ?? '%+').replace(/^%/, '');
  if (['', '+', '%'].includes(spec) && current !== undefined) return current;
  if (spec === '-' && previous !== undefined) return previous;
  if (/^\d+$/.test(spec)) {
    const found = jobs.find((job) => String(job.number) === spec);
    if (found !== undefined) return found;
  } else if (!/^[-+%]?$/.test(spec)) {
    const part = spec.startsWith('?') ? spec.slice(1) : undefined;
    const found = jobs.filter((job) =>
      part === undefined ? job.command.startsWith(spec) : job.command.includes(part),
    );
    if (found.length > 1) throw new ShellError(`${part ?? spec}: ambiguous job spec`);
    if (found[0] !== undefined) return found[0];
  }
  throw new ShellError(`${word ?? 'current'}: no such job`);
}

const byPid = (shell: Shell, word: string): Job | undefined =>
  shell.jobs.find((job) => job.processes.some(({ pid }) => String(pid) === word));

/** The signal that stopped jobs are taken to have had. */
const STOPPED_STATUS = 148;

async function waitForJob(call: BuiltinCall, job: Job): Promise<number> {
  if (isStopped(job)) {
    const warning = `warning: wait_for_job: job ${job.number} is stopped`;
    await call.context.err(`${call.shell.name}: ${warning}\n`);
    return STOPPED_STATUS;
  }
  const status = await interruptible(job.done, call.io.signal);
  if (!hasJobControl(call.shell)) job.told = true;
  return status;
}

const wait: Builtin = async (call) => {
  const { shell, io } = call;
  const words = call.args.filter((word) => !/^-[nfp]+$/.test(word));
  /** At a prompt the end of a job is told before what it ended with is used. */
  const forget = async () => {
    if (hasJobControl(shell)) await call.context.err(jobNotices(shell));
    forgetJobs(shell, (job) => job.status !== undefined);
  };
  if (call.args.includes('-n') && words.length === 0) {
    const waiting = shell.jobs.filter((job) => !(job.status !== undefined && job.told));
    if (waiting.length === 0) return 127;
    const status = await interruptible(Promise.race(waiting.map((job) => job.done)), io.signal);
    await forget();
    return status;
  }
  if (words.length === 0) {
    for (const job of shell.jobs.filter(isStopped))
      await call.complain(`warning: job ${job.number}[${lastPid(job)}] stopped`);
    const running = shell.jobs.filter((job) => !isStopped(job));
    await interruptible(Promise.all(running.map((job) => job.done)), io.signal);
    await forget();
    return 0;
  }
  let status = 0;
  for (const word of words) {
    const spec = word.startsWith('%');
    let job: Job | undefined;
    try {
      job = spec ? findJob(call, word) : byPid(shell, word);
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      await call.complain(error.message);
      status = 127;
      continue;
    }
    if (job === undefined) {
      if (!/^\d+$/.test(word)) throw new ShellError(`\`${word}': not a pid or valid job spec`);
      await call.complain(`pid ${word} is not a child of this shell`);
      status = 127;
      continue;
    }
    status = await waitForJob(call, job);
    if (job.status !== undefined && hasJobControl(shell)) await call.context.err(jobNotices(shell));
  }
  return status;
};

/** Jobs that the shell no longer minds: those named, all, or the current one. */
const disown: Builtin = async (call) => {
  const { shell } = call;
  const words = call.args.filter((word) => !word.startsWith('-'));
  const flags = new Set(call.args.filter((word) => /^-[ahr]+$/.test(word)).flatMap((word) => [...word]));
  const leave = async (gone: (job: Job) => boolean) => {
    // With -h a job stays, but is not hung up on; nobody hangs up here.
    if (flags.has('h')) return;
    for (const job of shell.jobs.filter((each) => gone(each) && isStopped(each)))
      await call.context.err(
        `${shell.name}: warning: deleting stopped job ${job.number} with process group ${groupPid(job)}\n`,
      );
    forgetJobs(shell, gone);
  };
  if (words.length === 0 && (flags.has('a') || flags.has('r'))) {
    await leave((job) => !flags.has('r') || isRunning(job));
    return 0;
  }
  for (const word of words.length === 0 ? [undefined] : words) {
    const found = word !== undefined && /^\d+$/.test(word) ? byPid(shell, word) : findJob(call, word);
    if (found === undefined) throw new ShellError(`${word}: no such job`);
    await leave((job) => job === found);
  }
  return 0;
};

const jobs: Builtin = async (call) => {
  const { shell, context } = call;
  const flags = new Set<string>();
  let first = 0;
  for (; /^-./.test(call.args[first] ?? ''); first += 1) {
    for (const flag of call.args[first]?.slice(1) ?? '') {
      if (!'lpnrsx'.includes(flag)) {
        await call.complain(`-${flag}: invalid option`);
        await context.err('jobs: usage: jobs [-lnprs] [jobspec ...] or jobs -x command [args]\n');
        return 2;
      }
      flags.add(flag);
    }
  }
  const words = call.args.slice(first);
  if (flags.has('x')) {
    const argv = words.map((word) => (word.startsWith('%') ? String(groupPid(findJob(call, word))) : word));
    return argv.length === 0 ? 0 : call.runArgv(argv, 'command');
  }
  let status = 0;
  const listed: Job[] = words.length === 0 ? [...shell.jobs] : [];
  for (const word of words) {
    try {
      listed.push(findJob(call, word));
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      await call.complain(error.message);
      status = 1;
    }
  }
  for (const job of listed) {
    if (flags.has('r') && !isRunning(job)) continue;
    if (flags.has('s') && !isStopped(job)) continue;
    if (flags.has('n') && job.told) continue;
    await context.out(flags.has('p') ? `${groupPid(job)}\n` : jobLine(shell, job, flags.has('l')));
    job.told = true;
  }
  forgetJobs(shell, (job) => job.status !== undefined && job.told);
  return status;
};

const fg: Builtin = async (call) => {
  const { shell, io } = call;
  if (!hasJobControl(shell)) throw new ShellError('no job control');
  const job = findJob(call, call.args[0]);
  const where = job.cwd === shell.cwd ? '' : `\t(wd: ${job.cwd})`;
  await call.context.out(`${job.command}${where}\n`);
  const { control } = job.signal;
  shell.currentJobs = [job, ...shell.currentJobs.filter((other) => other !== job)];
  control.background = false;
  control.resume();
  const running = { ...job, job, command: () => job.command, processes: () => job.processes };
  try {
    return await attend(shell, io, running);
  } finally {
    forgetJobs(shell, (other) => other === job && job.status !== undefined);
  }
};

const bg: Builtin = async (call) => {
  const { shell } = call;
  if (!hasJobControl(shell)) throw new ShellError('no job control');
  let status = 0;
  for (const word of call.args.length === 0 ? [undefined] : call.args) {
    const job = findJob(call, word);
    if (job.status !== undefined) {
      await call.complain(`job has terminated`);
      status = 1;
      continue;
    }
    if (isRunning(job)) {
      await call.context.err(`${shell.name}: bg: job ${job.number} already in background\n`);
      continue;
    }
    const [current, previous] = shell.currentJobs;
    const mark = job === current ? '+' : job === previous ? '-' : ' ';
    const where = job.cwd === shell.cwd ? '' : `\t(wd: ${job.cwd})`;
    await call.context.out(
      shell.flavour === 'bash'
        ? `[${job.number}]${mark} ${job.command} &${where}\n`
        : `[${job.number}] ${job.command}\n`,
    );
    continueInBackground(job);
    resetCurrent(shell);
  }
  return status;
};

/** `kill $$`: a trap's business, or the end of this shell; one at a prompt does not die of TERM, nor is it stopped. */
function signalSelf({ shell, io }: BuiltinCall, number: number): void {
  const name = Object.keys(SIGNALS).find((each) => SIGNALS[each] === number) ?? '';
  const action = shell.traps.get(name);
  if (
    action === '' ||
    (action === undefined &&
      (HARMLESS.has(number) || STOPPING.has(number) || (shell.interactive && number === 15)))
  )
    return;
  io.signal.raise(number);
}

const kill: Builtin = async (call) => {
  const words = [...call.args];
  let number = 15;
  const first = words[0] ?? '';
  if (first === '-l' || first === '-L') {
    if (words.length === 1) await call.context.out(signalTable());
    for (const word of words.slice(1)) {
      const answer = signalAnswer(word);
      if (answer === undefined) throw new ShellError(`${word}: invalid signal specification`);
      await call.context.out(`${answer}\n`);
    }
    return 0;
  }
  if (/^-(?:\d+|[A-Za-z]+)$/.test(first) && words.length === 1) words.shift();
  if (/^-/.test(first) && words.length > 1) {
    const named = first === '-s' || first === '-n';
    if (named) words.shift();
    const name = named ? (words[0] ?? '') : first.slice(1);
    const found = /^\d+$/.test(name) ? Number(name) : SIGNALS[name.toUpperCase().replace(/^SIG/, '')];
    if (found === undefined) throw new ShellError(`${name}: invalid signal specification`);
    number = found;
    words.shift();
  }
  if (words.length === 0) {
    await call.context.err(
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
    );
    return 2;
  }
  let status = 0;
  for (const word of words) {
    const known = call.shell.kernel.processes.get(Number(word));
    if (known === undefined && Number(word) === call.shell.pid) {
      signalSelf(call, number);
      continue;
    }
    const job = word.startsWith('%') ? findJob(call, word) : byPid(call.shell, word);
    if (job !== undefined) signalJob(call.shell, job, number, word.startsWith('%'));
    else if (known === undefined) {
      const message = /^\d+$/.test(word)
        ? `(${word}) - No such process`
        : `${word}: arguments must be process or job IDs`;
      await call.complain(message);
      status = 1;
    } else if (STOPPING.has(number)) known.signal.control.stop();
    else if (number === 18) known.signal.control.resume();
    else if (!HARMLESS.has(number)) known.signal.raise(number);
  }
  return status;
};

const suspend: Builtin = async (call) => {
  if (!hasJobControl(call.shell)) throw new ShellError('cannot suspend: no job control');
  throw new ShellError('cannot suspend a login shell');
};

const help: Builtin = async (call) => {
  await call.context.out(HELP);
  return 0;
};

const HELP = `This is the shell of your admin machine. It runs on a simulated cluster; nothing here can break anything real.

Cluster     kubectl (try: kubectl get pods -A, kubectl help)
Network     curl wget nslookup dig host ping nc getent ip iptables-save
            trace URL        shows every hop of a request
Files       ls cat head tail less cp mv rm mkdir touch find tee vi nano
Text        grep sed awk cut sort uniq tr wc diff base64 jq xargs
Shell       variables, functions, loops, pipes, jobs, history, Tab, Ctrl-R
            watch, sleep, seq, timeout, date, env

Files in your home folder are the same as in the editor.
`;

/** Builtins about jobs. */
export const jobBuiltins: Readonly<Record<string, Builtin>> = {
  wait,
  jobs,
  fg,
  bg,
  kill,
  help,
  disown,
  suspend,
};
