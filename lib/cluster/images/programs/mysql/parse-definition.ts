import type { Cursor } from './cursor';
import type { Change, Column, ColumnType, Key } from './syntax';

const TYPES: Readonly<Record<string, string>> = {
  INTEGER: 'int',
  BOOL: 'tinyint',
  BOOLEAN: 'tinyint',
  NUMERIC: 'decimal',
  DEC: 'decimal',
  REAL: 'double',
};
const KNOWN = new Set(
  'TINYINT SMALLINT MEDIUMINT INT BIGINT DECIMAL FLOAT DOUBLE CHAR VARCHAR TINYTEXT TEXT MEDIUMTEXT LONGTEXT BLOB LONGBLOB VARBINARY BINARY DATE DATETIME TIMESTAMP TIME YEAR JSON ENUM SET BIT'.split(
    ' ',
  ),
);

function parseType(from: Cursor): ColumnType {
  const word = from.here.text.toUpperCase();
  const name = TYPES[word] ?? word.toLowerCase();
  if (!KNOWN.has(name.toUpperCase())) throw from.wrong();
  from.next();
  let [length, scale, values]: [number | null, number | null, readonly string[]] = [
    word.startsWith('BOOL') ? 1 : null,
    null,
    [],
  ];
  if (from.takes('(')) {
    if (from.here.kind === 'string') values = from.list(() => from.text());
    else {
      length = from.number();
      if (from.takes(',')) scale = from.number();
    }
    from.needs(')');
  }
  if (name === 'decimal') [length, scale] = [length ?? 10, scale ?? 0];
  if (name === 'char') length ??= 1;
  const unsigned = from.takes('UNSIGNED');
  from.takes('ZEROFILL');
  return { name, length, scale, unsigned, values };
}

/** A column as declared; keys that it declares for itself go to `keys`. */
function parseColumn(from: Cursor, keys: Key[]): Column {
  const name = from.name();
  const type = parseType(from);
  let column: Column = {
    name,
    type,
    notNull: false,
    fallback: null,
    hasDefault: true,
    autoIncrement: false,
    updatesNow: false,
  };
  for (;;) {
    if (from.takes('NOT', 'NULL'))
      column = { ...column, notNull: true, hasDefault: column.fallback !== null };
    else if (from.takes('NULL')) column = { ...column, notNull: false };
    else if (from.takes('DEFAULT')) column = { ...column, ...fallback(from) };
    else if (from.takes('AUTO_INCREMENT')) column = { ...column, autoIncrement: true };
    else if (from.takes('ON', 'UPDATE')) {
      now(from);
      column = { ...column, updatesNow: true };
    } else if (from.takes('PRIMARY', 'KEY') || from.takes('PRIMARY')) {
      keys.push({ name: 'PRIMARY', unique: true, columns: [name] });
      column = { ...column, notNull: true, hasDefault: column.fallback !== null };
    } else if (from.takes('UNIQUE')) {
      from.takes('KEY');
      keys.push({ name, unique: true, columns: [name] });
    } else if (from.takes('COMMENT')) from.text();
    else if (from.takes('COLLATE')) from.name();
    else if (from.takes('CHARACTER', 'SET')) from.next();
    else if (from.takes('REFERENCES')) references(from);
    else return column;
  }
}

function fallback(from: Cursor): Pick<Column, 'fallback' | 'hasDefault'> {
  if (from.takes('NULL')) return { fallback: null, hasDefault: true };
  if (from.takes('TRUE')) return { fallback: 1, hasDefault: true };
  if (from.takes('FALSE')) return { fallback: 0, hasDefault: true };
  if (from.here.kind === 'string') return { fallback: from.text(), hasDefault: true };
  if (from.takes('-')) return { fallback: -from.number(), hasDefault: true };
  if (from.here.kind === 'number') return { fallback: from.number(), hasDefault: true };
  now(from);
  return { fallback: { now: true }, hasDefault: true };
}

