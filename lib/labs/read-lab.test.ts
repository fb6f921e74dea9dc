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
    const lab = readLab('services', 'demo', files());
    expect(lab.cluster).toEqual({ nodes: 3, images: 'catalogue', cloud: 'none' });
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

  it('has a version that changes with any of its files', () => {
    const version = (changes = {}) => readLab('services', 'demo', files(changes)).version;
    expect(version()).toBe(version());
    expect(version({ 'steps/one.md': 'Hello!' })).not.toBe(version());
  });

  const broken: readonly [string, Readonly<Record<string, string | undefined>>, string][] = [
    ['no lab.yaml', { 'lab.yaml': undefined }, 'lab.yaml: labs/services/demo has no lab.yaml'],
    [
      'a step file that is not there',
      { 'steps/one.md': undefined },
      'steps/one.md: is missing; a step names it',
    ],
    ['broken YAML', { 'lab.yaml': 'id: [\n' }, 'lab.yaml:2: '],
    ['a wrong type', { 'lab.yaml': LAB.replace('minutes: 5', 'minutes: five') }, 'lab.yaml:5: minutes: '],
    ['an unknown field', { 'lab.yaml': `${LAB}colour: blue\n` }, 'Unrecognized key: "colour"'],
    [
      'an unknown check',
      { 'lab.yaml': LAB.replace('object:', 'objekt:') },
      'check run/there: needs exactly one of object, workload',
    ],
    [
      'a wrong field of a check',
      { 'lab.yaml': LAB.replace('name: web }', 'nam: web }') },
      'check run/there: object',
    ],
    [
      'an object without a kind',
      { 'objects/pod.yaml': 'apiVersion: v1\n' },
      'objects/pod.yaml: every document needs apiVersion, kind and metadata',
    ],
    [
      'a mistake that names no check',
      { 'private/mistakes/m.yaml': 'name: M\ntask: run\ncheck: gone\nsays: x\nscript: "true"\n' },
      'private/mistakes/m.yaml: no check run/gone; there are run/there',
    ],
  ];
  it.each(broken)('[G5] refuses %s, and says where', (_title, changes, message) => {
    const read = () => readLab('services', 'demo', files(changes));
    expect(read).toThrow(LabError);
    expect(read).toThrow(message);
  });
});
