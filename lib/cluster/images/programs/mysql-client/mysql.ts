import type { Executable, ExecutableInput, ExecutableStep, ExecutableWorld } from '../../../../api';
import { isOld, type Result, statementsOf } from '../mysql';
import { ask, printed, versionLine } from './connect';
import { framed, summary, tabbed, vertical } from './format';
import { type ClientOptions, readOptions } from './options';

type Session = {
  readonly options: ClientOptions;
  readonly database: string | null;
  /** Its number at the server; 0 until it is connected. */
  readonly id: number;
  /** What of a statement has been typed so far. */
  readonly typed: string;
  /** Everything that came from a pipe so far. */
  readonly piped: string | null;
  readonly version: string;
};

const WARNING = '[Warning] Using a password on the command line interface can be insecure.\n';
const COPYRIGHT = `Copyright (c) 2000, 2025, Oracle and/or its affiliates.

Oracle is a registered trademark of Oracle Corporation and/or its
affiliates. Other names may be trademarks of their respective
owners.

Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.

`;

const exit = (code: number, out = '', err = '', afterMs = 0): ExecutableStep => ({
  state: null,
  out,
  err,
  afterMs,
  next: { kind: 'exit', code },
});

/** mysql, the client. */
export const mysqlClient: Executable = {
  step(held, input, world) {
    if (input.kind === 'start') return start(world);
    return goOn(held as unknown as Session, input, world);
  },
};

function start(world: ExecutableWorld): ExecutableStep {
  const options = readOptions('mysql', world.argv.slice(1), world.env, 'root');
  if (typeof options === 'string') return exit(2, '', options);
  if (options.version) return exit(0, versionLine('mysql', world));
  const session: Session = {
    options,
    database: options.database ?? options.words[0] ?? null,
    id: 0,
    typed: '',
    piped: null,
    version: '',
  };
  const err = options.warns ? `mysql: ${WARNING}` : '';
  if (options.asks)
    return { state: session, err, next: { kind: 'read', prompt: 'Enter password: ', hidden: true } };
  // The warning comes before all else.
  return err === '' ? connect(session, world) : { state: session, err, next: { kind: 'wait', ms: 0 } };
}

function connect(session: Session, world: ExecutableWorld): ExecutableStep {
  const { options, database } = session;
  const answer = ask(world, options, { op: 'connect', database });
  if ('refusal' in answer) return exit(1, '', printed(answer.refusal), answer.ms);
  const version = String(answer.body.version);
  const connected: Session = { ...session, id: Number(answer.body.id), version };
  if (options.execute !== null) return runAll(connected, options.execute, world, answer.ms);
  if (!world.terminal)
    return { state: { ...connected, piped: '' }, afterMs: answer.ms, next: { kind: 'read', prompt: '' } };
  const license = isOld(version) ? 'MySQL Community Server (GPL)' : 'MySQL Community Server - GPL';
  const out = `Welcome to the MySQL monitor.  Commands end with ; or \\g.\nYour MySQL connection id is ${connected.id}\nServer version: ${version} ${license}\n\n${COPYRIGHT}`;
  return prompt(connected, options.silent ? '' : out, '', answer.ms);
}

function goOn(session: Session, input: ExecutableInput, world: ExecutableWorld): ExecutableStep {
  if (session.id === 0) {
    if (input.kind === 'interrupt') return exit(1, '\n');
    const password = input.kind === 'line' ? input.text : session.options.password;
    return connect({ ...session, options: { ...session.options, password, asks: false } }, world);
  }
  switch (input.kind) {
    case 'line':
      return session.piped === null
        ? line(session, input.text, world)
        : {
            state: { ...session, piped: `${session.piped}${input.text}\n` },
            next: { kind: 'read', prompt: '' },
          };
    case 'interrupt':
      return prompt({ ...session, typed: '' }, '^C\n', '', 0);
    case 'end':
      return session.piped === null ? leave(session, world) : runAll(session, session.piped, world, 0);
    default:
      return prompt(session, '', '', 0);
  }
}

function leave(session: Session, world: ExecutableWorld): ExecutableStep {
  ask(world, session.options, { op: 'quit', id: session.id });
  return exit(0, 'Bye\n');
}

function prompt(session: Session, out: string, err: string, ms: number): ExecutableStep {
  const { typed } = session;
  const open = openQuote(typed);
  const shown = typed === '' ? 'mysql> ' : open === undefined ? '    -> ' : `    ${open}> `;
  return { state: session, out, err, afterMs: ms, next: { kind: 'read', prompt: shown } };
}

/** The quote that a text leaves open. */
function openQuote(text: string): string | undefined {
  let open: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\') at += 1;
    else if (open !== undefined) open = char === open ? undefined : open;
    else if (char === "'" || char === '"' || char === '`') open = char;
  }
  return open;
}

const COMMANDS = /^\s*(?:(use)\s+(\S+?)|(exit|quit|\\q)|(help|\\h|\?)|(status|\\s)|(clear|\\c))\s*;?\s*$/i;

