import type {
  Delivery,
  Executable,
  ExecutableInput,
  ExecutableStep,
  ExecutableWorld,
  Json,
} from '../../../api';
import { createRandom } from '../../../base';
import type { ProcessEnv } from '../../seams';
import type { Program } from '../program';

/** One server and its clients. */
export interface Bench {
  /** Types lines into a client; what it shows, prompts included. */
  type(argv: readonly string[], ...lines: readonly string[]): string;
  readonly files: Record<string, string>;
  logs(): readonly string[];
  /** Lets time pass. */
  pass(ms: number): void;
  /** Its stop signal, then a new start over the same files. */
  restart(): void;
  readonly exitCode: number | undefined;
}

/** What a bench is made of. */
export interface BenchOptions<S extends Json> {
  readonly program: Program<S>;
  readonly executable: Executable;
  readonly argv: readonly string[];
  readonly image: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** No terminal: as in a pipe. */
  readonly piped?: boolean;
}

const START = 1_767_603_600_000;

/** A server, and a client beside it at 127.0.0.1; the name "nowhere" does not resolve. */
export function bench<S extends Json>(options: BenchOptions<S>): Bench {
  const { program, executable, argv, image, port } = options;
  const files: Record<string, string> = { ...options.files };
  const logs: string[] = [];
  let now = START;
  let exitCode: number | undefined;
  const env = (): ProcessEnv => ({
    now,
    random: createRandom(7),
    hostname: 'db-0',
    podIP: '10.244.1.2',
    namespace: 'default',
    podName: 'db-0',
    image,
    argv,
    env: options.env ?? {},
    ports: [],
    readFile: (path) => files[path],
    listFiles: (directory) => Object.keys(files).filter((path) => path.startsWith(`${directory}/`)),
    readOnly: () => false,
    lookup: (name) => ({
      outcome:
        name === 'nowhere'
          ? { addresses: [], error: 'not-found' as const, latencyMs: 1 }
          : { addresses: ['127.0.0.1'], latencyMs: 1 },
      trace: [],
    }),
    ping: () => ({ answered: true, latencyMs: 1 }),
    send: () => ({ outcome: { kind: 'refused', latencyMs: 1 }, trace: [] }),
  });
  const keep = (changes: Readonly<Record<string, string | null>> | undefined): void => {
    for (const [path, text] of Object.entries(changes ?? {}))
      if (text === null) delete files[path];
      else files[path] = text;
  };
  const begin = (): S => {
    const turn = program.start(env());
    keep(turn.files);
    logs.push(...(turn.log ?? []));
    exitCode = turn.exitCode;
    return turn.state;
  };
  let state = begin();
  const pass = (ms: number): void => {
    now += ms;
    const turn = program.turn?.(state, env());
    if (turn === undefined) return;
    state = turn.state;
    keep(turn.files);
    logs.push(...(turn.log ?? []));
  };
  const world = (args: readonly string[]): ExecutableWorld => ({
    ...env(),
    argv: args,
    terminal: options.piped !== true,
    send(_, to, request): { outcome: Delivery; trace: [] } {
      if (to !== port || exitCode !== undefined)
        return { outcome: { kind: 'refused', latencyMs: 1 }, trace: [] };
      const served = program.serve(state, { request, port, sourceIP: '127.0.0.1', protocol: 'TCP' }, env());
      // What it holds is data.
      state = JSON.parse(JSON.stringify(served.state)) as S;
      keep(served.files);
      logs.push(...(served.log ?? []));
      exitCode = served.exitCode;
      return {
        outcome: { kind: 'delivered', reply: served.reply, latencyMs: served.latencyMs ?? 1 } as Delivery,
        trace: [],
      };
    },
  });
  return {
    files,
    pass,
    logs: () => logs,
    get exitCode() {
      return exitCode;
    },
    restart() {
      const stop = program.stop?.(state, env());
      keep(stop?.files);
      logs.push(...(stop?.log ?? []));
      now += stop?.takesMs ?? 0;
      state = begin();
    },
    type(args, ...lines) {
      let shown = '';
      let held: Json = null;
      const take = (input: ExecutableInput): ExecutableStep => {
        let step = executable.step(held, input, world(args));
        for (;;) {
          shown += `${step.out ?? ''}${step.err ?? ''}`;
          now += step.afterMs ?? 0;
          held = JSON.parse(JSON.stringify(step.state)) as Json;
          if (step.next.kind !== 'wait') break;
          pass(step.next.ms);
          step = executable.step(held, { kind: 'again' }, world(args));
        }
        if (step.next.kind === 'read') shown += step.next.prompt;
        else if (step.next.kind === 'exit') shown += `[exit ${step.next.code}]`;
        return step;
      };
      let step = take({ kind: 'start' });
      for (const text of lines) {
        if (step.next.kind === 'exit') break;
        if (options.piped !== true) shown += `${text}\n`;
        step = take({ kind: 'line', text });
      }
      if (options.piped === true && step.next.kind !== 'exit') take({ kind: 'end' });
      return shown;
    },
  };
}
