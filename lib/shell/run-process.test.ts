import { describe, expect, it } from 'vitest';
import { createCancel, type Input } from '../base';
import { createContainerFiles, ExecutableNotFoundError, runProcess, type WrittenFiles } from './index';
import type { Machine } from './seams';
import { settle, tinyMachine, tinyWorld } from './tiny-world.test-support';

function container(overrides: Partial<Machine> = {}) {
  const world = tinyWorld();
  let written: WrittenFiles = {};
  const machine = tinyMachine(world, {
    kind: 'container',
    hostname: 'web-1',
    user: 'root',
    home: '/root',
    shell: 'ash',
    tools: ['sh', 'cat', 'ls', 'echo', 'sleep', 'env'],
    files: createContainerFiles({
      image: () => ({ '/etc/hostname': 'web-1\n' }),
      mounts: () => [{ path: '/config', readOnly: true, files: { 'a.txt': 'A\n' } }],
      written: () => written,
      keep: (next) => {
        written = next;
      },
      now: () => world.timer.now(),
    }),
    ...overrides,
  });
  return { world, machine, written: () => written };
}

function streams(stdin?: Input, tty = false) {
  const seen = { out: '', err: '' };
  const cancel = createCancel();
  return {
    seen,
    cancel,
    streams: {
      stdin,
      stdout: {
        write: async (text: string) => {
          seen.out += text;
        },
      },
      stderr: {
        write: async (text: string) => {
          seen.err += text;
        },
      },
      tty,
      size: { columns: 80, rows: 24 },
      cancel,
    },
  };
}

/** An input that keys are pushed into. */
function keyboard() {
  const waiting: string[] = [];
  let wake: ((text: string) => void) | undefined;
  const input: Input = {
    read: () => {
      const next = waiting.shift();
      if (next !== undefined) return Promise.resolve(next);
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
  };
  const push = async (text: string) => {
    if (wake === undefined) waiting.push(text);
    else {
      const go = wake;
      wake = undefined;
      go(text);
    }
    await settle();
  };
  return { input, push };
}

describe('runProcess', () => {
  it.each([
    [['cat', '/etc/hostname', '/config/a.txt'], 'web-1\nA\n', '', 0],
    [['sh', '-c', 'echo $0 $1; exit 3', 'x', 'y'], 'x y\n', '', 3],
    [['/bin/sh', '-c', 'curl web'], '', '/bin/sh: line 1: curl: not found\n', 127],
    [['sh', '-c', 'echo x > /config/b'], '', 'sh: line 1: /config/b: Read-only file system\n', 1],
  ])('[S9] %j', async (argv, out, err, status) => {
    const { world, machine } = container();
    const { streams: io, seen } = streams();
    expect(await runProcess(argv, { machine, world, streams: io })).toBe(status);
    expect(seen).toEqual({ out, err });
  });

  it('[S9] tells what is missing in the words of the runtime', async () => {
    const { world, machine } = container();
    const started = runProcess(['curl', 'web'], { machine, world, streams: streams().streams });
    await expect(started).rejects.toThrow(ExecutableNotFoundError);
    await expect(started).rejects.toThrow(
      /^Internal error occurred: .* exec failed: unable to start container process: exec: "curl": executable file not found in \$PATH: unknown$/,
    );
  });

  it('[S4] dies of a signal with 128 + its number', async () => {
    const { world, machine } = container();
    const { streams: io, cancel } = streams();
    const status = runProcess(['sh', '-c', 'sleep 100; echo no'], { machine, world, streams: io });
    await settle();
    cancel.cancel();
    expect(await status).toBe(130);
    expect(world.sleeping).toBe(0);
  });

  it('runs an interactive sh over raw bytes', async () => {
    const { world, machine, written } = container();
    const { input, push } = keyboard();
    const { streams: io, seen } = streams(input, true);
    const status = runProcess(['sh'], { machine, world, streams: io });
    await settle();
    expect(seen.out).toContain('/ # ');
    await push('echo hi > /tmp/x; cat /tmp/x\r');
    expect(seen.out).toContain('hi\r\n\x1b[?2004h');
    expect(written()).toEqual({ '/tmp/x': 'hi\n' });
    await push('exit 4\r');
    expect(await status).toBe(4);
  });

  it('reads a script from standard input', async () => {
    const { world, machine } = container();
    const { input, push } = keyboard();
    const { streams: io, seen } = streams(input);
    void push('read x\nhello\necho "got $x"\nexit 2\n');
    expect(await runProcess(['sh'], { machine, world, streams: io })).toBe(2);
    expect(seen.out).toBe('got hello\n');
  });
});
