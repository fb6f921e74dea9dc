import { describeObject } from '../describe';
import { bool, list } from '../flags';
import { describeManual } from '../manual';
import { findTargets, type Info, type LoadedInfo, loadTargets, requireResource } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { asFailure, fail, isNotFound, openSession, type Session, throwAll } from '../session';

/** `kubectl describe`. */
export const describe: Command<ParsedArgs> = {
  ...describeManual,
  options: (args) =>
    args.positional.length === 0 && list(args, 'filename').length === 0
      ? fail(
          'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
        )
      : args,
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: args.positional,
      allowEmptySelector: true,
      allNamespaces: bool(args, 'all-namespaces'),
      plainErrors: true,
    });
    const loaded = await loadTargets(session, targets, { continueOnError: true });
    const [first] = loaded.errors;
    if (loaded.errors.length === 1 && first && isNotFound(first) && args.positional.length === 2) {
      return describeByPrefix(session, first);
    }
    const errors = [...loaded.errors];
    await describeAll(session, loaded.infos, errors);
    if (loaded.infos.length === 0 && errors.length === 0) {
      await session.err(
        bool(args, 'all-namespaces')
          ? 'No resources found\n'
          : `No resources found in ${session.namespace} namespace.\n`,
      );
    }
    throwAll(errors);
    return 0;
  },
};

async function describeAll(session: Session, infos: readonly Info[], errors: Error[]): Promise<void> {
  const withEvents = bool(session.args, 'show-events', true);
  let first = true;
  for (const info of infos) {
    try {
      const page = await describeObject(session, info, withEvents);
      await session.out(first ? page : `\n\n${page}`);
      first = false;
    } catch (error) {
      const failure = asFailure(error);
      if (!errors.some((each) => each.message === failure.message)) errors.push(failure);
    }
  }
}

/** `describe pod web` describes every Pod whose name starts with "web" when none is called so. */
async function describeByPrefix(session: Session, notFound: Error): Promise<number> {
  const [type = '', prefix = ''] = session.args.positional;
  const resource = requireResource(await session.resources(), type);
  const all = await session.client.list(resource, resource.namespaced ? session.namespace : '');
  const matching: LoadedInfo[] = all.items
    .filter((item) => item.metadata.name.startsWith(prefix))
    .map((item) => ({
      resource,
      namespace: item.metadata.namespace ?? '',
      name: item.metadata.name,
      source: '',
      object: item,
    }));
  if (matching.length === 0) throw notFound;
  const errors: Error[] = [];
  const withEvents = bool(session.args, 'show-events', true);
  for (const info of matching) {
    try {
      await session.out(`${await describeObject(session, info, withEvents)}\n`);
    } catch (error) {
      errors.push(asFailure(error));
    }
  }
  throwAll(errors);
  return 0;
}
