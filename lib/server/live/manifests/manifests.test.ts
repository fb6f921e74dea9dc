import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, HOME, type Workspace } from '../../../workspace';
import { createWallHost } from '../../kube-api';
import { applyManifest, asItIs } from './apply-manifest';
import { diffManifest } from './diff-manifest';

let workspace: Workspace;
let host: ReturnType<typeof createWallHost>;

beforeAll(async () => {
  workspace = await createWorkspace({ seed: 1, startAt: 1_767_603_600_000, nodes: 2, images: 'catalogue' });
  host = createWallHost(workspace, (error) => {
    throw error;
  });
}, 60_000);
afterAll(() => host.close());

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
const put = (text: string) => workspace.files.write(`${HOME}/web.yaml`, text);
const applied = async (text: string) => {
  put(text);
  return applyManifest(host, 'test', 'web.yaml');
};
const places = async (text: string) =>
  (await applied(text)).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

const service = (...spec: readonly string[]) =>
  lines('apiVersion: v1', 'kind: Service', 'metadata:', '  name: web', 'spec:', ...spec);
const PORT = ['  ports:', '    - name: http', '      port: 80'];

describe('applying a file', () => {
  it.each([
    [
      'a value that is not valid, at the value',
      service('  ports:', '    - port: 80', '    - name: more', '      port: 99999'),
      [
        '7:7 spec.ports[0].name: Required value',
        '9:13 spec.ports[1].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
        '8:7 spec.ports[1].targetPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a field that there is not, at its name',
      service('  selektor:', '    app: web', ...PORT),
      ['6:3 unknown field "spec.selektor"'],
    ],
    [
      'a value of the wrong type',
      service('  ports:', '    - port: eighty'),
      [
        '7:13 Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
      ],
    ],
    [
      'text that is no YAML',
      service('  ports: [80'),
      [expect.stringMatching(/^7:1 yaml: line \d+: did not find expected/)],
    ],
    [
      'a kind that there is not',
      lines('apiVersion: v1', 'kind: Servce', 'metadata:', '  name: web'),
      [
        expect.stringMatching(
          /^2:7 resource mapping not found .* no matches for kind "Servce" in version "v1"/,
        ),
      ],
    ],
    [
      'no kind at all',
      lines('apiVersion: v1', 'metadata:', '  name: web'),
      [expect.stringMatching(/^1:13 error validating "web.yaml": .*kind not set/)],
    ],
    [
      'the second of two objects',
      `${service(...PORT)}---\n${service('  ports:', '    - port: 0').replace('name: web', 'name: other')}`,
      [
        '16:13 spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
        '16:7 spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a label with dots in its name',
      lines(
        'apiVersion: v1',
        'kind: ConfigMap',
        'metadata:',
        '  name: web',
        '  labels:',
        '    app: web',
        '    app.kubernetes.io/name: "no good"',
      ),
      [expect.stringMatching(/^(?:7:29|5:3) metadata\.labels: Invalid value: "no good"/)],
    ],
  ])('[V26] %s', async (_what, text, expected) => {
    expect(await places(text)).toEqual(expected);
  });

  it('[V26] a patch with a field that there is not is told like a new object with it', async () => {
    await applied(service(...PORT).replace('name: web', 'name: patched'));
    expect(await places(service('  foo: bar', ...PORT).replace('name: web', 'name: patched'))).toEqual([
      '6:3 unknown field "spec.foo"',
    ]);
  });

  it('[V26] says what kubectl says, and the writes of one run are undone together', async () => {
    const two = `${service(...PORT)}---\n${service(...PORT).replace('name: web', 'name: other')}`;
    const first = await applied(two);
    expect(first).toMatchObject({ verb: 'apply', status: 0, problems: [], conflict: false });
    expect(first.said).toMatch(/service\/other created\n$/);
    expect((await applied(two)).said).toBe('service/web unchanged\nservice/other unchanged\n');
    expect(workspace.undoable.at(-1)?.command).toMatch(/^kubectl apply /);
  });

  it('[V26] counts for checks of what was run like the same command typed, until it is undone', async () => {
    const checked = () => workspace.commands.map(({ argv, status }) => `${argv.join(' ')}: ${status}`);
    const before = checked();
    put(service(...PORT).replace('name: web', 'name: seen'));
    await applyManifest(host, 'a run of its own', 'web.yaml');
    expect(checked()).toEqual([...before, 'kubectl apply -f web.yaml: 0']);
    await host.deliver({ kind: 'undo' });
    expect(checked()).toEqual(before);
    await applied(service('  ports:', '    - port: 0').replace('name: web', 'name: seen'));
    expect(checked()).toEqual([...before, 'kubectl apply -f web.yaml: 1']);
  });

  it('[V27] an object that was read is replaced, unless somebody was faster', async () => {
    put(service(...PORT));
    await applyManifest(host, 'test', 'web.yaml');
    const read = (await asItIs(host, 'test', 'web.yaml')) ?? '';
    const mine = await applied(read.replace('port: 80', 'port: 81'));
    expect(mine).toMatchObject({ verb: 'replace', status: 0, said: 'service/web replaced\n' });
    expect(mine.fresh).toContain('port: 81');
    const late = await applied(read.replace('port: 80', 'port: 82'));
    expect(late).toMatchObject({ status: 1, conflict: true });
    expect(late.said).toContain(
      'the object has been modified; please apply your changes to the latest version',
    );
    const at = read.split('\n').findIndex((line) => line.includes('resourceVersion')) + 1;
    expect(late.problems).toMatchObject([{ line: at }]);
  });
});

describe('comparing a file with what is live', () => {
  it('[V28] nothing is changed, and defaults are on both sides', async () => {
    const colored = (color: string) =>
      service('  selector:', `    app: ${color}`, ...PORT).replace('name: web', 'name: colored');
    await applied(colored('blue'));
    put(colored('green'));
    const before = workspace.inputs;
    const { objects, said } = await diffManifest(host, 'test', 'web.yaml');
    expect(said).toBe('');
    expect(workspace.inputs).toBe(before);
    const [web] = objects;
    expect(web?.title).toBe('Service colored');
    expect(web?.before).toContain('app: blue');
    expect(web?.after).toContain('app: green');
    expect(web?.after).toContain('protocol: TCP');
    expect(web?.before.split('\n').length).toBe(web?.after.split('\n').length);
  });

  it('[V28] what is not there yet has nothing on its side; what would be refused says why', async () => {
    put(service(...PORT).replace('name: web', 'name: fresh'));
    expect((await diffManifest(host, 'test', 'web.yaml')).objects).toMatchObject([
      { title: 'Service fresh', before: '' },
    ]);
    put(service('  ports:', '    - port: 0').replace('name: web', 'name: fresh'));
    const { objects, said, problems } = await diffManifest(host, 'test', 'web.yaml');
    expect(objects).toEqual([]);
    expect(said).toContain('spec.ports[0].port');
    expect(problems).toMatchObject([{ line: 7 }, { line: 7 }]);
  });

  it('[V28] an object that was read is compared whatever happened meanwhile', async () => {
    put(service(...PORT).replace('name: web', 'name: late'));
    await applyManifest(host, 'test', 'web.yaml');
    const read = (await asItIs(host, 'test', 'web.yaml')) ?? '';
    await applied(read.replace('port: 80', 'port: 81'));
    put(read.replace('port: 80', 'port: 82'));
    const [late] = (await diffManifest(host, 'test', 'web.yaml')).objects;
    expect(late?.before).toContain('port: 81');
    expect(late?.after).toContain('port: 82');
  });
});
