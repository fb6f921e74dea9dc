import type { Cursor } from './cursor';
import { parseExpression } from './parse-expression';
import type { Expr, Select, Source } from './syntax';

/** SELECT and all that belongs to it. */
export function parseSelect(from: Cursor): Select {
  from.needs('SELECT');
  const distinct = from.takes('DISTINCT');
  const fields = from.list(() => field(from));
  const sources = from.takes('FROM') && !from.takes('DUAL') ? parseSources(from) : [];
  const where = from.takes('WHERE') ? parseExpression(from) : null;
  const groupBy = from.takes('GROUP', 'BY') ? from.list(() => parseExpression(from)) : [];
  const having = from.takes('HAVING') ? parseExpression(from) : null;
  const orderBy = from.takes('ORDER', 'BY')
    ? from.list(() => {
        const expr = parseExpression(from);
        const descending = from.takes('DESC');
        if (!descending) from.takes('ASC');
        return { expr, descending };
      })
    : [];
  const { limit, offset } = parseLimit(from);
  from.takes('FOR', 'UPDATE');
  return { kind: 'select', distinct, fields, from: sources, where, groupBy, having, orderBy, limit, offset };
}

function field(from: Cursor): { readonly expr: Expr; readonly name: string } {
  const { at } = from.here;
  if (from.takes('*')) return { expr: { kind: 'star', table: null }, name: '*' };
  const expr = parseExpression(from);
  const written = from.sql.slice(at, from.behind);
  if (from.takes('AS')) return { expr, name: from.here.kind === 'string' ? from.text() : from.name() };
  if (from.here.kind === 'string') return { expr, name: from.text() };
  if (from.seesName()) return { expr, name: from.name() };
  if (expr.kind === 'column') return { expr, name: expr.name };
  return { expr, name: expr.kind === 'value' && typeof expr.value === 'string' ? expr.value : written };
}

/** The tables of a FROM, and how each is joined to those before it. */
function parseSources(from: Cursor): readonly Source[] {
  const all: Source[] = [source(from, 'inner')];
  for (;;) {
    if (from.takes(',')) {
      all.push(source(from, 'inner'));
      continue;
    }
    const side = from.takes('LEFT') ? 'left' : from.takes('RIGHT') ? 'right' : undefined;
    if (side !== undefined) from.takes('OUTER');
    else if (!from.takes('INNER')) from.takes('CROSS');
    if (!from.takes('JOIN')) {
      if (side !== undefined) throw from.wrong();
      return all;
    }
    const joined = source(from, side ?? 'inner');
    if (from.takes('ON')) all.push({ ...joined, on: parseExpression(from) });
    else if (from.takes('USING', '(')) {
      const name = from.name();
      from.needs(')');
      const left = all.at(-1)?.alias ?? '';
      const column = (table: string): Expr => ({ kind: 'column', table, name });
      all.push({
        ...joined,
        on: { kind: 'binary', op: '=', left: column(left), right: column(joined.alias) },
      });
    } else all.push(joined);
  }
}

function source(from: Cursor, join: Source['join']): Source {
  if (from.takes('(')) {
    const query = parseSelect(from);
    from.needs(')');
    from.takes('AS');
    return { from: query, alias: from.name(), join, on: null };
  }
  const table = from.tableName();
  const alias = from.takes('AS') || from.seesName() ? from.name() : table.table;
  return { from: table, alias, join, on: null };
}

/** LIMIT and OFFSET. */
export function parseLimit(from: Cursor): { readonly limit: number | null; readonly offset: number } {
  if (!from.takes('LIMIT')) return { limit: null, offset: 0 };
  const first = from.number();
  if (from.takes(',')) return { limit: from.number(), offset: first };
  return { limit: first, offset: from.takes('OFFSET') ? from.number() : 0 };
}
