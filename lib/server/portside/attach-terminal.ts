import type { Workspace } from '../../workspace';

/** The one terminal of a sandbox. */
const TERMINAL = 'main';
/** How often virtual time catches up with the wall clock, in ms. */
const TICK_MS = 50;

/** Puts the workspace on this process's terminal until its shell ends or standard input does. */
export async function attachTerminal(workspace: Workspace): Promise<number> {
  const { stdin, stdout } = process;
  const size = () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 });
  const began = { wall: Date.now(), virtual: workspace.now };
  // One thing at a time: a tick and a key must not interleave.
  let queue = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    queue = queue.then(work);
    return queue;
  };
  const deliver = (input: Parameters<Workspace['stamp']>[0]) =>
    inTurn(async () => {
      const release = await workspace.hold();
      await workspace.deliver(workspace.stamp(input));
      release();
    });
  workspace.onOutput((_terminal, text) => stdout.write(text));
  // There is no page, and so no editor: the command says so.
  workspace.onEditing((path) => {
    if (path !== undefined) void deliver({ kind: 'edited', path, edited: false });
  });
  workspace.onAccept((terminal, input) => deliver({ kind: 'tty', terminal, input }));
  stdin.setRawMode?.(true);
  stdin.setEncoding('utf8');
  await deliver({ kind: 'resize', terminal: TERMINAL, size: size() });
  stdout.on('resize', () => deliver({ kind: 'resize', terminal: TERMINAL, size: size() }));
  const ticking = setInterval(
    () => inTurn(() => workspace.advanceTo(began.virtual + Date.now() - began.wall)),
    TICK_MS,
  );
  for await (const keys of stdin) {
    // Ctrl-D on an empty line leaves, as in any shell.
    if (keys === '\u0004' && workspace.atRest) break;
    workspace.press(TERMINAL, String(keys));
  }
  clearInterval(ticking);
  stdin.setRawMode?.(false);
  await queue;
  workspace.close();
  stdout.write('\n');
  return 0;
}
