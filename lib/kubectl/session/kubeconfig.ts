import { parse as parseYaml } from 'yaml';
import { isRecord } from '../../base';
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

/** Where the kubeconfig is: `--kubeconfig`, $KUBECONFIG, else ~/.kube/config. */
export function kubeconfigPath(env: Pick<CommandEnv, 'environment' | 'cwd'>, flag: string): string {
  const named = flag || (env.environment.KUBECONFIG ?? '').split(':')[0] || '';
  if (named !== '') return absolutePath(named, env.cwd);
  return `${env.environment.HOME ?? '/root'}/.kube/config`;
}

/** A path made absolute and free of `.` and `..`. */
export function absolutePath(path: string, cwd: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The kubeconfig at a path; an empty one when there is no such file. */
export function readKubeconfig(env: Pick<CommandEnv, 'files'>, path: string): Kubeconfig {
  const found = env.files.stat(path)?.kind === 'file';
  const parsed: unknown = found ? parseYaml(env.files.read(path)) : {};
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
