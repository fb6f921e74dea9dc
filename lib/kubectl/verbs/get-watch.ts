import { type Status, StatusError, type WatchOptions } from '../../api';
import type { Cancel } from '../../base';
import { bool } from '../flags';
import type { ObjectPrinter, TablePrinter } from '../printers';
import { fetchInfo, type Info, type ListTarget, selectors } from '../resources';
import type { Session } from '../session';
import { untilTimeout } from '../waiting';

/** What to list and watch: a single object is picked by its name. */
function scope(at: ListTarget | Info): { readonly labelSelector?: string; readonly fieldSelector?: string } {
  return 'name' in at ? { fieldSelector: `metadata.name=${at.name}` } : selectors(at);
}

/** `get -w` and `--watch-only` as tables. */
export async function watchTables(
  session: Session,
  at: ListTarget | Info,
  printer: TablePrinter,
): Promise<void> {
  const events = bool(session.args, 'output-watch-events');
  if ('name' in at) await session.client.table(at.resource, at.namespace, { name: at.name });
  const first = await session.client.table(at.resource, at.namespace, scope(at));
  const label = (type: string) => (events ? type : undefined);
  if (!bool(session.args, 'watch-only')) await session.out(printer.print(first, label('ADDED')));
  else printer.print({ ...first, rows: [] });
  const cancel = untilTimeout(session);
  const watch = session.client.watchTable(
    at.resource,
    at.namespace,
    watchOptions(at, first.metadata.resourceVersion, cancel),
  );
  try {
    for await (const event of watch) {
      if (event.type === 'ERROR') throw watchFailure(event.object);
      if (event.type !== 'BOOKMARK') await session.out(printer.print(event.object, label(event.type)));
    }
  } finally {
    cancel.cancel();
  }
}

/** The same for `-o yaml`, `-o name` and the other formats that print whole objects. */
export async function watchObjects(
  session: Session,
  at: ListTarget | Info,
  print: ObjectPrinter,
): Promise<void> {
  const events = bool(session.args, 'output-watch-events');
  const shown = (type: string, object: unknown) => print(events ? { object, type } : object);
  if ('name' in at) await fetchInfo(session, at);
  const first = await session.client.list(at.resource, at.namespace, scope(at));
  if (!bool(session.args, 'watch-only')) {
    for (const item of first.items) await session.out(shown('ADDED', item));
  }
  const cancel = untilTimeout(session);
  const watch = session.client.watch(
    at.resource,
    at.namespace,
    watchOptions(at, first.metadata.resourceVersion, cancel),
  );
  try {
    for await (const event of watch) {
      if (event.type === 'ERROR') throw watchFailure(event.object);
      if (event.type !== 'BOOKMARK') await session.out(shown(event.type, event.object));
    }
  } finally {
    cancel.cancel();
  }
}

function watchOptions(
  at: ListTarget | Info,
  resourceVersion: string | undefined,
  cancel: Cancel,
): WatchOptions {
  return {
    ...scope(at),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    cancel,
  };
}

function watchFailure(object: unknown): Error {
  return new StatusError(object as Status);
}
