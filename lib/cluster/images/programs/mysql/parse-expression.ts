import type { Cursor } from './cursor';
import type { Expr } from './syntax';

const COMPARISONS = ['=', '<=>', '<>', '!=', '<=', '>=', '<', '>'];

/** An expression, from the weakest operator down. */
export function parseExpression(from: Cursor): Expr {
  let left = conjunction(from);
  for (;;) {
    if (from.takes('OR') || from.takes('||'))
      left = { kind: 'binary', op: 'OR', left, right: conjunction(from) };
    else if (from.takes('XOR')) left = { kind: 'binary', op: 'XOR', left, right: conjunction(from) };
    else return left;
  }
}

function conjunction(from: Cursor): Expr {
  let left = negation(from);
  while (from.takes('AND') || from.takes('&&'))
    left = { kind: 'binary', op: 'AND', left, right: negation(from) };
  return left;
}

function negation(from: Cursor): Expr {
  return from.takes('NOT') ? { kind: 'unary', op: 'NOT', operand: negation(from) } : predicate(from);
}

const not = (negated: boolean, operand: Expr): Expr =>
  negated ? { kind: 'unary', op: 'NOT', operand } : operand;

function predicate(from: Cursor): Expr {
  let left = sum(from);
  for (;;) {
    const op = COMPARISONS.find((each) => from.takes(each));
    if (op !== undefined) {
      left = { kind: 'binary', op: op === '!=' ? '<>' : op, left, right: sum(from) };
      continue;
    }
    if (from.takes('IS')) {
      const negated = from.takes('NOT');
      if (from.takes('TRUE')) left = not(negated, left);
      else if (from.takes('FALSE')) left = not(!negated, left);
      else {
        from.needs('NULL');
        left = not(negated, { kind: 'null', operand: left });
      }
      continue;
    }
    const negated = from.takes('NOT');
    if (from.takes('IN')) left = not(negated, { kind: 'in', operand: left, list: inList(from) });
    else if (from.takes('BETWEEN')) {
      const low = sum(from);
      from.needs('AND');
      left = not(negated, { kind: 'between', operand: left, low, high: sum(from) });
    } else if (from.takes('LIKE'))
      left = not(negated, { kind: 'binary', op: 'LIKE', left, right: sum(from) });
    else if (from.takes('REGEXP') || from.takes('RLIKE'))
      left = not(negated, { kind: 'binary', op: 'REGEXP', left, right: sum(from) });
    else if (negated) throw from.wrong();
    else return left;
  }
}

function inList(from: Cursor): readonly Expr[] | Extract<Expr, { kind: 'query' }>['query'] {
  from.needs('(');
  const list = from.sees('SELECT') ? from.query(from) : from.list(() => parseExpression(from));
  from.needs(')');
  return list;
}

function sum(from: Cursor): Expr {
  let left = product(from);
  for (;;) {
    const op = ['+', '-'].find((each) => from.takes(each));
    if (op === undefined) return left;
    left = { kind: 'binary', op, left, right: product(from) };
  }
}

function product(from: Cursor): Expr {
  let left = unary(from);
  for (;;) {
    const op = ['*', '/', '%', 'DIV', 'MOD'].find((each) => from.takes(each));
    if (op === undefined) return left;
    left = { kind: 'binary', op: op === 'MOD' ? '%' : op, left, right: unary(from) };
  }
}

function unary(from: Cursor): Expr {
  if (from.takes('-')) return { kind: 'unary', op: '-', operand: unary(from) };
  if (from.takes('+')) return unary(from);
  if (from.takes('!')) return { kind: 'unary', op: 'NOT', operand: unary(from) };
  return primary(from);
}

function primary(from: Cursor): Expr {
  const { kind, text } = from.here;
  if (kind === 'number') {
    from.next();
    const scale = /^\d*\.(\d+)$/.exec(text)?.[1]?.length;
    return { kind: 'value', value: scale === undefined ? Number(text) : { decimal: Number(text), scale } };
  }
  if (kind === 'string') return { kind: 'value', value: strings(from) };
  if (kind === 'variable') return { kind: 'variable', name: from.next().text };
  if (from.takes('(')) {
    if (from.sees('SELECT')) return subquery(from, false);
    const inner = parseExpression(from);
    from.needs(')');
    return inner;
  }
  if (from.takes('NULL')) return { kind: 'value', value: null };
  if (from.takes('TRUE')) return { kind: 'value', value: 1 };
  if (from.takes('FALSE')) return { kind: 'value', value: 0 };
  if (from.takes('EXISTS', '(')) return subquery(from, true);
  if (from.takes('CASE')) return caseOf(from);
  if (from.takes('INTERVAL')) return { kind: 'interval', amount: sum(from), unit: from.name().toUpperCase() };
  if (from.takes('DEFAULT')) return { kind: 'default' };
  return named(from);
}

/** Texts side by side are one. */
function strings(from: Cursor): string {
  let all = from.text();
  while (from.here.kind === 'string') all += from.text();
  return all;
}

function subquery(from: Cursor, exists: boolean): Expr {
  const query = from.query(from);
  from.needs(')');
  return { kind: 'query', query, exists };
}

function caseOf(from: Cursor): Expr {
  const subject = from.sees('WHEN') ? null : parseExpression(from);
  const whens: [Expr, Expr][] = [];
  while (from.takes('WHEN')) {
    const when = parseExpression(from);
    from.needs('THEN');
    whens.push([when, parseExpression(from)]);
  }
  if (whens.length === 0) throw from.wrong();
  const otherwise = from.takes('ELSE') ? parseExpression(from) : null;
  from.needs('END');
  return { kind: 'case', subject, whens, otherwise };
}

/** Functions whose names are otherwise reserved, and those that may stand without brackets. */
const CALLED = ['IF', 'DATABASE', 'LEFT', 'RIGHT', 'REPLACE', 'INSERT', 'VALUES'];
const BARE = ['CURRENT_TIMESTAMP', 'CURRENT_DATE', 'CURRENT_TIME', 'CURRENT_USER'];

function named(from: Cursor): Expr {
  const called = CALLED.find((name) => from.sees(name, '('));
  const name = called === undefined ? from.name() : from.next().text;
  if (from.takes('(')) return call(from, name.toUpperCase());
  if (BARE.includes(name.toUpperCase()))
    return { kind: 'call', name: name.toUpperCase(), args: [], distinct: false };
  if (!from.takes('.')) return { kind: 'column', table: null, name };
  if (from.takes('*')) return { kind: 'star', table: name };
  const second = from.name();
  return from.takes('.')
    ? { kind: 'column', table: second, name: from.name() }
    : { kind: 'column', table: name, name: second };
}

function call(from: Cursor, name: string): Expr {
  if (from.takes(')')) return { kind: 'call', name, args: [], distinct: false };
  const distinct = from.takes('DISTINCT');
  if (from.takes('*')) {
    from.needs(')');
    return { kind: 'call', name, args: [{ kind: 'star', table: null }], distinct };
  }
  const args = [...from.list(() => parseExpression(from))];
  if (name === 'CAST' && from.takes('AS')) args.push({ kind: 'value', value: from.name().toUpperCase() });
  if (name === 'GROUP_CONCAT' && from.takes('SEPARATOR')) args.push({ kind: 'value', value: from.text() });
  while (name === 'CAST' && !from.sees(')')) from.next();
  from.needs(')');
  return { kind: 'call', name, args, distinct };
}
