import { isRecord, readYaml } from '../../../base';
import { splitDocuments } from '../../../kubectl';
import { HOME } from '../../../workspace';
import type { KubeHost } from '../../kube-api';
import type { Applied } from '../../protocol';
import { findProblems } from './find-problems';
import { runKubectlOn } from './kubectl-on-host';

/**
 * `kubectl apply -f FILE`; `kubectl replace -f FILE` where every object in it says which version of itself was read, as one
 * does that was opened for editing: then what changed meanwhile is a conflict and not overwritten.
 */
export async function applyManifest(host: KubeHost, session: string, path: string): Promise<Applied> {
  const text = await readHome(host, path);
  const verb = isAsRead(text) ? 'replace' : 'apply';
  const argv = [verb, '-f', path];
  const run = await runKubectlOn(host, session, argv);
  // A check that asks what was done does not ask where.
  await host.deliver({ kind: 'ran', argv: ['kubectl', ...argv], status: run.status });
  const conflict = run.refusals.some(({ error }) => error.reason === 'Conflict');
  const done = run.status === 0;
  const fresh = verb === 'replace' && done ? await asItIs(host, session, path) : undefined;
  return {
    verb,
    status: run.status,
    said: run.said,
    problems: done ? [] : findProblems(text, run),
    conflict,
    ...(fresh === undefined ? {} : { fresh }),
  };
}

/** A file by its path in the home folder, where kubectl is run too. */
export const readHome = async (host: KubeHost, path: string): Promise<string> =>
  (await host.present()).files.read(`${HOME}/${path}`);

/** The objects of a file as they are now, for a file that was read from the API. */
export async function asItIs(host: KubeHost, session: string, path: string): Promise<string | undefined> {
  const { status, out } = await runKubectlOn(host, session, ['get', '-f', path, '-o', 'yaml']);
  return status === 0 ? out : undefined;
}

/** Whether each object tells the version of it that was read. */
export function isAsRead(text: string): boolean {
  const documents = splitDocuments(text);
  return (
    documents.length > 0 &&
    documents.every((document) => {
      const read = readYaml(document);
      const metadata = 'value' in read && isRecord(read.value) ? read.value.metadata : undefined;
      return isRecord(metadata) && typeof metadata.resourceVersion === 'string';
    })
  );
}
