import { describe, expect, it } from 'vitest';
import { createCancel } from '../../base';
import { runScript } from '..';
import { tinyMachine, tinyWorld } from '../tiny-world.test-support';

const FILE = `# head
metadata:
  name: web # the name
  labels: {app: web}
spec:
  ports:
  # first
  - name: http
    port: 80
---
kind: Service
`;

/** What a script prints on both its outputs. */
async function run(text: string): Promise<string> {
  const world = tinyWorld();
  world.setAuto(true);
  const machine = tinyMachine(world);
  machine.files.write('/home/learner/d.yaml', FILE);
  let out = '';
  const stream = {
    write: async (piece: string) => {
      out += piece;
    },
  };
  await runScript(text, {
    machine,
    world,
    cancel: createCancel(),
    streams: { stdin: undefined, stdout: stream, stderr: stream, tty: false, cancel: createCancel() },
  });
  return out;
}

describe('yq', () => {
  it.each([
    ['yq \'.metadata.name // "none"\' d.yaml', 'web\n---\nnone\n'],
    ["yq -N '.kind' d.yaml", 'null\nService\n'],
    ["yq -o json -I 0 '.metadata' d.yaml | head -1", '{"name":"web","labels":{"app":"web"}}\n'],
    ["yq 'select(.kind) | .kind' d.yaml", 'Service\n'],
    ['yq -i \'.metadata.name = "db"\' d.yaml; head -3 d.yaml', '# head\nmetadata:\n  name: db # the name\n'],
    ["yq 'select(.spec) | .spec.ports' d.yaml", '# first\n- name: http\n  port: 80\n'],
    ["X=5 yq -n '.a = env(X) | .b = strenv(X)'", 'a: 5\nb: "5"\n'],
    ["echo '{\"a\":[1]}' | yq -P '.'", 'a:\n  - 1\n'],
    ["yq -e '.nope' d.yaml >/dev/null; echo $?", 'Error: no matches found\n1\n'],
    ['yq . nofile; echo $?', 'Error: open nofile: no such file or directory\n1\n'],
    ["yq -n 'env(NOPE)'", "Error: Value for env variable 'NOPE' not provided in env()\n"],
  ])('[S22] %s', async (text, wanted) => {
    expect(await run(text)).toBe(wanted);
  });
});