function line(session: Session, text: string, world: ExecutableWorld): ExecutableStep {
  if (session.typed === '') {
    const command = COMMANDS.exec(text);
    if (command?.[3] !== undefined) return leave(session, world);
    if (command?.[4] !== undefined) return prompt(session, HELP, '', 0);
    if (command?.[5] !== undefined) return prompt(session, status(session), '', 0);
    if (command?.[6] !== undefined) return prompt(session, '', '', 0);
    if (command?.[1] !== undefined)
      return statement(session, `USE \`${command[2]?.replaceAll('`', '')}\``, world, false);
    if (text.trim() === '') return prompt(session, '', '', 0);
  }
  const typed = session.typed === '' ? text : `${session.typed}\n${text}`;
  if (openQuote(typed) !== undefined) return prompt({ ...session, typed }, '', '', 0);
  if (/\\c\s*$/.test(typed)) return prompt({ ...session, typed: '' }, '', '', 0);
  const ended = /^([\s\S]*?)(;|\\g|\\G)\s*$/.exec(typed);
  if (ended === null) return prompt({ ...session, typed }, '', '', 0);
  const all = statementsOf(ended[1] ?? '');
  const ready: Session = { ...session, typed: '' };
  if (all.length === 0) return prompt(ready, '', 'ERROR: \nNo query specified\n\n', 0);
  let step = prompt(ready, '', '', 0);
  let [out, err, ms] = ['', '', 0];
  for (const { sql } of all) {
    step = statement(step.state as unknown as Session, sql, world, ended[2] === '\\G');
    out += step.out ?? '';
    err += step.err ?? '';
    ms += step.afterMs ?? 0;
    if (step.err) break;
  }
  return { ...step, out, err, afterMs: ms };
}

/** One statement of a person. */
function statement(
  session: Session,
  sql: string,
  world: ExecutableWorld,
  isVertical: boolean,
): ExecutableStep {
  const answer = ask(world, session.options, {
    op: 'query',
    id: session.id,
    database: session.database,
    sql,
  });
  if ('refusal' in answer) {
    const lost = answer.refusal.code >= 2000 && answer.refusal.code < 2100;
    const text = lost
      ? `ERROR 2013 (HY000): Lost connection to MySQL server during query\n`
      : printed(answer.refusal);
    return prompt(session, '', text, answer.ms);
  }
  const result = answer.body.result as unknown as Result;
  if (result.database !== undefined) {
    const noted = session.options.rehash && answer.body.hasTables === true ? REHASH : '';
    return prompt({ ...session, database: result.database }, `${noted}Database changed\n`, '', answer.ms);
  }
  const { columns, rows } = result;
  const body =
    columns === undefined || rows === undefined || rows.length === 0
      ? ''
      : isVertical || session.options.vertical
        ? vertical({ columns, rows })
        : framed({ columns, rows }, session.options.headings);
  return prompt(session, body + summary(result, answer.ms / 1000), '', answer.ms);
}

const REHASH =
  'Reading table information for completion of table and column names\nYou can turn off this feature to get a quicker startup with -A\n\n';

/** The statements of -e or of a pipe: the first that fails ends it. */
function runAll(first: Session, text: string, world: ExecutableWorld, connectedMs: number): ExecutableStep {
  let session = first;
  let [out, err, ms, code] = ['', '', connectedMs, 0];
  const { options } = session;
  const isVerticalText = /\\G\s*;?\s*$/.test(text);
  for (const { sql, line: at } of statementsOf(text.replace(/\\[gG]/g, ';'))) {
    const answer = ask(world, options, { op: 'query', id: session.id, database: session.database, sql });
    ms += answer.ms;
    if ('refusal' in answer) {
      err += printed(answer.refusal, at);
      code = 1;
      if (options.force) continue;
      break;
    }
    const result = answer.body.result as unknown as Result;
    session = { ...session, database: result.database ?? session.database };
    const { columns, rows } = result;
    if (columns === undefined || rows === undefined || rows.length === 0) continue;
    const framedOut = options.table || (world.terminal && !options.batch && !options.silent);
    if (options.vertical || isVerticalText) out += vertical({ columns, rows });
    else
      out += framedOut
        ? framed({ columns, rows }, options.headings)
        : tabbed({ columns, rows }, options.headings && !(options.silent && options.batch));
  }
  ask(world, options, { op: 'quit', id: session.id });
  return exit(code, out, err, ms);
}

function status({ options, database, id, version }: Session): string {
  return `--------------\nmysql  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n\nConnection id:\t\t${id}\nCurrent database:\t${database ?? ''}\nCurrent user:\t\t${options.user}@${options.host}\nServer version:\t\t${version} MySQL Community Server - GPL\n--------------\n\n`;
}

const HELP = `
List of all MySQL commands:
Note that all text commands must be first on line and end with ';'
clear     (\\c) Clear the current input statement.
exit      (\\q) Exit mysql. Same as quit.
help      (\\h) Display this help.
quit      (\\q) Quit mysql.
status    (\\s) Get status information from the server.
use       (\\u) Use another database. Takes database name as argument.

For server side help, type 'help contents'

`;
