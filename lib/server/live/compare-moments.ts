import { structuredPatch } from 'diff';
import type { KubeObject } from '../../api';
import { isRecord, printYaml } from '../../base';
import { HOME, type Workspace } from '../../workspace';
import type { DiffLine, MomentDiff, ObjectDiff } from '../protocol';
import { toPagePath } from './home-paths';

/** Beyond this a list is no longer read. */
const SHOWN_OBJECTS = 120;
/** Lines around a change, as `diff -u` has them. */
const CONTEXT = 3;
/** Kinds that only tell what happened, or that beat like a heart. */
const NOISE_RESOURCES: ReadonlySet<string> = new Set([
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'componentstatuses',
]);
const NOISE_FIELDS: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'observedGeneration',
  'lastHeartbeatTime',
  'lastTransitionTime',
  'lastProbeTime',
  'lastUpdateTime',
  'kubectl.kubernetes.io/last-applied-configuration',
  'endpoints.kubernetes.io/last-change-trigger-time',
]);

/** What is different between two states of a workspace: objects first, then files of the home folder. */
export async function compareMoments(before: Workspace, after: Workspace): Promise<MomentDiff> {
  const keys = await resourceKeys(before);
  const objects = keys.flatMap((resource) => {
    const [old, young] = [objectTexts(before, resource), objectTexts(after, resource)];
    return [...new Set([...old.keys(), ...young.keys()])]
      .sort()
      .flatMap((key) => differenceOf(old.get(key), young.get(key)) ?? []);
  });
  const [old, young] = [fileTexts(before), fileTexts(after)];
  const files = [...new Set([...old.keys(), ...young.keys()])].sort().flatMap((path) => {
    const lines = changedLines(old.get(path) ?? '', young.get(path) ?? '');
    const change = changeOf(old.get(path), young.get(path));
    return change === undefined ? [] : [{ change, path, lines }];
  });
  return {
    objects: objects.slice(0, SHOWN_OBJECTS),
    files: files.slice(0, SHOWN_OBJECTS),
    left: Math.max(0, objects.length - SHOWN_OBJECTS) + Math.max(0, files.length - SHOWN_OBJECTS),
  };
}

/** "pods", "deployments.apps": each once, in discovery's order. */
async function resourceKeys({ client }: Workspace): Promise<readonly string[]> {
  const resources = await client.resources();
  const keys = resources.map(({ resource, group }) => (group === '' ? resource : `${resource}.${group}`));
  return [...new Set(keys)].filter((key) => !key.includes('/') && !NOISE_RESOURCES.has(key));
}

interface Shown {
  readonly object: KubeObject;
  readonly text: string;
}

function objectTexts({ view }: Workspace, resource: string): ReadonlyMap<string, Shown> {
  return new Map(
    view.list(resource, '').map((object) => {
      const { namespace = '', name } = object.metadata;
      return [`${namespace}/${name}`, { object, text: printYaml(withoutNoise(object)) }];
    }),
  );
}

/** An object without what changes by itself. */
function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !NOISE_FIELDS.has(key))
      .map(([key, inner]) => [key, withoutNoise(inner)]),
  );
}

function differenceOf(before: Shown | undefined, after: Shown | undefined): ObjectDiff | undefined {
  const change = changeOf(before?.text, after?.text);
  const object = after?.object ?? before?.object;
  if (change === undefined || object === undefined) return undefined;
  const { namespace = '', name } = object.metadata;
  const lines = changedLines(before?.text ?? '', after?.text ?? '');
  return { change, kind: object.kind, namespace, name: name ?? '', lines };
}

function changeOf(before: string | undefined, after: string | undefined): ObjectDiff['change'] | undefined {
  if (before === after) return undefined;
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

/** Lines that differ, with a few around them; a gap stands for lines left out. */
export function changedLines(before: string, after: string): readonly DiffLine[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT });
  return hunks.flatMap(({ lines }, index) => [
    ...(index === 0 ? [] : [{ sign: 'gap', text: '' } as const]),
    ...lines.flatMap((line) => diffLine(line) ?? []),
  ]);
}

function diffLine(line: string): DiffLine | undefined {
  const text = line.slice(1);
  if (line.startsWith('+')) return { sign: 'added', text };
  if (line.startsWith('-')) return { sign: 'removed', text };
  // "\ No newline at end of file" is no line of either.
  return line.startsWith(' ') ? { sign: 'same', text } : undefined;
}

function fileTexts(workspace: Workspace): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const name of workspace.files.list(folder)) {
      const path = `${folder}/${name}`;
      const shown = toPagePath(path);
      if (shown === undefined) continue;
      if (workspace.files.stat(path)?.kind === 'directory') walk(path);
      else found.set(shown, workspace.files.read(path));
    }
  };
  walk(HOME);
  return found;
}
