import { type KubeObject, labelValueErrors } from '../../api';
import { bool, list, text } from '../flags';
import { labelManual } from '../manual';
import { objectPrinter } from '../printers';
import { type LoadedInfo, visitTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { AggregateFailure, causeAnnotation, fail, openSession, type Session, writeOptions } from '../session';
import { splitPairs } from './pairs';

interface Change {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

const ONLY_FILES = 'can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set';

/** `kubectl label`. */
export const label: Command<ParsedArgs> = {
  ...labelManual,
  options: (args) => args,
  async run(args, env) {
    const [resources, pairs] = splitPairs([...args.positional, ...(args.afterDash ?? [])], 'label');
    const change = parseLabels(pairs);
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
      throw fail('at least one label update is required');
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
        listing ? listLabels(session, info, change, single) : labelOne(session, info, change),
    );
    return 0;
  },
};

function parseLabels(words: readonly string[]): Change {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const word of words) {
    if (word.includes('=')) {
      const parts = word.split('=');
      if (parts.length !== 2) throw fail(`invalid label spec: ${word}`);
      const [key = '', value = ''] = parts;
      const wrong = labelValueErrors(value);
      if (wrong.length > 0) throw fail(`invalid label value: "${word}": ${wrong.join(';')}`);
      set.set(key, value);
    } else remove.push(word.slice(0, -1));
  }
  if (remove.some((key) => set.has(key))) {
    throw fail('can not both modify and remove a label in the same command');
  }
  return { set, remove };
}

/** Lists the labels as the changes beside it would leave them; nothing is sent. */
async function listLabels(
  session: Session,
  info: LoadedInfo,
  change: Change,
  single: boolean,
): Promise<void> {
  const { kind, group } = info.resource;
  if (!bool(session.args, 'overwrite')) refuseOverwrites(info.object.metadata.labels ?? {}, change);
  const { labels } = withLabels(info.object, change).metadata;
  if (!single) await session.out(`Listing labels for ${kind}.${group}/${info.name}:\n`);
  for (const [key, value] of Object.entries(labels ?? {}).sort()) {
    await session.out(`${single ? '' : ' '}${key}=${value}\n`);
  }
}

async function labelOne(session: Session, info: LoadedInfo, change: Change): Promise<void> {
  const labels = info.object.metadata.labels ?? {};
  const local = session.dryRun === 'client' || bool(session.args, 'local');
  if (!local) {
    for (const key of change.remove.filter((each) => labels[each] === undefined)) {
      await session.out(`label "${key}" not found.\n`);
    }
  }
  if (!bool(session.args, 'overwrite')) refuseOverwrites(labels, change);
  const added = [...change.set].filter(([key, value]) => labels[key] !== value);
  const removed = change.remove.filter((key) => labels[key] !== undefined);
  const operation = operationOf(added.length > 0, removed.length > 0);
  let shown: KubeObject = withLabels(info.object, change);
  if (!local && (added.length > 0 || removed.length > 0)) {
    const version = text(session.args, 'resource-version');
    const patch = {
      metadata: {
        labels: Object.fromEntries([...added, ...removed.map((key) => [key, null] as const)]),
        ...(session.changeCause === undefined ? {} : { annotations: causeAnnotation(session.changeCause) }),
        ...(version === '' ? {} : { resourceVersion: version }),
      },
    };
    const answer = await session.client.patch(
      info.resource,
      info.namespace,
      info.name,
      'merge',
      patch,
      writeOptions(session, 'kubectl-label'),
    );
    shown = await session.heed(answer);
  }
  await session.out(objectPrinter(session, { operation })(shown));
}

function operationOf(added: boolean, removed: boolean): string {
  if (added) return 'labeled';
  return removed ? 'unlabeled' : 'not labeled';
}

function refuseOverwrites(labels: Readonly<Record<string, string>>, change: Change): void {
  const refused = [...change.set]
    .filter(([key, value]) => labels[key] !== undefined && labels[key] !== value)
    .map(([key]) => fail(`'${key}' already has a value (${labels[key]}), and --overwrite is false`));
  if (refused.length > 0) throw new AggregateFailure(refused);
}

function withLabels(object: KubeObject, change: Change): KubeObject {
  const kept = Object.entries(object.metadata.labels ?? {}).filter(([key]) => !change.remove.includes(key));
  return {
    ...object,
    metadata: { ...object.metadata, labels: Object.fromEntries([...kept, ...change.set]) },
  };
}
