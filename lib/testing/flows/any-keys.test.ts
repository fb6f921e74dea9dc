import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createWorkspace,
  restoreWorkspace,
  type StampedInput,
  type Workspace,
  type WorkspaceOptions,
} from '../../workspace';

const OPTIONS: WorkspaceOptions = { seed: 3, startAt: 1_767_603_600_000, nodes: 3, images: 'catalogue' };
const TERMINAL = 'main';
/** What a hand does when a terminal seems stuck. */
const RESCUE = ['\x03', '\x03', '\x04', '\x03', '\x1c', '\x03'];

let start: Workspace;
beforeAll(async () => {
  start = await createWorkspace(OPTIONS);
  await start.run(
    'kubectl create deployment web --image=nginx; kubectl wait deploy/web --for=condition=Available',
    {
      out: () => {},
      err: () => {},
    },
  );
}, 120_000);

/** One thing that happens at a terminal. */
type Act =
  | { readonly kind: 'keys'; readonly keys: string }
  | { readonly kind: 'size'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'wait'; readonly ms: number };

const LINES = [
  'sleep 5',
  'sleep 9 &',
  'fg',
  'jobs',
  'seq 300 | while read x; do sleep 1; echo $x; done | cat -n',
  'kubectl get pods -A -w',
  'kubectl get pods -w | grep web',
  'kubectl exec -it deploy/web -- bash',
  'kubectl exec -it deploy/web -- cat',
  'kubectl run -it --rm box --image=busybox -- sh',
  'kubectl logs -f deploy/web',
  'ssh worker-1',
  'cat',
  'vi notes.txt',
  'kubectl edit deploy web',
  'yes | head -3',
  'while :; do :; done',
  'while true; do date; sleep 1; done | head -50',
  'less /etc/hosts',
  'watch -n 1 date',
  'top',
  'read -r x; echo "got $x"',
  'read -s -n 3 y',
  'select z in a b; do break; done',
  "trap 'echo no' INT",
  "trap '' TSTP",
  'cat <<EOF',
  'for i in 1 2 3; do',
  'echo "unclosed',
  'if true; then',
  '(sleep 3; echo late) &',
  'f() { f; }; f',
  'set -e; false',
  'exit',
  'bash',
  'exec sleep 2',
  'echo $((1/0))',
  'tail -f /var/log/none /etc/hosts',
  'ping -c 3 worker-1',
  'curl --connect-timeout 2 10.0.0.99',
  'time sleep 1 | cat',
  'wait',
];
const KEYS = [
  '\x03',
  '\x04',
  '\x1a',
  '\x1c',
  '\t',
  '\t\t',
  '\x12ec',
  '\x1b[A',
  '\x1b[B',
  '\x15',
  '\x17',
  '\x0c',
  '\r',
  '\x7f',
  '\x1b',
  '\x1b[200~',
  'a\nb\n\x1b[201~',
  'q',
  ':q!\r',
  '\x07',
  '\0',
  '\ud800',
  '🚀',
  'é',
];

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...LINES).map((line) => ({ kind: 'keys' as const, keys: `${line}\r` })),
  },
  { weight: 4, arbitrary: fc.constantFrom(...KEYS).map((keys) => ({ kind: 'keys' as const, keys })) },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }).map((keys) => ({ kind: 'keys' as const, keys })) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((keys) => ({ kind: 'keys' as const, keys })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ columns: fc.integer({ min: 2, max: 200 }), rows: fc.integer({ min: 1, max: 60 }) })
      .map((size) => ({ kind: 'size' as const, ...size })),
  },
  { weight: 3, arbitrary: fc.constantFrom(0, 40, 700, 2500).map((ms) => ({ kind: 'wait' as const, ms })) },
);

