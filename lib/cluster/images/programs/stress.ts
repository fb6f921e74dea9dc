import { parseQuantity, quantityValue } from '../../../base';
import type { ProcessEnv, Turn } from '../../seams';
import { exits, type Program } from '../program';

interface StressState {
  readonly [field: string]: number;
  readonly startedAt: number;
}

const USAGE = 'Usage: stress [OPTION [ARG]] ...';
const DEFAULT_VM_BYTES = 256 * 1024 * 1024;
/** What the program itself takes. */
const RESIDENT_BYTES = 1_000_000;
const SHORT: Readonly<Record<string, string>> = { c: 'cpu', i: 'io', m: 'vm', d: 'hdd', t: 'timeout' };

/** `--vm 1 --vm-bytes 150M`, `-m 1`, `--vm=1`. */
function optionsOf(argv: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 1) {
    const [, dashes = '', name = '', , value] = /^(--?)([a-z-]+)(=(.*))?$/.exec(argv[index] ?? '') ?? [];
    if (name === '') continue;
    const key = dashes === '-' ? (SHORT[name] ?? name) : name;
    options.set(key, value ?? argv[index + 1] ?? '');
    if (value === undefined) index += 1;
  }
  return options;
}

/** "150M" as stress reads it: powers of 1024. */
const bytesOf = (text: string): number => {
  const quantity = parseQuantity(
    /^\d+$/.test(text) ? text : text.replace(/^(\d+)([kKmMgGbB])$/, scaledSuffix),
  );
  return quantity === undefined ? 0 : quantityValue(quantity);
};

const scaledSuffix = (_: string, digits: string, suffix: string): string =>
  `${digits}${{ b: '', k: 'Ki', m: 'Mi', g: 'Gi' }[suffix.toLowerCase()] ?? ''}`;

/** `stress` 1.0.4: hogs that hold as much memory as they are told, for as long as they are told. */
export const stress: Program<StressState> = {
  start(env: ProcessEnv) {
    const options = optionsOf(env.argv.slice(1));
    const count = (name: string): number => Number(options.get(name) ?? 0);
    const vm = count('vm');
    if (vm + count('cpu') + count('io') + count('hdd') === 0)
      return { ...exits(0, USAGE), state: { startedAt: env.now } };
    const vmBytes = options.has('vm-bytes') ? bytesOf(options.get('vm-bytes') ?? '') : DEFAULT_VM_BYTES;
    const seconds = Number((options.get('timeout') ?? '').replace(/s$/, ''));
    const turn: Turn = {
      state: null,
      log: [
        `stress: info: [1] dispatching hogs: ${count('cpu')} cpu, ${count('io')} io, ${vm} vm, ${count('hdd')} hdd`,
      ],
      memoryBytes: RESIDENT_BYTES + vm * vmBytes,
      ...(seconds > 0 ? { wakeAt: env.now + seconds * 1000 } : {}),
    };
    return { ...turn, state: { startedAt: env.now } };
  },
  turn(state, env) {
    const seconds = Math.round((env.now - state.startedAt) / 1000);
    return { state, log: [`stress: info: [1] successful run completed in ${seconds}s`], exitCode: 0 };
  },
  listens: () => [],
  serve: (state) => ({ state, reply: { kind: 'closed', why: 'reset' } }),
};
