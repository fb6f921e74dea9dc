import type { KubeObject } from '../../api';
import { bool, list, text } from '../flags';
import { annotateManual } from '../manual';
import { objectPrinter } from '../printers';
import { type LoadedInfo, visitTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { causeAnnotation, fail, openSession, type Session, writeOptions } from '../session';
import { type Pairs, parsePairs, splitPairs } from './pairs';

/** Why a revision is as it is; may always be overwritten. */
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

const ONLY_FILES =
  'can only use local files by -f rsrc.yaml or --filename=rsrc.json when --local=true is set';

/** `kubectl annotate`. */
export const annotate: Command<ParsedArgs> = {
  ...annotateManual,
  options: (args) => args,
  async run(args, env) {
    const [resources, words] = splitPairs([...args.positional, ...(args.afterDash ?? [])], 'annotation');
    const change = parsePairs(words, 'annotation', true);
    const listing = bool(args, 'list');
    if (listing && text(args, 'output') !== '') {
      throw fail('--list and --output may not be specified together');
    }
    if (bool(args, 'all') && text(args, 'selector') !== '') {
      throw fail('cannot set --all and --selector at the same time');
    }
    if (resources.length === 0 && list(args, 'filename').length === 0) {
      throw fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    }
    if (change.set.size === 0 && change.remove.length === 0 && !listing) {
      throw fail('at least one annotation update is required');
    }
    const both = change.remove.filter((key) => change.set.has(key));
    if (both.length > 0) {
      throw fail(
        `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
      );
    }
    const session = openSession(args, env);
    await visitTargets(
      session,
      {
        words: resources,
        localOnly: ONLY_FILES,
        all: bool(args, 'all'),
        allNamespaces: bool(args, 'all-namespaces'),
        allowEmptySelector: bool(args, 'all'),
        latest: !bool(args, 'local'),
      },
      (info, single) =>
        listing ? listAnnotations(session, info, single) : annotateOne(session, info, change),
    );
    return 0;
  },
};

async function listAnnotations(session: Session, info: LoadedInfo, single: boolean): Promise<void> {
  const { kind, group } = info.resource;
  if (!single) await session.out(`Listing annotations for ${kind}.${group}/${info.name}:\n`);
  for (const [key, value] of Object.entries(info.object.metadata.annotations ?? {}).sort()) {
    await session.out(`${single ? '' : ' '}${key}=${value}\n`);
  }
}

async function annotateOne(session: Session, info: LoadedInfo, change: Pairs): Promise<void> {
  const annotations = info.object.metadata.annotations ?? {};
  if (!bool(session.args, 'overwrite')) refuseOverwrites(annotations, change);
  let shown = changed(info.object, change);
  if (session.dryRun !== 'client' && !bool(session.args, 'local')) {
    const values: [string, string | null][] = [...change.set];
    values.push(
      ...change.remove.filter((key) => key in annotations).map((key): [string, null] => [key, null]),
    );
    const version = text(session.args, 'resource-version');
    const patch = {
      metadata: {
        annotations: { ...Object.fromEntries(values), ...causeAnnotation(session.changeCause) },
        ...(version === '' ? {} : { resourceVersion: version }),
      },
    };
    const answer = await session.client.patch(
      info.resource,
      info.namespace,
      info.name,
      'merge',
      patch,
      writeOptions(session, 'kubectl-annotate'),
    );
    shown = await session.heed(answer);
  }
  await session.out(objectPrinter(session, { operation: 'annotated' })(shown));
}

function refuseOverwrites(annotations: Readonly<Record<string, string>>, change: Pairs): void {
  const refused = [...change.set]
    .filter(([key, value]) => key !== CHANGE_CAUSE && key in annotations && annotations[key] !== value)
    .map(([key]) => `'${key}' already has a value (${annotations[key]})`);
  if (refused.length > 0) {
    throw fail(`--overwrite is false but found the following declared annotation(s): ${refused.join('; ')}`);
  }
}

function changed(object: KubeObject, change: Pairs): KubeObject {
  const kept = Object.entries(object.metadata.annotations ?? {}).filter(
    ([key]) => !change.remove.includes(key),
  );
  return {
    ...object,
    metadata: { ...object.metadata, annotations: Object.fromEntries([...kept, ...change.set]) },
  };
}
