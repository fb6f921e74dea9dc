import type { Random } from '../../../../base';
import { MysqlFailure, unknownColumn } from './failure';
import { type Aggregate, callFunction, isAggregate } from './functions';
import type { Connection, Databases } from './state';
import type { Expr, Select } from './syntax';
import { compare, exactly, likePattern, numberOf, scaleOf, textOf, type Value } from './values';

/** A table's row under the name that it goes by. */
export interface Bound {
  readonly alias: string;
  readonly columns: readonly string[];
  readonly values: readonly Value[];
}
/** What names in an expression stand for. */
export interface Scope {
  readonly tables: readonly Bound[];
  /** Names of the select list, for HAVING and ORDER BY. */
  readonly names?: ReadonlyMap<string, Value> | undefined;
  /** The rows of a group, for aggregates. */
  readonly group?: readonly Scope[] | undefined;
  readonly outer?: Scope | undefined;
  /** What VALUES(column) means. */
  readonly inserted?: ReadonlyMap<string, Value> | undefined;
}
/** What a statement works with. */
export interface Session {
  readonly databases: Databases;
  readonly connection: Connection;
  readonly version: string;
  readonly hostname: string;
  readonly port: number;
  readonly now: number;
  readonly random: Random;
  /** Virtual ms that SLEEP() has taken so far. */
  readonly slept: { ms: number };
  readonly lastId: number;
  query(select: Select, outer: Scope): { readonly rows: readonly (readonly Value[])[] };
}

/** What an expression comes to. */
export function evaluate(expr: Expr, scope: Scope, session: Session, clause: string): Value {
  const at = (each: Expr): Value => evaluate(each, scope, session, clause);
  switch (expr.kind) {
    case 'value':
      return expr.value;
    case 'column':
      return lookUp(expr.table, expr.name, scope, clause);
    case 'variable':
      return variable(expr.name, session);
    case 'call':
      return isAggregate(expr.name)
        ? aggregate(expr, scope, session, clause)
        : callFunction(expr.name, expr.args, { at, scope, session });
    case 'unary': {
      const value = at(expr.operand);
      if (value === null) return null;
      if (expr.op === 'NOT') return numberOf(value) === 0 ? 1 : 0;
      const scale = scaleOf(value);
      return scale === undefined ? -numberOf(value) : exactly(-numberOf(value), scale);
    }
    case 'binary':
      return binary(expr.op, expr.left, expr.right, at, session.now);
    case 'between': {
      const value = at(expr.operand);
      const [low, high] = [compare(value, at(expr.low)), compare(value, at(expr.high))];
      return low === null || high === null ? null : Number(low >= 0 && high <= 0);
    }
    case 'in': {
      const value = at(expr.operand);
      const list =
        'kind' in expr.list
          ? session.query(expr.list, scope).rows.map(([first]) => first ?? null)
          : expr.list.map(at);
      const found = list.map((each) => compare(value, each));
      return found.includes(0) ? 1 : found.includes(null) ? null : 0;
    }
    case 'null':
      return Number(at(expr.operand) === null);
    case 'case': {
      const when = expr.whens.find(([test]) =>
        expr.subject === null ? isTrue(at(test)) : compare(at(expr.subject), at(test)) === 0,
      );
      return when === undefined ? (expr.otherwise === null ? null : at(expr.otherwise)) : at(when[1]);
    }
    case 'query': {
      const { rows } = session.query(expr.query, scope);
      if (expr.exists) return Number(rows.length > 0);
      if (rows.length > 1) throw new MysqlFailure(1242, '21000', 'Subquery returns more than 1 row');
      return rows[0]?.[0] ?? null;
    }
    default:
      throw new MysqlFailure(1111, 'HY000', 'Invalid use of group function');
  }
}

/** Whether a condition holds. */
export const isTrue = (value: Value): boolean => value !== null && numberOf(value) !== 0;

function lookUp(table: string | null, name: string, scope: Scope, clause: string): Value {
  const wanted = name.toLowerCase();
  const hits = scope.tables.flatMap(({ alias, columns, values }) => {
    if (table !== null && alias !== table) return [];
    const index = columns.findIndex((column) => column.toLowerCase() === wanted);
    return index < 0 ? [] : [{ value: values[index] ?? null }];
  });
  const named = table === null ? scope.names?.get(wanted) : undefined;
  // A heading of the select list goes before a column of that name, except where rows are chosen.
  if (named !== undefined) return named;
  if (hits.length > 1) throw new MysqlFailure(1052, '23000', `Column '${name}' in ${clause} is ambiguous`);
  const [hit] = hits;
  if (hit !== undefined) return hit.value;
  if (scope.outer !== undefined) return lookUp(table, name, scope.outer, clause);
  throw unknownColumn(table === null ? name : `${table}.${name}`, clause);
}

