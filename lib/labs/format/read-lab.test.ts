import { describe, expect, it } from 'vitest';
import { LabError } from './lab-error';
import { readLab } from './read-lab';

const LAB = `id: demo
title: Demo
summary: A lab
aims: [Learn]
minutes: 5
steps:
  - { id: one, title: One, file: steps/one.md }
tasks:
  - id: run
    title: Run
    text: Run it.
    checks:
      - name: there
        object: { resource: services, name: web }
`;

const files = (changes: Readonly<Record<string, string | undefined>> = {}): Map<string, string> => {
  const all: Record<string, string | undefined> = {
    'lab.yaml': LAB,
    'steps/one.md': 'Hello.',
    'objects/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: b }\n',
    'files/notes/a.txt': 'note',
    'private/solutions/plain.sh': 'kubectl get pods',
    ...changes,
  };
  return new Map(Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined));
};

describe('a lab folder', () => {
  it('is read whole, with defaults filled in', () => {
    const lab = readLab({ track: 'services', slug: 'demo', files: files() });
    expect(lab.cluster).toEqual({
      nodes: 3,
      images: 'catalogue',
      cloud: 'none',
      proxyMode: 'iptables',
      faults: [],
    });
    expect(lab.objects.map((object) => object.metadata.name)).toEqual(['a', 'b']);
    expect(lab.files).toEqual({ 'notes/a.txt': 'note' });
    expect(lab.solutions).toEqual([{ name: 'plain', script: 'kubectl get pods' }]);
    expect(lab.tasks[0]?.checks).toEqual([
      {
        name: 'there',
        type: 'object',
        fields: { resource: 'services', namespace: 'default', name: 'web', fields: [] },
      },
    ]);
  });

  it('begins with what its base brings, and has the last word', () => {
    const base = new Map([
      ['base.yaml', 'summary: A shop\ncluster: { nodes: 5, cloud: aws }\n'],
      ['objects/shop.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: {{name}} }\n'],
      ['files/notes/a.txt', 'from the base'],
      ['files/notes/b.txt', 'too'],
      ['private/start.sh', 'kubectl get nodes'],
    ]);
    const yaml = `${LAB}extends: shop\ncluster: { nodes: 2 }\nvariables: { name: { oneOf: [shop] } }\n`;
    const source = {
      track: 'services',
      slug: 'demo',
      base: (name: string) => (name === 'shop' ? base : undefined),
    };
    const lab = readLab({ ...source, files: files({ 'lab.yaml': yaml }) });
    expect(lab.cluster).toMatchObject({ nodes: 2, cloud: 'aws' });
    expect(lab.objects.map(({ metadata }) => metadata.name)).toEqual(['shop', 'a', 'b']);
    expect(lab.files).toEqual({ 'notes/a.txt': 'note', 'notes/b.txt': 'too' });
    expect(lab.startScript).toBe('kubectl get nodes');
    const unknown = { ...source, files: files({ 'lab.yaml': `${LAB}extends: shed\n` }) };
    expect(() => readLab(unknown)).toThrow('there is no base "shed" (labs/bases/shed/base.yaml)');
  });

  it('has a version that changes with any of its files', () => {
    const version = (changes = {}) =>
      readLab({ track: 'services', slug: 'demo', files: files(changes) }).version;
    expect(version()).toBe(version());
    expect(version({ 'steps/one.md': 'Hello!' })).not.toBe(version());
  });

  const withEvent = (event: string): string =>
    LAB.replace(
      /object: .*/,
      `scenario: { deployment: web, events: [{ ${event} }], always: [{ reach: { host: web, port: 80 } }] }`,
    );
  const broken: readonly [string, Readonly<Record<string, string | undefined>>, string][] = [
    ['no lab.yaml', { 'lab.yaml': undefined }, 'lab.yaml: labs/services/demo has no lab.yaml'],
    [
      'a step file that is not there',
      { 'steps/one.md': undefined },
      'lab.yaml:7: there is no file steps/one.md; under steps/ there are: none',
    ],
    ['broken YAML', { 'lab.yaml': 'id: [\n' }, 'lab.yaml:2: '],
    [
      'a wrong type',
      { 'lab.yaml': LAB.replace('minutes: 5', 'minutes: five') },
      'lab.yaml:5: minutes: must be a number, is "five"',
    ],
    [
      'an unknown field',
      { 'lab.yaml': `${LAB}colour: blue\n` },
      'lab.yaml:15: colour: unknown field "colour"; known here: id, title, summary',
    ],
    [
      'a field that is nearly right',
      { 'lab.yaml': LAB.replace('aims:', 'aim:') },
      'lab.yaml:4: aim: unknown field "aim"; did you mean "aims"?',
    ],
    [
      'what is missing',
      { 'lab.yaml': LAB.replace('title: Demo\n', '') },
      'lab.yaml:1: title: is missing; must be a string',
    ],
    [
      'an unknown check',
      { 'lab.yaml': LAB.replace('object:', 'objekt:') },
      'lab.yaml:14: tasks.0.checks.0.objekt: unknown field "objekt"; did you mean "object"?',
    ],
    [
      'a wrong field of a check',
      { 'lab.yaml': LAB.replace('name: web }', 'nam: web }') },
      'lab.yaml:14: tasks.0.checks.0.object.nam: unknown field "nam"; did you mean "name"?',
    ],
    [
      'an object without a kind',
      { 'objects/pod.yaml': 'apiVersion: v1\n' },
      'objects/pod.yaml:1: every document needs apiVersion, kind and metadata',
    ],
    [
      'a mistake that names no check',
      { 'private/mistakes/m.yaml': 'name: M\ntask: run\ncheck: gone\nsays: x\nscript: "true"\n' },
      'private/mistakes/m.yaml:3: no check run/gone; there are run/there',
    ],
    [
      'a mistake after no solution',
      {
        'private/mistakes/m.yaml': 'name: M\ntask: run\ncheck: there\nafter: gone\nsays: x\nscript: "true"\n',
      },
      'private/mistakes/m.yaml:4: there is no solution "gone" to come after; there are: plain',
    ],
    [
      'an object of no kind that is served',
      { 'objects/pod.yaml': 'apiVersion: v1\nkind: Pods\nmetadata: { name: x }\n' },
      'objects/pod.yaml:1: the API does not serve Pods (v1)',
    ],
    [
      'a resource by its kind',
      { 'lab.yaml': LAB.replace('resource: services', 'resource: Service') },
      'resource: "Service" is no resource that the API serves; write "services"',
    ],
    [
      'a file at the wrong place',
      { 'private/solution/a.sh': 'true' },
      'private/solution/a.sh: is no file that a lab has',
    ],
    ['a step that nobody names', { 'steps/two.md': 'Hi' }, 'steps/two.md: no step of lab.yaml names it'],
    [
      'a number that is none',
      { 'lab.yaml': LAB.replace('minutes: 5', 'minutes: 0') },
      'lab.yaml:5: minutes: must be more than 0, is 0',
    ],
    [
      'a range that counts downwards',
      { 'lab.yaml': `${LAB}variables: { n: { from: 9, to: 3 } }\n` },
      'variables.n.from: counts downwards',
    ],
    [
      'an event that there is not',
      { 'lab.yaml': withEvent('deleted: every-pod') },
      'scenario.events.0: must be one of delete: one-pod | every-pod;',
    ],
    [
      'an event with the wrong value',
      { 'lab.yaml': withEvent('scale: three') },
      'scenario.events.0.scale: must be a number, is "three"',
    ],
  ];
  it.each(broken)('[G5] refuses %s, and says where', (_title, changes, message) => {
    const read = () => readLab({ track: 'services', slug: 'demo', files: files(changes) });
    expect(read).toThrow(LabError);
    expect(read).toThrow(message);
  });
});
