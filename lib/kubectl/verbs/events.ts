import type { Event, Status } from '../../api';
import { StatusError } from '../../api';
import { alignTabs, goSort, parseTime } from '../../base';
import { ageOf, intervalText } from '../describe';
import { bool, list, text } from '../flags';
import { eventsManual } from '../manual';
import { type ObjectPrinter, objectPrinter, TABLE_TABS } from '../printers';
import { findResource, otherMeanings } from '../resources';
import { type Command, type ParsedArgs, UsageError } from '../seams';
import { fail, openSession, type Session } from '../session';
import { untilTimeout } from '../waiting';
import { typedEvent, typedEventList } from './typed-events';

const EVENTS = { group: '', version: 'v1', resource: 'events' };

/** `kubectl events`. */
export const events: Command<ParsedArgs> = {
  ...eventsManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    for (const type of list(args, 'types')) {
      if (!/^(normal|warning)$/i.test(type)) throw fail('valid --types are Normal or Warning');
    }
    const namespace = bool(args, 'all-namespaces') ? '' : session.namespace;
    const fieldSelector = await forSelector(session);
    const options = fieldSelector === '' ? {} : { fieldSelector };
    const found = await session.client.list(EVENTS, namespace, options);
    const wanted = (found.items as unknown as readonly Event[]).filter((event) => matchesType(args, event));
    if (bool(args, 'watch'))
      return watchEvents(session, namespace, options, wanted, found.metadata.resourceVersion);
    if (wanted.length === 0) {
      await session.err(
        namespace === '' ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`,
      );
      return 0;
    }
    if (text(args, 'output') !== '') {
      await session.out(printer(session)(typedEventList(sorted(wanted))));
      return 0;
    }
    await session.out(table(session, sorted(wanted), !bool(args, 'no-headers'), undefined));
    return 0;
  },
};

function matchesType(args: ParsedArgs, event: Event): boolean {
  const types = list(args, 'types').map((each) => each.toLowerCase());
  return types.length === 0 || types.includes((event.type ?? '').toLowerCase());
}

async function forSelector(session: Session): Promise<string> {
  const about = text(session.args, 'for');
  if (about === '') return '';
  const [type = '', name = '', ...more] = about.split('/');
  if (name === '' || more.length > 0) throw fail('--for must be in resource/name form');
  const known = await session.resources(2);
  await session.warn(otherMeanings(known, type));
  const resource = findResource(known, type);
  if (!resource) throw new UsageError(`the server doesn't have a resource type "${type}"`, true);
  const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  return `involvedObject.apiVersion=${apiVersion},involvedObject.kind=${resource.kind},involvedObject.name=${name}`;
}

const timeOf = (event: Event): number =>
  parseTime(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? '') ?? 0;

const sorted = (all: readonly Event[]) => goSort(all, (a, b) => timeOf(a) < timeOf(b));

/** Prints what was decoded. Go's printer of names takes no such list, and nobody hears of it. */
function printer(session: Session): ObjectPrinter {
  const print = objectPrinter(session, { ordered: true });
  const isNames = text(session.args, 'output').toLowerCase() === 'name';
  return (object) => (isNames && 'items' in (object as object) ? '' : print(object));
}

function table(
  session: Session,
  all: readonly Event[],
  headers: boolean,
  widths: number[] | undefined,
): string {
  const wide = bool(session.args, 'all-namespaces');
  const now = session.env.timer.now();
  const head = [...(wide ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  const rows = all.map((event) => {
    const seen =
      event.series || (event.count ?? 0) > 1
        ? intervalText(event, now)
        : ageOf(event.eventTime ?? event.firstTimestamp, now);
    const about = `${event.involvedObject?.kind ?? ''}/${event.involvedObject?.name ?? ''}`;
    return [
      ...(wide ? [event.metadata.namespace ?? ''] : []),
      seen,
      event.type ?? '',
      event.reason ?? '',
      about,
      (event.message ?? '').trim(),
    ];
  });
  const lines = headers ? [head, ...rows] : rows;
  return alignTabs(lines.map((line) => `${line.join('\t')}\n`).join(''), TABLE_TABS, widths);
}

async function watchEvents(
  session: Session,
  namespace: string,
  options: { readonly fieldSelector?: string },
  first: readonly Event[],
  resourceVersion: string,
): Promise<number> {
  const widths: number[] = [];
  let headed = bool(session.args, 'no-headers');
  const print = text(session.args, 'output') === '' ? undefined : printer(session);
  const show = async (all: readonly Event[]) => {
    if (all.length === 0) return;
    if (print) {
      for (const event of all) await session.out(print(typedEvent(event)));
      return;
    }
    await session.out(table(session, all, !headed, widths));
    headed = true;
  };
  // A watch begins with what there is, one by one and in the order of names.
  for (const event of first) await show([event]);
  const cancel = untilTimeout(session);
  const watch = session.client.watch(EVENTS, namespace, { ...options, resourceVersion, cancel });
  try {
    for await (const { type, object } of watch) {
      if (type === 'ERROR') throw new StatusError(object as unknown as Status);
      const event = object as unknown as Event;
      if (type !== 'BOOKMARK' && type !== 'DELETED' && matchesType(session.args, event)) await show([event]);
    }
  } finally {
    cancel.cancel();
  }
  return 0;
}
