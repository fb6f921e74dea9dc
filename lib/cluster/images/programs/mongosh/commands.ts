import { collectionNames, databases } from './database';
import { ScriptError } from './native-members';
import type { Session } from './session';
import { shownBytes, Text, textTable } from './text';
import { fromWire, type Host } from './values';

/** Somebody leaves the shell. */
export class Leave extends Error {
  override name = 'Leave';
  readonly code: number;
  constructor(code: number) {
    super('leave');
    this.code = code;
  }
}

const invalid = (text: string): ScriptError =>
  new ScriptError('MongoshInvalidInputError', `[COMMON-10001] ${text}`);

/** use. */
export function useDatabase(session: Session, name: unknown): Text {
  if (typeof name !== 'string' || name === '')
    throw session.legacy
      ? new ScriptError('Error', 'bad or missing database name')
      : invalid(
          name === '' ? 'Invalid database name: ' : 'Missing required argument at position 0 (Mongo.use)',
        );
  if (/[/\\. "$*<>:|?]/.test(name))
    throw session.legacy
      ? new ScriptError('Error', `[${name}] is not a valid database name`)
      : invalid(`Invalid database name: ${name}`);
  const same = session.db === name;
  session.db = name;
  return new Text(same && !session.legacy ? `already on db ${name}` : `switched to db ${name}`);
}

function show(session: Session, what: string | undefined): unknown {
  switch (what) {
    case 'dbs':
    case 'databases':
      return new Text(databaseTable(session));
    case 'collections':
    case 'tables':
      return new Text(collectionNames({ session, db: session.db }).join('\n'));
    case 'users':
      return fromWire(session.connection.run(session.db, { usersInfo: 1 }, 'read').users ?? []);
    case 'profile':
      return new Text(
        "db.system.profile is empty.\nUse db.setProfilingLevel(2) will enable profiling.\nUse db.getCollection('system.profile').find() to show raw profile entries.",
      );
    case 'logs':
      return ['global', 'startupWarnings'];
    default:
      if (session.legacy) throw new ScriptError('Error', `don't know how to show [${what ?? ''}]`);
      throw what === undefined
        ? invalid('Missing required argument at position 0 (Mongo.show)')
        : invalid(`'${what}' is not a valid argument for "show".`);
  }
}

function databaseTable(session: Session): string {
  const sizes = databases(session).map(({ name, sizeOnDisk }) => [String(name), Number(sizeOnDisk)] as const);
  if (!session.legacy)
    return textTable(
      sizes.map(([name, size]) => [name, shownBytes(size)]),
      [1],
    );
  const width = Math.max(...sizes.map(([name]) => name.length));
  return sizes
    .map(([name, size]) => `${name.padEnd(width)}  ${(size / 1024 / 1024 / 1024).toFixed(3)}GB`)
    .join('\n');
}

/** A word that mongosh takes as a command of its own when a line begins with it. */
export function directCommand(session: Session, line: string): { readonly value: unknown } | undefined {
  const [verb = '', ...rest] = line.trim().replace(/;$/, '').split(/\s+/);
  switch (verb) {
    case 'use':
      return { value: useDatabase(session, rest[0]) };
    case 'show':
      return { value: show(session, rest[0]) };
    case 'exit':
    case 'quit':
    case '.exit':
      throw new Leave(Number(rest[0] ?? 0) || 0);
    case 'help':
      return rest.length === 0 ? { value: new Text(session.legacy ? LEGACY_HELP : helpText()) } : undefined;
    case 'it':
      return { value: IT };
    case 'cls':
      return { value: new Text('\u001b[H\u001b[2J') };
    default:
      return undefined;
  }
}

/** What "it" comes to: the next of the cursor that was shown last. */
export const IT: Host = new Text('it');

const HELP: readonly (readonly [string, string])[] = [
  ['use', 'Set current database'],
  [
    'show',
    "'show databases'/'show dbs': Print a list of all available databases\n'show collections'/'show tables': Print a list of all collections for current database\n'show profile': Prints system.profile information\n'show users': Print a list of all users for current database\n'show roles': Print a list of all roles for current database\n'show log <name>': Display log for current connection, if name is not set uses 'global'\n'show logs': Print all logger names.",
  ],
  ['exit', 'Quit the MongoDB shell with exit/exit()/.exit'],
  ['quit', 'Quit the MongoDB shell with quit/quit()'],
  ['it', 'result of the last line evaluated; use to further iterate'],
  ['version', 'Shell version'],
  ['load', 'Loads and runs a JavaScript file into the current shell environment'],
  ['sleep', 'Sleep for the specified number of milliseconds'],
  ['print', 'Prints the contents of an object to the output'],
  ['printjson', 'Alias for print()'],
];
const HELP_COLUMN = 47;

function helpText(): string {
  const lines = HELP.map(([name, about]) => {
    const [first = '', ...more] = about.split('\n');
    return [
      `    ${name}`.padEnd(HELP_COLUMN) + first,
      ...more.map((line) => ' '.repeat(HELP_COLUMN) + line),
    ].join('\n');
  });
  return `\n  Shell Help:\n\n${lines.join('\n')}\n\n  For more information on usage: https://mongodb.com/docs/manual/reference/method`;
}

const LEGACY_HELP = [
  'db.help()                    help on db methods',
  'db.mycoll.help()             help on collection methods',
  'rs.help()                    replica set helpers',
  'show dbs                     show database names',
  'show collections             show collections in current database',
  'use <db_name>                set current database',
  'db.mycoll.find()             list objects in collection mycoll',
  'it                           result of the last line evaluated; use to further iterate',
  'exit                         quit the mongo shell',
]
  .map((line) => `\t${line}`)
  .join('\n');
