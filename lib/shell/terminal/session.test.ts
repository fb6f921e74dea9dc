import { describe, expect, it } from 'vitest';
import { createSession } from '../index';
import type { SessionState, TtyInput } from '../seams';
import { settle, tinyMachine, tinyWorld } from '../tiny-world.test-support';
import { stripEscapes } from './width';

function open(state?: SessionState, live = true) {
  const world = tinyWorld();
  const machine = tinyMachine(world);
  let screen = '';
  const accepted: TtyInput[] = [];
  const session = createSession({
    machine,
    world,
    size: { columns: 40, rows: 10 },
    state,
    show: (text) => {
      screen += text;
    },
    accept: (input) => {
      accepted.push(input);
      if (live) void Promise.resolve().then(() => session.deliver(input));
    },
  });
  const type = async (...keys: string[]) => {
    for (const key of keys) {
      session.press(key);
      await settle();
    }
  };
  /** What is on the screen since the last look, without escapes. */
  const seen = () => {
    const text = stripEscapes(screen).replaceAll('\r\n', '\n').replaceAll('\r', '');
    screen = '';
    return text;
  };
  return { world, machine, session, accepted, type, seen, raw: () => screen };
}

const PROMPT = 'learner@admin:~$ ';

describe('Session', () => {
  it('[S10] shows a prompt, runs a line and comes back to rest', async () => {
    const { session, type, seen } = open();
    expect(seen()).toBe(PROMPT);
    expect(session.atRest).toBe(true);
    await type(...'echo hi');
    expect(session.typed).toBe('echo hi');
    await type('\r');
    expect(seen()).toBe(`echo hi\nhi\n${PROMPT}`);
    expect(session.atRest).toBe(true);
    expect(session.state.history).toEqual(['echo hi']);
  });

  it('[S10] runs nothing more once it is killed, not even what was typed ahead', async () => {
    const { machine, session, type } = open();
    await type('while true; do sleep 1; done\r', 'echo late > late.txt\r');
    session.kill();
    await settle();
    expect(machine.files.stat(`${machine.home}/late.txt`)).toBeUndefined();
  });

  it('[S10] keeps what is typed before Ctrl-C at a prompt has been stored', async () => {
    const { session, accepted, seen } = open(undefined, false);
    session.press('ab\x03echo hi');
    expect(accepted).toEqual([{ kind: 'signal', signal: 'INT' }]);
    session.deliver({ kind: 'signal', signal: 'INT' });
    await settle();
    expect(session.typed).toBe('echo hi');
    expect(seen()).toBe(`${PROMPT}ab^C\n${PROMPT}echo hi`);
  });

  it('[S10] a paste that ends in a newline leaves the cursor on a line of its own, as readline does', async () => {
    const { session, type, seen } = open();
    await type('\x1b[200~echo one\recho two\r\x1b[201~');
    expect(session.typed).toBe('echo one\necho two\n');
    seen();
    await type('echo three\r');
    expect(seen()).toContain('one\ntwo\nthree\n');
  });

  it('[S11] leaves output without a newline before the prompt, as readline does', async () => {
    const { type, seen } = open();
    seen();
    await type('printf abc\r');
    const shown = seen();
    expect(shown.slice(shown.lastIndexOf('\n') + 1)).toBe(`abcabc${PROMPT}`);
    await type('echo x\r');
    expect(seen()).toMatch(/echo x\nx\nlearner@admin:~\$ $/);
  });

  it.each<readonly [name: string, keys: readonly string[], out: string]>([
    ['backspace', ['echo hx', '\x7f', 'i\r'], 'hi'],
    ['arrows and insertion', ['echo i', '\x1b[D', 'h\r'], 'hi'],
    ['Ctrl-A and Ctrl-E', ['o hi', '\x01', 'ech', '\x05', '!\r'], 'hi!'],
    ['Ctrl-U and Ctrl-Y', ['hi', '\x15', 'echo ', '\x19', '\r'], 'hi'],
    ['Ctrl-W', ['echo hi there', '\x17', '\x7f\r'], 'hi'],
    ['Ctrl-K', ['echo hi; false', '\x01', '\x1bf\x1bf', '\x0b', '\r'], 'hi'],
    ['history', ['echo hi\r', '\x1b[A', '\r'], 'hi'],
    ['search', ['echo hi\r', 'true\r', '\x12', 'ec', '\r'], 'hi'],
    ['paste of lines', ['\x1b[200~for i in a b\ndo echo $i\ndone\x1b[201~', '\r'], 'b'],
    ['wide characters', ['echo 日本', '\x7f', '語\r'], '日語'],
    ['continuation', ["echo 'a\r", "b'\r"], 'b'],
    ['type-ahead in one go', ['echo 1\recho 2\recho hi\r'], 'hi'],
  ])('[S11] edits with %s', async (_name, keys, out) => {
    const { type, seen, session } = open();
    await type(...keys);
    await settle();
    const lines = seen().split('\n');
    expect(lines[lines.length - 1]).toBe(PROMPT);
    expect(lines[lines.length - 2]).toBe(out);
    expect(session.atRest).toBe(true);
  });

  it('[S12] Ctrl-C ends the foreground and gives a prompt', async () => {
    const { type, seen, session, world } = open();
    await type('while true; do sleep 1; done; echo no\r');
    await world.advance(3500);
    expect(session.atRest).toBe(false);
    seen();
    await type('\x03');
    expect(seen()).toBe(`^C\n${PROMPT}`);
    await type('echo $?\r');
    expect(seen()).toBe(`echo $?\n130\n${PROMPT}`);
  });

  it('[S12] Ctrl-C ends a loop that never waits', async () => {
    const { session, type } = open();
    session.press('while :; do :; done\r');
    await settle();
    await settle();
    session.press('\x03');
    for (let i = 0; i < 20; i += 1) await settle();
    expect(session.atRest).toBe(true);
    await type('\r');
  });

  it('[S13] gives typed lines to the program in the foreground', async () => {
    const { type, seen } = open();
    await type('cat | tr a-z A-Z\r');
    seen();
    await type('hello\r');
    expect(seen()).toBe('hello\nHELLO\n');
    await type('\x04');
    expect(seen()).toBe(PROMPT);
  });

  it('[S14] a replayed input leaves the same screen', async () => {
    const live = open();
    await live.type(
      'echo a\r',
      'x=1\r',
      'cat\r',
      'l\r',
      '\x1a',
      'jobs\r',
      'fg\r',
      'm\r',
      '\x04',
      'oops',
      '\x03',
    );
    const replay = open(undefined, false);
    for (const input of live.accepted) {
      replay.session.deliver(input);
      await settle();
    }
    // Letters that were given up with Ctrl-C were never accepted, so a replay does not know them.
    expect(rendered(replay.raw())).toBe(rendered(live.raw()).replace('oops', ''));
  });

  it('[S15] state is plain JSON and a new session goes on from it', async () => {
    const first = open();
    await first.type(
      'f() { echo "f $1"; }\r',
      'arr=(a "b c"); export E=1; alias ll="ls -l"; cd /tmp; set -u; false\r',
    );
    const state = JSON.parse(JSON.stringify(first.session.state)) as SessionState;
    const second = open(state);
    expect(second.seen()).toBe('learner@admin:/tmp$ ');
    await second.type('echo $?; f "${arr[1]}"; echo $E $PWD; type ll\r');
    expect(second.seen()).toContain("1\nf b c\n1 /tmp\nll is aliased to `ls -l'\n");
  });

  it('[S16] completes commands, files and variables', async () => {
    const { type, seen, raw, machine } = open();
    machine.files.write('/home/learner/web-app.yaml', 'x\n');
    seen();
    await type('cat w', '\t', '\r');
    expect(rendered(raw())).toContain('cat web-app.yaml \nx\n');
    await type('gre', '\t', ' x /dev/null; echo $HOM', '\t', '\r');
    expect(rendered(raw())).toContain('grep  x /dev/null; echo $HOME\n/home/learner\n');
  });

  it('[S17] tells of jobs', async () => {
    const { type, seen, world } = open();
    seen();
    await type('sleep 2 &\r');
    expect(seen()).toMatch(/^sleep 2 &\n\[1\] \d+\nlearner/);
    await world.advance(2000);
    await type('\r');
    expect(seen()).toBe(`\n[1]+  Done                    sleep 2\n${PROMPT}`);
  });

  it('[S18] a nested sh has its own prompt on the same terminal', async () => {
    const { type, seen } = open();
    seen();
    await type('sh\r');
    expect(seen()).toBe('sh\n$ ');
    await type('nosuch\r');
    expect(seen()).toBe('nosuch\nsh: 1: nosuch: not found\n$ ');
    await type('exit 3\r', 'echo $?\r');
    expect(seen()).toContain('3\n');
  });
});

/** The screen's lines: a redrawn prompt takes the place of what stood there. */
function rendered(raw: string): string {
  return stripEscapes(raw.replace(/[^\n]*\r\x1b\[J/g, '')).replaceAll('\r', '');
}