function variable(name: string, { version, hostname, port, lastId }: Session): Value {
  if (!name.startsWith('@@')) return null;
  const bare = name.replace(/^@@(?:global\.|session\.)?/i, '').toLowerCase();
  const known: Readonly<Record<string, Value>> = {
    version,
    hostname,
    port,
    autocommit: 1,
    server_id: 1,
    read_only: 0,
    max_connections: 151,
    datadir: '/var/lib/mysql/',
    version_comment: 'MySQL Community Server - GPL',
    last_insert_id: lastId,
  };
  const value = known[bare];
  if (value === undefined) throw new MysqlFailure(1193, 'HY000', `Unknown system variable '${bare}'`);
  return value;
}

function aggregate(
  expr: Extract<Expr, { kind: 'call' }>,
  scope: Scope,
  session: Session,
  clause: string,
): Value {
  const rows = scope.group;
  if (rows === undefined) throw new MysqlFailure(1111, 'HY000', 'Invalid use of group function');
  const [first] = expr.args;
  const counted = first === undefined || first.kind === 'star';
  const all = counted ? rows.map((): Value => 1) : rows.map((row) => evaluate(first, row, session, clause));
  const present = all.filter((value) => value !== null);
  const values = expr.distinct
    ? [...new Map(present.map((value) => [textOf(value)?.toLowerCase(), value])).values()]
    : present;
  switch (expr.name as Aggregate) {
    case 'COUNT':
      return values.length;
    case 'GROUP_CONCAT': {
      const separator = expr.args[1]?.kind === 'value' ? textOf(expr.args[1].value) : ',';
      return values.length === 0 ? null : values.map(textOf).join(separator ?? ',');
    }
    case 'MIN':
    case 'MAX': {
      const sign = expr.name === 'MIN' ? 1 : -1;
      return values.reduce<Value>(
        (best, value) => (best === null || sign * (compare(value, best) ?? 0) < 0 ? value : best),
        null,
      );
    }
    default: {
      if (values.length === 0) return null;
      const total = values.reduce<number>((sum, value) => sum + numberOf(value), 0);
      const scales = values.map(scaleOf);
      const scale = scales.includes(undefined) ? undefined : Math.max(...scales.map((each) => each ?? 0));
      if (expr.name === 'SUM') return scale === undefined ? total : exactly(total, scale);
      return scale === undefined
        ? total / values.length
        : { decimal: total / values.length, scale: scale + 4 };
    }
  }
}

function binary(op: string, left: Expr, right: Expr, at: (expr: Expr) => Value, now: number): Value {
  if (right.kind === 'interval' && (op === '+' || op === '-'))
    return callFunction(op === '+' ? 'DATE_ADD' : 'DATE_SUB', [left, right], { at, now });
  const a = at(left);
  if (op === 'AND' || op === 'OR') return logical(op, a, () => at(right));
  const b = at(right);
  if (op === '<=>') return Number(a === null || b === null ? a === b : compare(a, b) === 0);
  if (a === null || b === null) return null;
  switch (op) {
    case '=':
      return Number(compare(a, b) === 0);
    case '<>':
      return Number(compare(a, b) !== 0);
    case '<':
      return Number((compare(a, b) ?? 0) < 0);
    case '<=':
      return Number((compare(a, b) ?? 0) <= 0);
    case '>':
      return Number((compare(a, b) ?? 0) > 0);
    case '>=':
      return Number((compare(a, b) ?? 0) >= 0);
    case 'XOR':
      return Number(isTrue(a) !== isTrue(b));
    case 'LIKE':
      return Number(likePattern(textOf(b) ?? '').test(textOf(a) ?? ''));
    case 'REGEXP':
      return Number(regexp(textOf(b) ?? '').test(textOf(a) ?? ''));
    default:
      return arithmetic(op, a, b);
  }
}

function regexp(source: string): RegExp {
  try {
    return new RegExp(source, 'iu');
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new MysqlFailure(3685, 'HY000', 'Illegal argument to a regular expression.');
    throw error;
  }
}

function logical(op: 'AND' | 'OR', a: Value, right: () => Value): Value {
  const decides = op === 'OR';
  if (a !== null && isTrue(a) === decides) return Number(decides);
  const b = right();
  if (b !== null && isTrue(b) === decides) return Number(decides);
  return a === null || b === null ? null : Number(!decides);
}

function arithmetic(op: string, a: Value, b: Value): Value {
  const [x, y] = [numberOf(a), numberOf(b)];
  const [left, right] = [scaleOf(a), scaleOf(b)];
  const exact = left !== undefined && right !== undefined;
  switch (op) {
    case '+':
    case '-': {
      const sum = op === '+' ? x + y : x - y;
      return exact ? exactly(sum, Math.max(left, right)) : sum;
    }
    case '*':
      return exact ? exactly(x * y, left + right) : x * y;
    case '/':
      if (y === 0) return null;
      return exact ? { decimal: x / y, scale: left + 4 } : x / y;
    case '%':
      if (y === 0) return null;
      return exact ? exactly(x % y, Math.max(left, right)) : x % y;
    default:
      return y === 0 ? null : Math.trunc(x / y);
  }
}
