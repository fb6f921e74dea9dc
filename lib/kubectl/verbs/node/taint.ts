import { type KubeObject, labelValueErrors, type Node, qualifiedNameErrors } from '../../../api';
import { bool, text } from '../../flags';
import { taintManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { findResource, type LoadedInfo, visitTargets } from '../../resources';
import { type Command, type ParsedArgs, UsageError } from '../../seams';
import { AggregateFailure, fail, openSession, type Session, usageFailure, writeOptions } from '../../session';

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

const EFFECTS = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** What to do with a key's taints; an effect of '' means every effect. */
interface Change {
  readonly add: readonly Taint[];
  readonly remove: readonly { readonly key: string; readonly effect: string }[];
}

/** `kubectl taint`. */
export const taint: Command<ParsedArgs> = {
  ...taintManual,
  options: (args) => args,
  async run(args, env) {
    const isChange = (word: string) => /[=:]/.test(word) || word.endsWith('-');
    const resources = args.positional.filter((word) => !isChange(word));
    const words = args.positional.filter(isChange);
    if (resources.length === 0) throw fail('one or more resources must be specified as <resource> <name>');
    if (words.length === 0) throw fail('at least one taint update is required');
    const change = parse(words);
    const session = openSession(args, env);
    const [type = ''] = resources;
    const meant = findResource(await session.resources(2), type);
    if (!meant) throw new UsageError(`the server doesn't have a resource type "${type}"`, true);
    if (meant.resource !== 'nodes')
      throw fail(`invalid resource type ${type}, only node types are supported`);
    refuseWords(resources, change, bool(args, 'all') || text(args, 'selector') !== '');
    await visitTargets(
      session,
      {
        words: resources,
        all: bool(args, 'all'),
        allowEmptySelector: bool(args, 'all'),
        latest: true,
        tries: 2,
      },
      (info) => taintOne(session, info, change),
    );
    return 0;
  },
};

function parse(words: readonly string[]): Change {
  const add: Taint[] = [];
  const remove: { key: string; effect: string }[] = [];
  for (const word of words) {
    if (word.endsWith('-')) {
      const [head = '', effect = ''] = word.slice(0, -1).split(':');
      checkEffect(effect);
      remove.push({ key: head.split('=')[0] ?? '', effect });
      continue;
    }
    const taint = parseTaint(word);
    if (add.some(({ key, effect }) => key === taint.key && effect === taint.effect)) {
      const { key, value = '', effect } = taint;
      const words = `{${key} ${value} ${effect} <nil>}`;
      throw usageFailure('taint', `duplicated taints with the same key and effect: ${words}`);
    }
    add.push(taint);
  }
  return { add, remove };
}

/** taints.parseTaint: `key=value:effect`, of which only the key may stand alone, and then is all of the word. */
function parseTaint(word: string): Taint {
  const [head = '', effect = '', ...more] = word.split(':');
  const pair = word.includes(':') ? head.split('=') : [word];
  if (more.length > 0 || pair.length > 2) throw usageFailure('taint', `invalid taint spec: ${word}`);
  if (word.includes(':')) checkEffect(effect, false);
  const [key = '', value = ''] = pair;
  const wrong = [...labelValueErrors(value), ...qualifiedNameErrors(key)];
  if (wrong.length > 0) throw usageFailure('taint', `invalid taint spec: ${word}, ${wrong.join('; ')}`);
  if (effect === '') throw usageFailure('taint', `invalid taint spec: ${word}`);
  return { key, ...(value === '' ? {} : { value }), effect } as Taint;
}

/** What the words alone forbid, before the server is asked (TaintOptions.Validate). */
function refuseWords(resources: readonly string[], { add, remove }: Change, several: boolean): void {
  const both = remove.filter((gone) =>
    add.some(({ key, effect }) => key === gone.key && (gone.effect === '' || gone.effect === effect)),
  );
  if (both.length > 0) {
    const words = both.map(({ key, effect }) => `${key}=${effect}`).join(', ');
    throw fail(`can not both modify and remove the following taint(s) in the same command: ${words}`);
  }
  if (!several && resources.length < 2)
    throw fail("at least one resource name must be specified since 'all' parameter is not set");
}

function checkEffect(effect: string, mayMiss = true): void {
  if (!EFFECTS.has(effect) && !(mayMiss && effect === '')) {
    throw usageFailure('taint', `invalid taint effect: ${effect}, unsupported taint effect`);
  }
}

async function taintOne(session: Session, info: LoadedInfo, change: Change): Promise<void> {
  if (info.object.kind !== 'Node')
    throw fail(`invalid resource type ${info.object.kind}, only node(s) is supported`);
  const { spec } = info.object as Node;
  const old = spec?.taints ?? [];
  const same = (a: Taint, b: { readonly key: string; readonly effect: string }) =>
    a.key === b.key && (b.effect === '' || a.effect === b.effect);
  const overwrite = bool(session.args, 'overwrite');
  const clashes = change.add.filter((each) => old.some((other) => same(other, each)));
  if (clashes.length > 0 && !overwrite) {
    const keys = [...new Set(clashes.map((each) => each.key))].join(', ');
    throw fail(`node ${info.name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`);
  }
  const missing = change.remove.filter((each) => !old.some((other) => same(other, each)));
  if (missing.length > 0) {
    throw new AggregateFailure(
      missing.map(({ key, effect }) => fail(`taint "${effect === '' ? key : `${key}:${effect}`}" not found`)),
    );
  }
  const kept = old.filter(
    (each) =>
      !change.remove.some((other) => same(each, other)) && !change.add.some((other) => same(each, other)),
  );
  const taints = [...change.add, ...kept];
  const operation =
    change.add.length === 0
      ? 'untainted'
      : change.remove.length > 0 || clashes.length > 0
        ? 'modified'
        : 'tainted';
  // A dry run says nothing of it, as upstream.
  const print = objectPrinter({ ...session, dryRun: 'none' }, { operation });
  if (session.dryRun === 'client') {
    await session.out(print({ ...info.object, spec: { ...spec, taints } } as KubeObject));
    return;
  }
  const body = { spec: { taints: taints.length === 0 ? null : taints } };
  const answer = await session.client.patch(
    info.resource,
    '',
    info.name,
    'merge',
    body,
    writeOptions(session, 'kubectl-taint'),
  );
  await session.out(print(await session.heed(answer)));
}