function now(from: Cursor): void {
  if (!from.takes('CURRENT_TIMESTAMP') && !from.takes('NOW')) throw from.wrong();
  if (!from.takes('(')) return;
  if (from.here.kind === 'number') from.next();
  from.needs(')');
}

function references(from: Cursor): void {
  from.tableName();
  if (from.takes('(')) {
    from.list(() => from.name());
    from.needs(')');
  }
  while (from.takes('ON')) {
    from.next();
    if (!from.takes('SET', 'NULL') && !from.takes('CASCADE') && !from.takes('RESTRICT'))
      from.needs('NO', 'ACTION');
  }
}

const namesIn = (from: Cursor): readonly string[] => {
  from.needs('(');
  const names = from.list(() => {
    const name = from.name();
    if (from.takes('(')) {
      from.number();
      from.needs(')');
    }
    if (!from.takes('ASC')) from.takes('DESC');
    return name;
  });
  from.needs(')');
  return names;
};

function parseKey(from: Cursor): Key | 'foreign' | undefined {
  const named = from.takes('CONSTRAINT');
  const label = named && from.seesName() ? from.name() : undefined;
  if (from.takes('PRIMARY', 'KEY')) return { name: 'PRIMARY', unique: true, columns: namesIn(from) };
  if (from.takes('FOREIGN', 'KEY')) {
    if (from.seesName()) from.name();
    namesIn(from);
    from.needs('REFERENCES');
    references(from);
    return 'foreign';
  }
  const unique = from.takes('UNIQUE');
  const keyword = from.takes('KEY') || from.takes('INDEX');
  if (!unique && !keyword) {
    if (named) throw from.wrong();
    return undefined;
  }
  const name = from.seesName() ? from.name() : label;
  const columns = namesIn(from);
  return { name: name ?? columns[0] ?? '', unique, columns };
}

/** The columns and keys between the brackets of CREATE TABLE. */
export function parseDefinitions(from: Cursor): {
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
} {
  const keys: Key[] = [];
  const columns: Column[] = [];
  from.needs('(');
  from.list(() => {
    const key = parseKey(from);
    if (key === undefined) columns.push(parseColumn(from, keys));
    else if (key !== 'foreign') keys.push(key);
  });
  from.needs(')');
  // Engine, character set, comment: what is kept is the same.
  while (!from.ended() && !from.sees(';')) from.next();
  const primary = keys.find(({ name }) => name === 'PRIMARY')?.columns ?? [];
  return {
    columns: columns.map((column) =>
      primary.includes(column.name)
        ? { ...column, notNull: true, hasDefault: column.fallback !== null }
        : column,
    ),
    keys: keys.toSorted((a, b) => Number(b.name === 'PRIMARY') - Number(a.name === 'PRIMARY')),
  };
}

/** One change of ALTER TABLE. */
export function parseChange(from: Cursor): readonly Change[] {
  const keys: Key[] = [];
  const withKeys = (change: Change): readonly Change[] => [
    change,
    ...keys.map((key): Change => ({ kind: 'key', key })),
  ];
  if (from.takes('ADD')) {
    const key = parseKey(from);
    if (key === 'foreign') return [];
    if (key !== undefined) return [{ kind: 'key', key }];
    from.takes('COLUMN');
    const column = parseColumn(from, keys);
    if (from.takes('AFTER')) from.name();
    else from.takes('FIRST');
    return withKeys({ kind: 'add', column });
  }
  if (from.takes('DROP')) {
    from.takes('COLUMN');
    return [{ kind: 'drop', column: from.name() }];
  }
  if (from.takes('MODIFY')) {
    from.takes('COLUMN');
    const column = parseColumn(from, keys);
    return withKeys({ kind: 'modify', from: column.name, column });
  }
  if (from.takes('CHANGE')) {
    from.takes('COLUMN');
    const old = from.name();
    return withKeys({ kind: 'modify', from: old, column: parseColumn(from, keys) });
  }
  from.needs('RENAME');
  if (!from.takes('TO')) from.takes('AS');
  return [{ kind: 'rename', to: from.name() }];
}
