import type { LiveThread } from './live-thread';
import type { ScriptHost } from './script-host';

const SIGNALS = ['HUP', 'INT', 'QUIT', 'KILL', 'USR1', 'TERM', 'WINCH'] as const;

function signalOf(name: string): (typeof SIGNALS)[number] | undefined {
  const numbers: Readonly<Record<string, string>> = {
    '1': 'HUP',
    '2': 'INT',
    '3': 'QUIT',
    '9': 'KILL',
    '10': 'USR1',
    '15': 'TERM',
    '28': 'WINCH',
  };
  return SIGNALS.find((signal) => signal === (numbers[name] ?? name));
}

/** `trap`: what is done when one of the signals comes; `-` for what is done without. */
export function setTrap({ traps }: ScriptHost, action: string, signals: readonly string[]): void {
  for (const each of signals) {
    const name =
      { '0': 'EXIT', '1': 'HUP', '2': 'INT', '3': 'QUIT', '15': 'TERM' }[each] ?? each.replace(/^SIG/, '');
    if (action === '-') delete traps[name];
    else traps[name] = action;
  }
}

/** `kill`: a background job ends, the main process gets its signal. */
export function sendSignal(machine: ScriptHost, thread: LiveThread, signal: string, target: string): boolean {
  const job = machine.threads.find(
    ({ id, ended }) => id === Number(target.replace('%', '')) && id !== thread.id && !ended && id > 1,
  );
  if (job !== undefined) {
    if (signal !== '0') {
      job.ended = true;
      machine.ended[job.id] = 143;
    }
    return true;
  }
  if (target !== '1' && target !== '$$') return false;
  machine.signal = signal === '0' ? undefined : signalOf(signal);
  return true;
}
