import type { ZodType } from 'zod';
import type { Json } from '../../api';
import { sha256Hex } from '../../base';
import { checkKinds, readCheck } from '../checks';
import { liveChecks, lookingTypes } from '../live-tasks';
import type { Check, Hint, Lab, LabCluster, Mistake, Solution, Step, Task } from '../seams';
import type { ClusterField } from './cluster-schema';
import { readImage } from './image-schema';
import { includeScripts } from './include-scripts';
import { refuseStrangers } from './known-files';
import { LabError } from './lab-error';
import { baseSchema, labSchema, variablesOnlySchema } from './lab-schema';
import { mistakeSchema, survivorsSchema, unequalSchema } from './private-schema';
import { lineAt, readObjects, readYaml } from './read-yaml';
import { drawValues, fillIn, type Values, withNames } from './variables';

/** A lab folder's files, by path relative to the folder ("lab.yaml", "steps/1.md", "private/solutions/a.sh"). */
export type LabFiles = ReadonlyMap<string, string>;

/** All that a lab is read from. */
export interface LabSource {
  readonly track: string;
  readonly slug: string;
  readonly files: LabFiles;
  /** The files of a base by its name; undefined when there is none of that name. */
  readonly base?: ((name: string) => LabFiles | undefined) | undefined;
}

/** The seed whose values stand in what belongs to nobody: lists, and labs without variables. */
const FIRST_SEED = 1;

/** Reads and checks a whole lab, with the values of one seed; throws `LabError` at the first thing wrong. */
export function readLab(from: LabSource, seed = FIRST_SEED): Lab {
  const { track, slug } = from;
  const raw = from.files.get('lab.yaml');
  if (raw === undefined) throw new LabError('lab.yaml', undefined, `labs/${track}/${slug} has no lab.yaml`);
  const declared = readYaml('lab.yaml', withNames(raw), variablesOnlySchema);
  const values = drawValues(declared.id, declared.variables, seed);
  const files = includeScripts(filled(from.files, values));
  const text = need(files, 'lab.yaml', '');
  const lab = readYaml('lab.yaml', text, labSchema);
  const wrong: Wrong = (path, message) => new LabError('lab.yaml', lineAt(text, path), message);
  const base = baseOf(from, lab.extends, values, wrong);
  const tasks = readTasks(lab.tasks, files, wrong);
  refuseStrangers(from.files, lab);
  return {
    id: lab.id,
    track,
    slug,
    seed,
    varies: Object.keys(declared.variables).length > 0,
    values,
    title: lab.title,
    summary: lab.summary,
    aims: lab.aims,
    skills: lab.skills,
    prerequisites: lab.prerequisites,
    minutes: lab.minutes,
    cluster: joinClusters(base.cluster, lab.cluster),
    steps: readSteps(lab.steps, files, wrong),
    tasks,
    hints: lab.hints.map((hint, index) => readHint(hint, index, tasks, wrong)),
    images: within(files, 'images/').map(([path, text]) => readImage(path, text)),
    objects: [...within(base.files, 'objects/'), ...within(files, 'objects/')].flatMap(([path, text]) =>
      readObjects(path, text),
    ),
    files: { ...homeFiles(base.files), ...homeFiles(files) },
    startScript: files.get('private/start.sh') ?? base.files.get('private/start.sh'),
    solutionsAfterAttempts: lab.solutions.afterAttempts,
    solutions: within(files, 'private/solutions/').map(readSolution),
    mistakes: within(files, 'private/mistakes/').map(([path, text]) => readMistake(path, text, tasks, files)),
    survivors: readListed(files, 'private/survivors.yaml', survivorsSchema),
    unequal: readListed(files, 'private/unequal.yaml', unequalSchema),
    debrief: files.get('private/debrief.md'),
    version: versionOf([...from.files, ...base.raw]),
  };
}

/** A complaint about a part of `lab.yaml`, by its path. */
type Wrong = (path: readonly (string | number)[], message: string) => LabError;

const versionOf = (files: readonly (readonly [string, string])[]): string =>
  sha256Hex(
    [...files]
      .sort()
      .map(([path, text]) => `${path}\0${text}\0`)
      .join(''),
  );

/** `private/survivors.yaml` names mutants and not values, and Markdown's braces must be ours too: all texts are filled. */
const filled = (files: LabFiles, values: Values): LabFiles =>
  new Map([...files].map(([path, text]) => [path, fillIn(path, text, values)]));

interface Base {
  readonly files: LabFiles;
  readonly raw: readonly (readonly [string, string])[];
  readonly cluster: ClusterField;
}

function baseOf({ base }: LabSource, name: string | undefined, values: Values, wrong: Wrong): Base {
  if (name === undefined) return { files: new Map(), raw: [], cluster: {} };
  const raw = base?.(name);
  const yaml = raw?.get('base.yaml');
  if (raw === undefined || yaml === undefined)
    throw wrong(['extends'], `extends: there is no base "${name}" (labs/bases/${name}/base.yaml)`);
  const files = filled(raw, values);
  const { cluster } = readYaml(`bases/${name}/base.yaml`, need(files, 'base.yaml', ''), baseSchema);
  return { files, raw: [...raw].map(([path, text]) => [`base/${path}`, text] as const), cluster };
}

function joinClusters(base: ClusterField, own: ClusterField): LabCluster {
  return {
    nodes: own.nodes ?? base.nodes ?? 3,
    images: own.images ?? base.images ?? 'catalogue',
    cloud: own.cloud ?? base.cloud ?? 'none',
    proxyMode: own.proxyMode ?? base.proxyMode ?? 'iptables',
    faults: [...(base.faults ?? []), ...(own.faults ?? [])],
  };
}

