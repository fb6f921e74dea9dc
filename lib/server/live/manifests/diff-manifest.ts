import { isRecord, printYaml, readYaml } from '../../../base';
import { LAST_APPLIED, maskSecrets, splitDocuments } from '../../../kubectl';
import type { KubeHost } from '../../kube-api';
import type { LiveDiff } from '../../protocol';
import { isAsRead, readHome } from './apply-manifest';
import { findProblems } from './find-problems';
import { runKubectlOn } from './kubectl-on-host';

/**
 * What `kubectl diff -f FILE` compares, object by object: how it is, and how the API says it would be afterwards. Nothing is
 * changed. An object that was opened for editing is compared as it would be replaced, whatever happened to it meanwhile.
 */
export async function diffManifest(host: KubeHost, session: string, path: string): Promise<LiveDiff> {
  const text = await readHome(host, path);
  const verb = isAsRead(text) ? 'replace' : 'apply';
  const objects: LiveDiff['objects'][number][] = [];
  for (const document of splitDocuments(text)) {
    const given = verb === 'replace' ? unlocked(document) : document;
    const wanted = await runKubectlOn(
      host,
      session,
      [verb, '--dry-run=server', '-f', '-', '-o', 'yaml'],
      given,
    );
    if (wanted.status !== 0) {
      const err = wanted.err.replaceAll('STDIN', path);
      const problems = findProblems(text, { ...wanted, err });
      return { objects: [], said: err.trim(), problems };
    }
    const live = await runKubectlOn(
      host,
      session,
      ['get', '-f', '-', '-o', 'yaml', '--ignore-not-found'],
      given,
    );
    for (const after of objectsIn(wanted.out)) {
      const before = objectsIn(live.out).find((each) => titleOf(each) === titleOf(after));
      const shown = maskSecrets(before, after);
      objects.push({
        title: titleOf(after),
        before: shown.before ? plain(shown.before) : '',
        after: plain(shown.after),
      });
    }
  }
  return { objects, said: '', problems: [] };
}

type Read = Readonly<Record<string, unknown>>;

/** The objects that kubectl printed: one, or a List of them. */
function objectsIn(printed: string): readonly Read[] {
  const read = readYaml(printed);
  const value = 'value' in read && isRecord(read.value) ? read.value : undefined;
  if (value === undefined) return [];
  return value.kind === 'List' && Array.isArray(value.items) ? value.items.filter(isRecord) : [value];
}

function titleOf({ kind, metadata }: Read): string {
  const { name = '', namespace = '' } = isRecord(metadata) ? metadata : {};
  return namespace === '' || namespace === 'default' ? `${kind} ${name}` : `${kind} ${name} in ${namespace}`;
}

/** Without what kubectl keeps in an annotation for itself: it says everything a second time. */
function plain(object: Read): string {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const { [LAST_APPLIED]: _said, ...annotations } = isRecord(metadata.annotations)
    ? metadata.annotations
    : {};
  const { annotations: _all, ...rest } = metadata;
  const kept = Object.keys(annotations).length === 0 ? rest : { annotations, ...rest };
  return printYaml({ ...object, metadata: kept });
}

/** The same object for whoever does not mind what changed meanwhile. */
function unlocked(document: string): string {
  const read = readYaml(document);
  if (!('value' in read) || !isRecord(read.value)) return document;
  const { metadata } = read.value;
  const { resourceVersion: _read, ...rest } = isRecord(metadata) ? metadata : {};
  return printYaml({ ...read.value, metadata: rest });
}
