import { ShellError } from '../interpreter/control';
import type { Builtin, BuiltinCall, Job } from '../interpreter/shell';
import { interruptible, SIGNALS } from '../process';
import { signalAnswer, signalTable } from './signal-names';

/** What a job is said to be doing. */
export function jobState(job: Job): string {
  if (job.status === undefined) return 'Running';
  if (job.status === 0) return 'Done';
  if (job.status === 143) return 'Terminated';
  if (job.status === 137) return 'Killed';
  if (job.status === 130) return 'Interrupt';
  return `Exit ${job.status}`;
}

/** One line of `jobs`. */
export function jobLine(job: Job, jobs: readonly Job[], withPid = false): string {
  const last = jobs[jobs.length - 1];
  const before = jobs[jobs.length - 2];
  const mark = job === last ? '+' : job === before ? '-' : ' ';
  const shown = job.status === undefined ? `${job.command} &` : job.command;
  return `[${job.number}]${mark}  ${withPid ? `${job.pid} ` : ''}${jobState(job).padEnd(withPid ? 10 : 24)}${shown}\n`;
}

function findJob(call: BuiltinCall, word: string | undefined): Job {
  const { jobs } = call.shell;
  const name = word ?? '%+';
  const spec = name.replace(/^%/, '');
  const found =
    spec === '' || spec === '+' || spec === '%'
      ? jobs[jobs.length - 1]
      : spec === '-'
        ? jobs[jobs.length - 2]
        : jobs.find(
            (job) => String(job.number) === spec || (/^\D/.test(spec) && job.command.startsWith(spec)),
          );
  if (found === undefined) throw new ShellError(`${word ?? 'current'}: no such job`);
  return found;
}

const wait: Builtin = async (call) => {
  const { shell, io } = call;
  const words = call.args.filter((word) => !/^-[nfp]+$/.test(word));
  const forget = () => {
    shell.jobs = shell.jobs.filter((job) => job.status === undefined);
  };
  if (call.args.includes('-n') && words.length === 0) {
    const waiting = shell.jobs.filter((job) => !job.told);
    if (waiting.length === 0) return 127;
    const status = await interruptible(Promise.race(waiting.map((job) => job.done)), io.signal);
    forget();
    return status;
  }
  if (words.length === 0) {
    await interruptible(Promise.all(shell.jobs.map((job) => job.done)), io.signal);
    forget();
    return 0;
  }
  let status = 0;
  for (const word of words) {
    const job = word.startsWith('%')
      ? findJob(call, word)
      : shell.jobs.find((known) => String(known.pid) === word);
    if (job === undefined) {
      if (!/^\d+$/.test(word)) throw new ShellError(`\`${word}': not a pid or valid job spec`);
      await call.complain(`pid ${word} is not a child of this shell`);
      status = 127;
      continue;
    }
    status = await interruptible(job.done, io.signal);
    job.told = true;
  }
  return status;
};

/** Jobs that the shell no longer minds: those named, all, or the current one. */
const disown: Builtin = async (call) => {
  const { shell } = call;
  const words = call.args.filter((word) => !word.startsWith('-'));
  if (words.length === 0 && call.args.some((word) => /^-[ar]+$/.test(word))) {
    shell.jobs = call.args.some((word) => word.includes('a'))
      ? []
      : shell.jobs.filter((job) => job.status !== undefined);
    return 0;
  }
  // With -h a job stays, but is not hung up on; nobody hangs up here.
  const isKept = call.args.includes('-h');
  for (const word of words.length === 0 ? [undefined] : words) {
    const pid = word !== undefined && /^\d+$/.test(word);
    const found = pid ? shell.jobs.find((job) => String(job.pid) === word) : findJob(call, word);
    if (found === undefined) throw new ShellError(`${word}: no such job`);
    if (!isKept) shell.jobs = shell.jobs.filter((job) => job !== found);
  }
  return 0;
};

const jobs: Builtin = async (call) => {
  const { shell } = call;
  const named = call.args.filter((word) => !word.startsWith('-')).map((word) => findJob(call, word));
  for (const job of named.length > 0 ? named : shell.jobs) {
    if (call.args[0] === '-p') await call.context.out(`${job.pid}\n`);
    else if (call.args[0] !== '-r' || job.status === undefined)
      await call.context.out(jobLine(job, shell.jobs, call.args[0] === '-l'));
    if (job.status !== undefined) job.told = true;
  }
  shell.jobs = shell.jobs.filter((job) => !job.told);
  return 0;
};

const fg: Builtin = async (call) => {
  if (!call.shell.interactive) throw new ShellError('no job control');
  const job = findJob(call, call.args[0]);
  await call.context.out(`${job.command}\n`);
  const stop = call.io.signal.onCancel(() => job.signal.raise(call.io.signal.number));
  const status = await job.done;
  stop();
  job.told = true;
  call.shell.jobs = call.shell.jobs.filter((other) => other !== job);
  return status;
};

const bg: Builtin = async (call) => {
  if (!call.shell.interactive) throw new ShellError('no job control');
  const job = findJob(call, call.args[0]);
  await call.complain(`job ${job.number} already in background`);
  return 0;
};

/** Signals that end nobody who has no trap for them. */
const HARMLESS: ReadonlySet<number> = new Set([0, 17, 18, 28]);

/** `kill $$`: a trap's business, or the end of this shell; one at a prompt does not die of TERM. */
function signalSelf({ shell, io }: BuiltinCall, number: number): void {
  const name = Object.keys(SIGNALS).find((each) => SIGNALS[each] === number) ?? '';
  const action = shell.traps.get(name);
  if (
    action === '' ||
    (action === undefined && (HARMLESS.has(number) || (shell.interactive && number === 15)))
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
    const job = word.startsWith('%') ? findJob(call, word) : known;
    if (job === undefined) {
      const message = /^\d+$/.test(word)
        ? `(${word}) - No such process`
        : `${word}: arguments must be process or job IDs`;
      await call.complain(message);
      status = 1;
    } else if (number !== 0 && number !== 18) job.signal.raise(number);
  }
  return status;
};

const history: Builtin = async (call) => {
  const { shell } = call;
  if (call.args[0] === '-c') {
    shell.history.length = 0;
    return 0;
  }
  const count = /^\d+$/.test(call.args[0] ?? '') ? Number(call.args[0]) : shell.history.length;
  const from = Math.max(0, shell.history.length - count);
  for (const [index, line] of shell.history.entries()) {
    if (index >= from) await call.context.out(`${String(index + 1).padStart(5)}  ${line}\n`);
  }
  return 0;
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

/** Builtins about jobs and history. */
export const jobBuiltins: Readonly<Record<string, Builtin>> = {
  wait,
  jobs,
  fg,
  bg,
  kill,
  history,
  help,
  disown,
};