function need(files: LabFiles, path: string, why: string): string {
  const text = files.get(path);
  if (text === undefined) throw new LabError(path, undefined, `is missing; ${why}`);
  return text;
}

const within = (files: LabFiles, folder: string): [string, string][] =>
  [...files].filter(([path]) => path.startsWith(folder)).sort(([a], [b]) => (a < b ? -1 : 1));

const homeFiles = (files: LabFiles): Record<string, string> =>
  Object.fromEntries(within(files, 'files/').map(([path, text]) => [path.slice('files/'.length), text]));

type RawTask = ReturnType<typeof labSchema.parse>['tasks'][number];

type RawLab = ReturnType<typeof labSchema.parse>;

function readSteps(raw: RawLab['steps'], files: LabFiles, wrong: Wrong): Step[] {
  return raw.map(({ id, title, file }, index) => {
    if (raw.findIndex((each) => each.id === id) !== index)
      throw wrong(['steps', index, 'id'], `there are two steps "${id}"`);
    const markdown = files.get(file);
    if (markdown === undefined) {
      const there = [...files.keys()].filter((path) => path.startsWith('steps/'));
      throw wrong(
        ['steps', index, 'file'],
        `there is no file ${file}; under steps/ there are: ${there.join(', ') || 'none'}`,
      );
    }
    return { id, title, file, markdown, byLearner: files.get(`private/steps/${id}.sh`) };
  });
}

function readTasks(raw: readonly RawTask[], files: LabFiles, wrong: Wrong): Task[] {
  const tasks = raw.map((task, index) => ({
    ...task,
    checks: task.checks.map((check, place) =>
      resolve(readCheck(check), files, (message) => wrong(['tasks', index, 'checks', place], message)),
    ),
  }));
  for (const [index, task] of tasks.entries()) {
    const before = tasks.slice(0, index).map(({ id }) => id);
    const unknown = task.needs.find((id) => !before.includes(id));
    if (unknown !== undefined)
      throw wrong(
        ['tasks', index, 'needs'],
        `task ${task.id} needs "${unknown}", which is no task before it; those are: ${before.join(', ') || 'none'}`,
      );
    if (before.includes(task.id)) throw wrong(['tasks', index, 'id'], `there are two tasks "${task.id}"`);
    if (task.live && liveChecks(task).length === 0)
      throw wrong(
        ['tasks', index, 'live'],
        `task ${task.id} is live, and its first check does not only look (${lookingTypes.join(', ')})`,
      );
    const names = task.checks.map(({ name }) => name);
    const twice = names.findIndex((name, place) => names.indexOf(name) !== place);
    if (twice !== -1)
      throw wrong(
        ['tasks', index, 'checks', twice, 'name'],
        `task ${task.id} has two checks "${names[twice]}"`,
      );
  }
  return tasks;
}

function resolve(
  { name = '', type, fields }: ReturnType<typeof readCheck>,
  files: LabFiles,
  wrong: (message: string) => LabError,
): Check {
  if (type !== 'play') return { name, type, fields };
  const path = `private/scenarios/${String(fields)}.yaml`;
  const scenario = checkKinds.find((kind) => kind.type === 'scenario');
  const text = files.get(path);
  if (text === undefined) throw wrong(`check ${name} plays ${path}, and there is no such file`);
  const read: Json = scenario ? readYaml(path, text, scenario.schema) : null;
  return { name, type: 'scenario', fields: read };
}

function readHint(hint: RawLab['hints'][number], index: number, tasks: readonly Task[], wrong: Wrong): Hint {
  const task = tasks.find(({ id }) => id === hint.task);
  if (!task)
    throw wrong(
      ['hints', index, 'task'],
      `a hint is for task "${hint.task}"; there are: ${tasks.map(({ id }) => id).join(', ')}`,
    );
  const { when } = hint;
  if (when && !task.checks.some(({ name }) => name === when.check))
    throw wrong(
      ['hints', index, 'when', 'check'],
      `a hint of task ${task.id} waits for check "${when.check}"; there are: ${task.checks.map(({ name }) => name).join(', ')}`,
    );
  return hint;
}

const readSolution = ([path, script]: [string, string]): Solution => ({
  name: path.replace(/^.*\/|\.sh$/g, ''),
  script,
});

function readMistake(path: string, text: string, tasks: readonly Task[], files: LabFiles): Mistake {
  const mistake = readYaml(path, text, mistakeSchema);
  const task = tasks.find((each) => each.id === mistake.task);
  if (!task?.checks.some((each) => each.name === mistake.check)) {
    const known = tasks.flatMap((each) => each.checks.map((check) => `${each.id}/${check.name}`)).join(', ');
    const line = lineAt(text, [task === undefined ? 'task' : 'check']);
    throw new LabError(path, line, `no check ${mistake.task}/${mistake.check}; there are ${known}`);
  }
  const { after, ...rest } = mistake;
  const first = after === undefined ? undefined : files.get(`private/solutions/${after}.sh`);
  if (after !== undefined && first === undefined) {
    const names = within(files, 'private/solutions/').map((each) => readSolution(each).name);
    throw new LabError(
      path,
      lineAt(text, ['after']),
      `there is no solution "${after}" to come after; there are: ${names.join(', ') || 'none'}`,
    );
  }
  return { ...rest, first };
}

/** A file that may be left out when there is nothing to say. */
function readListed<T>(files: LabFiles, path: string, schema: ZodType<T[]>): readonly T[] {
  const text = files.get(path);
  return text === undefined ? [] : readYaml(path, text, schema);
}
