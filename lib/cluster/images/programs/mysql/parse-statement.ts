import { Cursor } from './cursor';
import { parseChange, parseDefinitions } from './parse-definition';
import { parseExpression } from './parse-expression';
import { parseLimit, parseSelect } from './parse-select';
import type { Expr, Statement } from './syntax';

/** One statement of SQL; what is none is refused as MySQL refuses it. */
export function parseStatement(sql: string): Statement {
  const from = new Cursor(sql, parseSelect);
  const start = from.here.at;
  const statement = read(from, start);
  from.end();
  return statement;
}

function read(from: Cursor, start: number): Statement {
  if (from.sees('SELECT')) return parseSelect(from);
  if (from.takes('USE')) return { kind: 'use', database: from.name() };
  if (from.takes('INSERT')) return insert(from, from.takes('IGNORE') ? 'ignore' : 'plain');
  if (from.takes('REPLACE')) return insert(from, 'replace');
  if (from.takes('UPDATE')) return update(from);
  if (from.takes('DELETE')) {
    from.needs('FROM');
    const name = from.tableName();
    const where = from.takes('WHERE') ? parseExpression(from) : null;
    return { kind: 'delete', name, where, limit: parseLimit(from).limit };
  }
  if (from.takes('CREATE')) return create(from);
  if (from.takes('DROP')) return drop(from);
  if (from.takes('TRUNCATE')) {
    from.takes('TABLE');
    return { kind: 'truncate', name: from.tableName() };
  }
  if (from.takes('ALTER')) return alter(from);
  if (from.takes('DESCRIBE') || from.takes('DESC') || from.takes('EXPLAIN'))
    return { kind: 'describe', name: from.tableName() };
  if (from.takes('SHOW')) return show(from);
  if (from.takes('BEGIN') || from.takes('START', 'TRANSACTION'))
    return { kind: 'transaction', what: 'begin' };
  if (from.takes('COMMIT')) return { kind: 'transaction', what: 'commit' };
  if (from.takes('ROLLBACK')) return { kind: 'transaction', what: 'rollback' };
  if (from.takes('GRANT')) return grant(from, false);
  if (from.takes('REVOKE')) return grant(from, true);
  if (from.takes('FLUSH') || from.takes('SET')) {
    if (from.ended()) throw from.wrong();
    while (!from.ended()) from.next();
    return { kind: 'nothing' };
  }
  throw from.wrong(start);
}

const ifExists = (from: Cursor): boolean => from.takes('IF', 'EXISTS');
const assignments = (from: Cursor) =>
  from.list(() => {
    const first = from.name();
    const column = from.takes('.') ? from.name() : first;
    from.needs('=');
    return { column, value: parseExpression(from) };
  });

function insert(from: Cursor, mode: 'plain' | 'ignore' | 'replace'): Statement {
  from.takes('INTO');
  const name = from.tableName();
  if (from.takes('SET')) {
    const set = assignments(from);
    return {
      kind: 'insert',
      name,
      mode,
      columns: set.map(({ column }) => column),
      rows: [set.map(({ value }) => value)],
      onDuplicate: onDuplicate(from),
    };
  }
  let columns: readonly string[] = [];
  if (from.takes('(')) {
    if (!from.sees(')')) columns = from.list(() => from.name());
    from.needs(')');
  }
  if (from.sees('SELECT'))
    return { kind: 'insert', name, mode, columns, rows: parseSelect(from), onDuplicate: onDuplicate(from) };
  if (!from.takes('VALUE')) from.needs('VALUES');
  const rows = from.list((): readonly Expr[] => {
    from.needs('(');
    const row = from.sees(')') ? [] : from.list(() => parseExpression(from));
    from.needs(')');
    return row;
  });
  return { kind: 'insert', name, mode, columns, rows, onDuplicate: onDuplicate(from) };
}

const onDuplicate = (from: Cursor) =>
  from.takes('ON', 'DUPLICATE', 'KEY', 'UPDATE') ? assignments(from) : [];

function update(from: Cursor): Statement {
  const name = from.tableName();
  from.needs('SET');
  const set = assignments(from);
  const where = from.takes('WHERE') ? parseExpression(from) : null;
  return { kind: 'update', name, set, where, limit: parseLimit(from).limit };
}

