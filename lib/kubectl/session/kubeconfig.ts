import { parse as parseYaml } from 'yaml';
import { deepFreeze, isRecord } from '../../base';
import type { CommandEnv } from '../seams';

/** A named entry of a kubeconfig's lists. */
export interface NamedEntry {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** A kubeconfig file, as far as it is looked at. */
export interface Kubeconfig {
  readonly apiVersion: string;
  readonly kind: string;
  readonly clusters: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly currentContext: string;
  readonly preferences: Readonly<Record<string, unknown>>;
}

/** Where the kubeconfig is, as it was said: `--kubeconfig`, the files of $KUBECONFIG, else ~/.kube/config. */
export function kubeconfigPaths(
  env: Pick<CommandEnv, 'environment'>,
  flag: string,
): readonly [string, ...string[]] {
  if (flag !== '') return [flag];
  const [first, ...more] = (env.environment.KUBECONFIG ?? '')
    .split(':')
    .filter((each, index, all) => each !== '' && all.indexOf(each) === index);
  return first === undefined ? [`${env.environment.HOME ?? '/root'}/.kube/config`] : [first, ...more];
}

/** The file that new entries are written to: the first that exists, else the last of all (GetDefaultFilename). */
export function kubeconfigPath(env: Pick<CommandEnv, 'environment' | 'cwd' | 'files'>, flag: string): string {
  const paths = kubeconfigPaths(env, flag);
  return paths.find((path) => isFile(env, path)) ?? paths.at(-1) ?? paths[0];
}

/** All files together: of entries of one name the first counts, and so does the first context that is current. */
export function loadKubeconfig(
  env: Pick<CommandEnv, 'environment' | 'cwd' | 'files'>,
  flag: string,
): Kubeconfig {
  const configs = kubeconfigPaths(env, flag).map((path) => readKubeconfig(env, path));
  const merged = (key: 'clusters' | 'contexts' | 'users') => {
    const all = configs.flatMap((config) => config[key]);
    return all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index);
  };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: merged('clusters'),
    contexts: merged('contexts'),
    users: merged('users'),
    currentContext: configs.find((config) => config.currentContext !== '')?.currentContext ?? '',
    preferences: Object.assign({}, ...configs.map((config) => config.preferences).toReversed()),
  };
}

/** Whether there is such a file. */
export const isFile = ({ files, cwd }: Pick<CommandEnv, 'files' | 'cwd'>, path: string): boolean =>
  files.stat(absolutePath(path, cwd))?.kind === 'file';

/** A path made absolute and free of `.` and `..`. */
export function absolutePath(path: string, cwd: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Texts that were read before: each command reads the same file, and to read it costs as much as to answer `get`. */
const parsedTexts = new Map<string, unknown>();
const PARSED_LIMIT = 64;

function parse(text: string): unknown {
  if (parsedTexts.has(text)) return parsedTexts.get(text);
  const value: unknown = deepFreeze(parseYaml(text));
  if (parsedTexts.size >= PARSED_LIMIT) parsedTexts.clear();
  parsedTexts.set(text, value);
  return value;
}

/** The kubeconfig at a path; an empty one when there is no such file. */
export function readKubeconfig(env: Pick<CommandEnv, 'files' | 'cwd'>, path: string): Kubeconfig {
  const parsed = isFile(env, path) ? parse(env.files.read(absolutePath(path, env.cwd))) : {};
  const value = isRecord(parsed) ? parsed : {};
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries(value.clusters),
    contexts: entries(value.contexts),
    users: entries(value.users),
    currentContext: typeof value['current-context'] === 'string' ? value['current-context'] : '',
    preferences: isRecord(value.preferences) ? value.preferences : {},
  };
}

function entries(value: unknown): readonly NamedEntry[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is NamedEntry => isRecord(each) && typeof each.name === 'string');
}

/** A field of a named context ("namespace", "cluster", "user"), or ''. */
export function contextField(config: Kubeconfig, context: string, field: string): string {
  const entry = config.contexts.find((each) => each.name === context);
  const inner = entry?.context;
  const value = isRecord(inner) ? inner[field] : undefined;
  return typeof value === 'string' ? value : '';
}
