import { parseAllDocuments } from 'yaml';
import { ZodError, type z } from 'zod';
import type { KubeObject } from '../api';
import { sha256Hex } from '../base';
import { checkKinds } from './checks';
import { readImage } from './image-schema';
import { LabError } from './lab-error';
import { labSchema, mistakeSchema } from './lab-schema';
import { readYaml } from './read-yaml';
import type { Check, Lab, Mistake, Solution, Task } from './seams';

/** A lab folder's files, by path relative to the folder ("lab.yaml", "steps/1.md", "private/solutions/a.sh"). */
export type LabFiles = ReadonlyMap<string, string>;

/** Reads and checks a whole lab; throws `LabError` at the first thing wrong. */
export function readLab(track: string, slug: string, files: LabFiles): Lab {
  const source = files.get('lab.yaml');
  if (source === undefined)
    throw new LabError('lab.yaml', undefined, `labs/${track}/${slug} has no lab.yaml`);
  const lab = readYaml('lab.yaml', source, labSchema);
  const tasks = lab.tasks.map((task) => readTask(task));
  return {
    id: lab.id,
    track,
    slug,
    title: lab.title,
    summary: lab.summary,
    aims: lab.aims,
    minutes: lab.minutes,
    cluster: lab.cluster,
    steps: lab.steps.map(({ id, title, file }) => ({
      id,
      title,
      markdown: need(files, file, 'a step names it'),
    })),
    tasks,
    hints: lab.hints,
    objects: within(files, 'objects/').flatMap(([path, text]) => readObjects(path, text)),
    images: within(files, 'images/').map(([path, text]) => readImage(path, text)),
    files: Object.fromEntries(
      within(files, 'files/').map(([path, text]) => [path.slice('files/'.length), text]),
    ),
    solutions: within(files, 'private/solutions/').map(readSolution),
    mistakes: within(files, 'private/mistakes/').map(([path, text]) => readMistake(path, text, tasks)),
    version: sha256Hex(
      [...files]
        .sort()
        .map(([path, text]) => `${path}\0${text}\0`)
        .join(''),
    ),
  };
}

function need(files: LabFiles, path: string, why: string): string {
  const text = files.get(path);
  if (text === undefined) throw new LabError(path, undefined, `is missing; ${why}`);
  return text;
}

const within = (files: LabFiles, folder: string): [string, string][] =>
  [...files].filter(([path]) => path.startsWith(folder)).sort(([a], [b]) => (a < b ? -1 : 1));

function readTask(task: z.infer<typeof labSchema>['tasks'][number]): Task {
  return {
    id: task.id,
    title: task.title,
    text: task.text,
    checks: task.checks.map((check) => readCheck(task.id, check)),
  };
}

function readCheck(task: string, check: { readonly name: string; readonly [field: string]: unknown }): Check {
  const types = Object.keys(check).filter((key) => key !== 'name');
  const [type = ''] = types;
  const kind = checkKinds.find((each) => each.type === type);
  const known = checkKinds.map((each) => each.type).join(', ');
  if (!kind || types.length !== 1) {
    throw new LabError(
      'lab.yaml',
      undefined,
      `check ${task}/${check.name}: needs exactly one of ${known}; found ${types.join(', ') || 'none'}`,
    );
  }
  try {
    return { name: check.name, type, fields: kind.read(check[type]) };
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const issue = error.issues[0];
    throw new LabError(
      'lab.yaml',
      undefined,
      `check ${task}/${check.name}: ${[type, ...(issue?.path ?? [])].join('.')}: ${issue?.message}`,
    );
  }
}

function readObjects(path: string, text: string): KubeObject[] {
  return parseAllDocuments(text).map((document) => {
    const broken = document.errors[0];
    if (broken)
      throw new LabError(path, broken.linePos?.[0].line, broken.message.split('\n')[0] ?? 'not YAML');
    const object: unknown = document.toJS();
    if (isObject(object)) return object;
    throw new LabError(path, undefined, 'every document needs apiVersion, kind and metadata');
  });
}

const isObject = (value: unknown): value is KubeObject =>
  typeof value === 'object' &&
  value !== null &&
  'apiVersion' in value &&
  'kind' in value &&
  'metadata' in value;

const readSolution = ([path, script]: [string, string]): Solution => ({
  name: path.replace(/^.*\/|\.sh$/g, ''),
  script,
});

function readMistake(path: string, text: string, tasks: readonly Task[]): Mistake {
  const mistake = readYaml(path, text, mistakeSchema);
  const task = tasks.find((each) => each.id === mistake.task);
  if (!task?.checks.some((each) => each.name === mistake.check)) {
    const known = tasks.flatMap((each) => each.checks.map((check) => `${each.id}/${check.name}`)).join(', ');
    throw new LabError(path, undefined, `no check ${mistake.task}/${mistake.check}; there are ${known}`);
  }
  return mistake;
}
