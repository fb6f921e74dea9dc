import { type Document, documentIn, documentsIn, isDocument, isoDate } from '../mongo/bson';
import { inspect } from './inspect';
import { ScriptError } from './native-members';
import { type Session, warnOnce } from './session';
import { Text } from './text';
import { fromWire, Host, isPlain, Special, toWire } from './values';

/** What the old shell shows of a secondary's delay, and rs.printSecondaryReplicationInfo(). */
export function secondaryInfo(session: Session): Text {
  const status = session.connection.run('admin', { replSetGetStatus: 1 }, 'any');
  const members = documentsIn(status, 'members');
  const time = (member: Document | undefined): number => {
    const date = fromWire(member?.optimeDate ?? isoDate(0));
    return date instanceof Special ? Number(date.text) : 0;
  };
  const primary = members.find(({ state }) => state === 1);
  const newest = primary ?? members.toSorted((a, b) => time(b) - time(a))[0];
  const sections = members
    .filter(({ state }) => state !== 1 && state !== 7)
    .map((member) => {
      const title = `source: ${String(member.name)}`;
      if (member.health === 0 || member.optime === undefined)
        return [title, { 'no replication info, yet.  State': member.stateStr }] as const;
      const ago = (time(newest) - time(member)) / 1000;
      const behind =
        primary === undefined ? 'freshest member (no primary available at the moment)' : 'primary ';
      return [
        title,
        {
          syncedTo: longDate(time(member)),
          replLag: `${Math.round(ago)} secs (${Math.round(ago / 36) / 100} hrs) behind the ${behind}`,
        },
      ] as const;
    });
  return new Text(sections.map(([title, about]) => `${title}\n${inspect(about)}`).join('\n---\n'));
}

function longDate(ms: number): string {
  return new Special('date', String(ms)).shown.replace(/^ISODate\('(.*)'\)$/, '$1');
}

/** rs: what one does to a replica set. */
export class ReplicaSet extends Host {
  readonly #session: Session;
  constructor(session: Session) {
    super();
    this.#session = session;
  }

  get shown(): string {
    return `ReplicaSet class connected to ${this.#session.connection.options.shown} via db ${this.#session.db}`;
  }

  member(name: string): unknown {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    return method === undefined ? undefined : (...args: readonly unknown[]) => method(this.#session, ...args);
  }
}

type Method = (session: Session, ...args: readonly unknown[]) => unknown;

/** The old shell gives the server's refusal back as a value. */
function admin(session: Session, command: Document): unknown {
  const { connection, legacy } = session;
  return fromWire(legacy ? connection.runRaw('admin', command) : connection.run('admin', command));
}

function configOf({ connection }: Session): Document {
  return documentIn(connection.run('admin', { replSetGetConfig: 1 }), 'config');
}

const initiate: Method = (session, config) =>
  admin(session, { replSetInitiate: config === undefined ? {} : toWire(config) });

function reconfig(session: Session, config: unknown, options: unknown): unknown {
  if (!isPlain(config))
    throw new ScriptError(
      'MongoshInvalidInputError',
      config === undefined
        ? '[COMMON-10001] Missing required argument at position 0 (ReplicaSet.reconfig)'
        : `[COMMON-10001] Argument at position 0 must be of type object, got ${typeof config} instead (ReplicaSet.reconfig)`,
    );
  const version = Number(configOf(session).version ?? 0) + 1;
  const more = toWire(options ?? {});
  const given = toWire(config);
  return admin(session, {
    replSetReconfig: { ...(isDocument(given) ? given : {}), version },
    ...(isDocument(more) ? more : {}),
  });
}

function add(session: Session, host: unknown, arbiter: unknown): unknown {
  if (host === undefined)
    throw new ScriptError(
      'MongoshInvalidInputError',
      '[COMMON-10001] Missing required argument at position 0 (ReplicaSet.add)',
    );
  const config = configOf(session);
  const members = documentsIn(config, 'members');
  const next = Math.max(...members.map(({ _id }) => Number(_id))) + 1;
  const given = toWire(host);
  const member: Document = isDocument(given)
    ? { ...(given._id === undefined || given._id === null ? { _id: next } : {}), ...given }
    : { _id: next, host: given, ...(arbiter === true ? { arbiterOnly: true } : {}) };
  return admin(session, {
    replSetReconfig: { ...config, version: Number(config.version ?? 0) + 1, members: [...members, member] },
  });
}

function remove(session: Session, host: unknown): unknown {
  const config = configOf(session);
  const members = documentsIn(config, 'members');
  if (!members.some((member) => member.host === host))
    throw new ScriptError(
      session.legacy ? 'Error' : 'MongoshInvalidInputError',
      `${session.legacy ? 'error: couldn' : '[COMMON-10001] Couldn'}'t find ${String(host)} in ${JSON.stringify(members)}. Is ${String(host)} a member of this replset?`,
    );
  return admin(session, {
    replSetReconfig: {
      ...config,
      version: Number(config.version ?? 0) + 1,
      members: members.filter((member) => member.host !== host),
    },
  });
}

function stepDown(session: Session, seconds: unknown, catchUp: unknown): unknown {
  return admin(session, {
    replSetStepDown: typeof seconds === 'number' ? seconds : 60,
    ...(typeof catchUp === 'number' ? { secondaryCatchUpPeriodSecs: catchUp } : {}),
  });
}

/** Lets reads go to a secondary; mongosh only sets its read preference. */
export function secondaryOk(session: Session): void {
  const { connection, legacy } = session;
  if (legacy) {
    connection.readPreference = 'secondaryPreferred';
    return;
  }
  warnOnce(session, '.setSecondaryOk() is deprecated. Use .setReadPref("primaryPreferred") instead');
  if (connection.readPreference === 'primary') {
    session.print('Setting read preference from "primary" to "primaryPreferred"');
    connection.readPreference = 'primaryPreferred';
  } else session.print(`Leaving read preference unchanged (is already "${connection.readPreference}")`);
}

const slaveOk: Method = (session) => {
  if (!session.legacy)
    throw new ScriptError(
      'MongoshDeprecatedError',
      '[COMMON-10003] Setting slaveOk is deprecated, use setReadPref instead.',
    );
  session.print(
    'WARNING: slaveOk() is deprecated and may be removed in the next major release. Please use secondaryOk() instead.',
  );
  secondaryOk(session);
};

const conf: Method = (session) => fromWire(configOf(session));

const METHODS: Readonly<Record<string, Method>> = {
  initiate,
  reconfig,
  add,
  remove,
  stepDown,
  slaveOk,
  secondaryOk,
  conf,
  config: conf,
  addArb: (session, host) => add(session, host, true),
  status: (session) => admin(session, { replSetGetStatus: 1 }),
  hello: (session) => fromWire(session.connection.run('admin', { hello: 1 })),
  isMaster: (session) => fromWire(session.connection.run('admin', { isMaster: 1 })),
  freeze: (session, seconds) => admin(session, { replSetFreeze: toWire(seconds) }),
  syncFrom: (session, host) => admin(session, { replSetSyncFrom: toWire(host) }),
  printSecondaryReplicationInfo: secondaryInfo,
  printSlaveReplicationInfo: secondaryInfo,
};