function create(from: Cursor): Statement {
  if (from.takes('DATABASE') || from.takes('SCHEMA')) {
    const quietly = from.takes('IF', 'NOT', 'EXISTS');
    const name = from.name();
    while (!from.ended() && !from.sees(';')) from.next();
    return { kind: 'create-database', name, quietly };
  }
  if (from.takes('USER')) return user(from, 'create', from.takes('IF', 'NOT', 'EXISTS'));
  const unique = from.takes('UNIQUE');
  if (from.takes('INDEX') || (unique && from.takes('KEY'))) {
    const name = from.name();
    from.needs('ON');
    const table = from.tableName();
    from.needs('(');
    const columns = from.list(() => from.name());
    from.needs(')');
    return { kind: 'alter-table', name: table, changes: [{ kind: 'key', key: { name, unique, columns } }] };
  }
  if (unique) throw from.wrong();
  from.takes('TEMPORARY');
  from.needs('TABLE');
  const quietly = from.takes('IF', 'NOT', 'EXISTS');
  const name = from.tableName();
  return { kind: 'create-table', name, quietly, ...parseDefinitions(from) };
}

function drop(from: Cursor): Statement {
  if (from.takes('DATABASE') || from.takes('SCHEMA')) {
    const quietly = ifExists(from);
    return { kind: 'drop-database', name: from.name(), quietly };
  }
  if (from.takes('USER')) {
    const quietly = ifExists(from);
    return { kind: 'user', what: 'drop', ...account(from), password: null, quietly };
  }
  from.needs('TABLE');
  const quietly = ifExists(from);
  return { kind: 'drop-table', names: from.list(() => from.tableName()), quietly };
}

function alter(from: Cursor): Statement {
  if (from.takes('USER')) return user(from, 'alter', ifExists(from));
  from.needs('TABLE');
  return { kind: 'alter-table', name: from.tableName(), changes: from.list(() => parseChange(from)).flat() };
}

/** 'app'@'%'. */
function account(from: Cursor): { readonly user: string; readonly host: string } {
  const one = () => (from.here.kind === 'string' ? from.text() : from.name());
  const name = one();
  // @host without quotes reads like a variable.
  if (from.here.kind === 'variable') return { user: name, host: from.next().text.slice(1) };
  return { user: name, host: from.takes('@') ? one() : '%' };
}

function user(from: Cursor, what: 'create' | 'alter', quietly: boolean): Statement {
  const who = account(from);
  let password: string | null = null;
  if (from.takes('IDENTIFIED')) {
    if (from.takes('WITH')) from.next();
    if (from.takes('BY')) password = from.text();
  }
  return { kind: 'user', what, ...who, password, quietly };
}

function grant(from: Cursor, revokes: boolean): Statement {
  const rights = from.list(() => {
    let right = from.next().text.toUpperCase();
    while (!from.sees('ON') && !from.sees(',') && from.here.kind === 'word')
      right += ` ${from.next().text.toUpperCase()}`;
    return right;
  });
  from.needs('ON');
  const database = from.takes('*') ? '*' : from.name();
  if (from.takes('.') && !from.takes('*')) from.name();
  from.needs(revokes ? 'FROM' : 'TO');
  const who = account(from);
  if (from.takes('IDENTIFIED', 'BY')) from.text();
  from.takes('WITH', 'GRANT', 'OPTION');
  return { kind: 'grant', revokes, rights, database, ...who };
}

const SHOWN = [
  ['DATABASES'],
  ['SCHEMAS'],
  ['TABLES'],
  ['COLUMNS'],
  ['FIELDS'],
  ['INDEX'],
  ['KEYS'],
  ['VARIABLES'],
  ['STATUS'],
  ['PROCESSLIST'],
  ['GRANTS'],
  ['WARNINGS'],
  ['ENGINES'],
  ['CREATE', 'TABLE'],
  ['CREATE', 'DATABASE'],
];

function show(from: Cursor): Statement {
  if (!from.takes('FULL') && !from.takes('GLOBAL')) from.takes('SESSION');
  const what = SHOWN.find((words) => from.takes(...words))?.join(' ');
  if (what === undefined) throw from.wrong();
  let of = null;
  if (what.startsWith('CREATE')) of = from.tableName();
  else if (what === 'GRANTS') {
    if (from.takes('FOR')) of = { database: null, table: account(from).user };
  } else if (from.takes('FROM') || from.takes('IN')) {
    of = from.tableName();
    if (from.takes('FROM') || from.takes('IN')) of = { ...of, database: from.name() };
  }
  let like = null;
  if (from.takes('LIKE')) like = from.text();
  else if (from.takes('WHERE')) {
    from.name();
    if (!from.takes('=')) from.needs('LIKE');
    like = from.text();
  }
  return { kind: 'show', what, of, like };
}