/** A person at a terminal: what is accepted is delivered, as the server does it. */
function seat(workspace: Workspace) {
  const log: StampedInput[] = [];
  let accepted: Parameters<Workspace['stamp']>[0][] = [];
  let screen = '';
  workspace.onOutput((_terminal, text) => {
    screen = (screen + text).slice(-20_000);
  });
  workspace.onAccept((terminal, input) =>
    accepted.push({ kind: 'tty', terminal, input: JSON.parse(JSON.stringify(input)) }),
  );
  const give = async (input: Parameters<Workspace['stamp']>[0]) => {
    const release = await workspace.hold();
    const stamped = workspace.stamp(input);
    log.push(stamped);
    await workspace.deliver(stamped);
    release();
  };
  const handOver = async () => {
    for (let rounds = 0; accepted.length > 0 && rounds < 200; rounds += 1) {
      const [next, ...rest] = accepted;
      accepted = rest;
      if (next !== undefined) await give(next);
      await workspace.settle();
    }
  };
  const perform = async (each: Act) => {
    if (each.kind === 'keys') workspace.press(TERMINAL, each.keys.replaceAll('\0', ''));
    else if (each.kind === 'size')
      await give({ kind: 'resize', terminal: TERMINAL, size: { columns: each.columns, rows: each.rows } });
    else await workspace.advanceTo(workspace.now + each.ms);
    await handOver();
  };
  return {
    log,
    perform,
    /** As a page does when it comes. */
    sitDown: () => give({ kind: 'resize', terminal: TERMINAL, size: { columns: 100, rows: 30 } }),
    get screen() {
      return screen;
    },
    /** Whether the terminal answers, once a hand has tried all that hands try. */
    async answers(): Promise<boolean> {
      for (const keys of ['\x1b[201~', ...RESCUE]) {
        await perform({ kind: 'keys', keys });
        await perform({ kind: 'wait', ms: 2_000 });
        screen = '';
        await perform({ kind: 'keys', keys: '\x15echo "al"ive-$((40+2))\r' });
        await perform({ kind: 'wait', ms: 500 });
        if (screen.includes('alive-42')) return true;
      }
      return false;
    },
  };
}

describe('whatever is typed', () => {
  it('[S12] leaves a prompt that answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 9 }), async (acts) => {
        const workspace = start.fork();
        const person = seat(workspace);
        await person.sitDown();
        for (const each of acts) await person.perform(each);
        const answered = await person.answers();
        workspace.close();
        expect(answered, person.screen).toBe(true);
      }),
      {
        numRuns: Number(process.env.ANY_KEYS_RUNS ?? 25),
        seed: Number(process.env.ANY_KEYS_SEED ?? 20260101),
        endOnFailure: false,
      },
    );
  }, 300_000);

  it('[W6] is the same again after a restart in its middle', async () => {
    const beginning = start.fork();
    const snapshot = JSON.stringify(beginning.snapshot());
    beginning.close();
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 7 }), async (acts) => {
        const workspace = restoreWorkspace(JSON.parse(snapshot), OPTIONS);
        const person = seat(workspace);
        await person.sitDown();
        for (const each of acts) await person.perform(each);
        const again = restoreWorkspace(JSON.parse(snapshot), OPTIONS);
        for (const stamped of JSON.parse(JSON.stringify(person.log))) await again.deliver(stamped);
        await again.advanceTo(workspace.now);
        await again.settle();
        const told = (each: Workspace) => ({
          now: each.now,
          editing: each.editing,
          atRest: each.atRest,
          commands: each.commands,
          files: each.files
            .list('/home/learner')
            .map((name) => [name, each.files.stat(`/home/learner/${name}`)]),
          ...(each.atRest && { snapshot: { ...each.snapshot(), scrollback: {} } }),
        });
        const [first, second] = [told(workspace), told(again)];
        workspace.close();
        const answered = await seat(again).answers();
        again.close();
        expect(second).toEqual(first);
        expect(answered).toBe(true);
      }),
      {
        numRuns: Number(process.env.ANY_KEYS_RUNS ?? 8),
        seed: Number(process.env.ANY_KEYS_SEED ?? 20260101),
      },
    );
  }, 300_000);
});
