import { isDeepStrictEqual } from 'node:util';
import type { KindSpec, KubeObject } from '../../api';
import { objectsOf, writable } from './requests/targets.test-support';
import { send } from './send.test-support';
import type { ServedFork } from './served-fork.test-support';

/** What is wrong with what is stored: each object written again as it is must be taken, and change nothing. */
export async function storedProblems(fork: ServedFork, since: number): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const spec of writable) {
    for (const stored of objectsOf(fork.workspace, spec)) {
      if (Number(stored.metadata.resourceVersion) <= since) continue;
      const object = spec.storage ? spec.storage.decode(stored) : stored;
      for (const target of ['', ...(spec.subresources.includes('status') ? ['/status'] : [])]) {
        const problem = await rewriteProblem(fork, spec, object, target);
        if (problem !== undefined) problems.push(problem);
      }
    }
  }
  return problems;
}

async function rewriteProblem(
  fork: ServedFork,
  spec: KindSpec,
  object: KubeObject,
  subresource: string,
): Promise<string | undefined> {
  const { group, version, plural } = spec;
  const { namespace, name = '' } = object.metadata;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const path = `${root}${namespace ? `/namespaces/${namespace}` : ''}/${plural}/${encodeURIComponent(name)}${subresource}?dryRun=All`;
  const body = Buffer.from(JSON.stringify(object));
  const { status, text } = await send(fork, {
    method: 'PUT',
    path,
    headers: { 'content-type': 'application/json' },
    body,
  });
  const what = `${plural}/${name}${subresource}`;
  if (status !== 200)
    return `${what} is stored, and refused when it is written again: ${text}${body.toString()}`;
  const again = JSON.parse(text) as KubeObject;
  if (isDeepStrictEqual(essence(again), essence(object))) return undefined;
  return `${what} changes when it is written again:\n${JSON.stringify(essence(object))}\n${JSON.stringify(essence(again))}`;
}

/** All but who owns which fields, which the writer of this is new to, and fields that say nothing. */
function essence(object: KubeObject): unknown {
  const { managedFields: _, ...metadata } = object.metadata;
  return JSON.parse(JSON.stringify({ ...object, metadata }), (_key, value) => value ?? undefined);
}
