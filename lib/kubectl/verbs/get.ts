import type { Table } from '../../api';
import { goSort, humanDuration, parseTime } from '../../base';
import { bool, list, text } from '../flags';
import { findPath, PathSyntaxError, parsePath, relaxPath } from '../jsonpath';
import { getManual } from '../manual';
import { objectPrinter, TablePrinter } from '../printers';
import {
  findTargets,
  type Info,
  inNamespace,
  type ListTarget,
  loadTargets,
  selectors,
  type Targets,
  withSelectors,
} from '../resources';
import { type Command, type ParsedArgs, UsageError } from '../seams';
import {
  asFailure,
  ExitError,
  fail,
  isNotFound,
  openSession,
  type Session,
  throwAll,
  usageFailure,
} from '../session';
import { isBefore, sortTable } from './get-sort';
import { watchObjects, watchTables } from './get-watch';

/** `kubectl get`. */
export const get: Command<ParsedArgs> = {
  ...getManual,
  options(args) {
    const raw = text(args, 'raw');
    const output = text(args, 'output');
    const watching = bool(args, 'watch') || bool(args, 'watch-only');
    if (raw !== '' && (watching || text(args, 'selector') !== '')) {
      return fail(
        '--raw may not be specified with other flags that filter the server request or alter the output',
      );
    }
    if (raw !== '' && output !== '') return fail('--raw and --output are mutually exclusive');
    if (bool(args, 'show-labels') && output !== '' && output !== 'wide') {
      return fail(`--show-labels option cannot be used with ${output} printer`);
    }
    if (list(args, 'label-columns').length > 0 && output.startsWith('custom-columns')) {
      return fail(`--label-columns option cannot be used with ${output} printer`);
    }
    if (bool(args, 'output-watch-events') && !watching) {
      return fail('--output-watch-events option can only be used with --watch or --watch-only');
    }
    return args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const raw = text(args, 'raw');
    if (raw !== '') {
      if (args.positional.length > 0) throw fail('arguments may not be passed when --raw is specified');
      if (!/^(\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(raw))
        throw fail(`--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`);
      await session.out(await session.client.raw(raw));
      return 0;
    }
    if (
      args.positional.length === 0 &&
      list(args, 'filename').length === 0 &&
      text(args, 'kustomize') === ''
    ) {
      await session.err(
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      );
      throw usageFailure(
        'get',
        'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
      );
    }
    const watching = bool(args, 'watch') || bool(args, 'watch-only');
    const targets = await findTargets(session, {
      words: args.positional,
      allowEmptySelector: true,
      allNamespaces: bool(args, 'all-namespaces'),
      singleResourceType: watching,
      plainErrors: true,
    });
    if (text(args, 'subresource') !== '' && targets.lists.length > 0)
      throw fail('subresource cannot be used when bulk resources are specified');
    const human = isHuman(args);
    if (watching) return human ? watchHuman(session, targets) : watchGeneric(session, targets);
    if (human) await printTables(session, targets);
    else await printGeneric(session, targets);
    return 0;
  },
};

function isHuman(args: ParsedArgs): boolean {
  const output = text(args, 'output');
  return output === 'wide' || (output === '' && text(args, 'template') === '');
}

interface Part {
  readonly at: ListTarget | Info;
  readonly table: Table;
}

/** Fetches every table; failures are gathered. */
async function fetchTables(session: Session, targets: Targets): Promise<{ parts: Part[]; errors: Error[] }> {
  const parts: Part[] = [];
  const errors = [...targets.errors];
  const ignoreNotFound = bool(session.args, 'ignore-not-found');
  for (const at of [...targets.lists, ...targets.infos]) {
    try {
      parts.push({ at, table: await fetchTable(session, at) });
    } catch (error) {
      if (ignoreNotFound && isNotFound(error)) continue;
      errors.push(asFailure(error));
    }
  }
  return { parts, errors };
}

async function fetchTable(session: Session, at: ListTarget | Info): Promise<Table> {
  const subresource = text(session.args, 'subresource');
  if (subresource !== '' && !at.resource.subresources.includes(subresource))
    throw new ExitError(1, 'Error from server (NotFound): the server could not find the requested resource');
  const table = await serverTable(session, at, subresource);
  return bool(session.args, 'server-print', true) ? table : localTable(table, session.env.timer.now());
}

/** What kubectl itself makes of objects that it knows no columns of. */
function localTable(table: Table, now: number): Table {
  const column = (name: string) => ({
    name,
    type: 'string' as const,
    format: '',
    description: '',
    priority: 0,
  });
  const rows = table.rows.map((row) => {
    const { name, creationTimestamp } = row.object.metadata;
    const made = creationTimestamp == null ? undefined : parseTime(String(creationTimestamp));
    return { ...row, cells: [name ?? '', made === undefined ? '<unknown>' : humanDuration(now - made)] };
  });
  return { ...table, columnDefinitions: [column('Name'), column('Age')], rows };
}

function serverTable(session: Session, at: ListTarget | Info, subresource: string): Promise<Table> {
  if ('name' in at) {
    if (at.name === '') throw fail('resource name may not be empty');
    const scale = subresource === 'scale' ? { subresource } : {};
    return inNamespace(session, at.namespace, () =>
      session.client.table(at.resource, at.namespace, { name: at.name, ...scale }),
    );
  }
  return session.client
    .table(at.resource, at.namespace, selectors(at))
    .catch((error: unknown) => Promise.reject(withSelectors(error, at)));
}

async function printTables(session: Session, targets: Targets): Promise<void> {
  const { args } = session;
  const { parts, errors } = await fetchTables(session, targets);
  const kinds = new Set(parts.map(({ at }) => at.resource));
  const withKind = bool(args, 'show-kind') || kinds.size > 1;
  const sortBy = text(args, 'sort-by');
  let printer: TablePrinter | undefined;
  let last: unknown;
  let written = false;
  let pending: Table | undefined;
  const flush = async () => {
    if (!printer || !pending) return;
    const chunk = printer.print(pending);
    pending = undefined;
    if (chunk === '') return;
    const separator = separate ? '\n' : '';
    separate = false;
    written = true;
    await session.out(separator + chunk);
  };
  let separate = false;
  for (const { at, table } of parts) {
    if (at.resource !== last) {
      await flush();
      if (last !== undefined && !bool(args, 'no-headers') && written) separate = true;
      printer = new TablePrinter({
        ...tableRules(session),
        kind: withKind ? at.resource : undefined,
        withNamespace: bool(args, 'all-namespaces') && at.resource.namespaced,
      });
      last = at.resource;
    }
    const sorted = sortBy === '' ? table : sortTable(table, sortBy);
    pending = pending ? { ...pending, rows: [...pending.rows, ...sorted.rows] } : sorted;
  }
  await flush();
  if (!written && !bool(args, 'ignore-not-found') && errors.length === 0) {
    const scoped = !bool(args, 'all-namespaces') && parts.every(({ at }) => at.resource.namespaced);
    await session.err(
      scoped ? `No resources found in ${session.namespace} namespace.\n` : 'No resources found\n',
    );
  }
  throwAll(errors);
}

function tableRules(session: Session) {
  const { args } = session;
  return {
    wide: text(args, 'output') === 'wide',
    headers: !bool(args, 'no-headers'),
    withNamespace: false,
    showLabels: bool(args, 'show-labels'),
    labelColumns: list(args, 'label-columns'),
  };
}

async function printGeneric(session: Session, targets: Targets): Promise<void> {
  const { args } = session;
  const ignoreNotFound = bool(args, 'ignore-not-found');
  const loaded = await loadTargets(session, targets, {
    latest: true,
    continueOnError: true,
    ignoreNotFound,
    ...(text(args, 'subresource') === '' ? {} : { subresource: text(args, 'subresource') }),
  });
  if (loaded.errors.length > 0 && targets.singleItemImplied) throwAll(loaded.errors);
  if (loaded.infos.length === 0 && ignoreNotFound) {
    throwAll(loaded.errors);
    return;
  }
  const print = objectPrinter(session, { columns: true });
  const objects = loaded.infos.map((info) => info.object);
  if (targets.singleItemImplied && objects.length === 1) await session.out(print(objects[0]));
  else {
    const items = sortObjects(session, objects);
    await session.out(print({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }));
  }
  throwAll(loaded.errors);
}

function sortObjects<T>(session: Session, objects: readonly T[]): readonly T[] {
  const sortBy = text(session.args, 'sort-by');
  if (sortBy === '' || objects.length === 0) return objects;
  const path = sortPath(sortBy);
  const keyed = objects.map((object) => ({
    object,
    key: findPath(path, object, { allowMissingKeys: true })[0]?.[0],
  }));
  if (keyed.every(({ key }) => key === undefined)) {
    throw fail(`couldn't find any field with path "${relaxPath(sortBy)}" in the list of objects`);
  }
  return goSort(keyed, (a, b) => isBefore(a.key, b.key)).map(({ object }) => object);
}

function sortPath(sortBy: string) {
  try {
    return parsePath(relaxPath(sortBy));
  } catch (error) {
    if (error instanceof PathSyntaxError) throw fail(error.message);
    throw error;
  }
}

async function watchHuman(session: Session, targets: Targets): Promise<number> {
  const at = targets.lists[0] ?? targets.infos[0];
  if (!at) throw targets.errors[0] ?? new UsageError('no resources to watch');
  const rules = {
    ...tableRules(session),
    kind: bool(session.args, 'show-kind') ? at.resource : undefined,
    withNamespace: bool(session.args, 'all-namespaces') && at.resource.namespaced,
  };
  await watchTables(session, at, new TablePrinter(rules));
  return 0;
}

async function watchGeneric(session: Session, targets: Targets): Promise<number> {
  const at = targets.lists[0] ?? targets.infos[0];
  if (!at) throw targets.errors[0] ?? new UsageError('no resources to watch');
  await watchObjects(session, at, objectPrinter(session, { columns: true }));
  return 0;
}
