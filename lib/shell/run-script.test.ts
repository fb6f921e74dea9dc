import { describe, expect, it } from 'vitest';
import { createCancel } from '../base';
import { runScript } from './index';
import { tinyMachine, tinyWorld } from './tiny-world.test-support';

async function run(text: string): Promise<{ out: string; err: string; status: number }> {
  const world = tinyWorld();
  world.setAuto(true);
  let out = '';
  let err = '';
  const { status } = await runScript(text, {
    machine: tinyMachine(world),
    world,
    cancel: createCancel(),
    streams: {
      stdin: undefined,
      stdout: {
        write: async (piece) => {
          out += piece;
        },
      },
      stderr: {
        write: async (piece) => {
          err += piece;
        },
      },
      tty: false,
      cancel: createCancel(),
    },
  });
  return { out, err, status };
}

describe('runScript', () => {
  it.each([
    ['echo hi', 'hi\n', '', 0],
    ['x=3; for i in 1 2; do echo $((i*x)); done', '3\n6\n', '', 0],
    ['cat <<EOF | grep b > f; cat f\na\nb\nEOF', 'b\n', '', 0],
    ['yes | head -2', 'y\ny\n', '', 0],
    ['foo', '', 'bash: line 1: foo: command not found\n', 127],
    [
      'echo a\nif then',
      'a\n',
      "bash: line 2: syntax error near unexpected token `then'\nbash: line 2: `if then'\n",
      2,
    ],
    ['sleep 5 & wait; echo $SECONDS', '5\n', '', 0],
    ['f() { echo "$1-$#"; return 3; }; f a b; echo $?', 'a-2\n3\n', '', 0],
    ['trap "echo bye" EXIT; set -e; false; echo no', 'bye\n', '', 1],
  ])('%s', async (text, out, err, status) => {
    expect(await run(text)).toEqual({ out, err, status });
  });
});
