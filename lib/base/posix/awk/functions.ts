import { formatPrintf } from '../printf-text';
import { ToolError } from '../tool-error';
import type { AwkExpression } from './evaluate';
import type { Expr } from './program';
import { toNumber, toText, type Value } from './values';

const WHOLE_RECORD: Expr = { kind: 'field', index: { kind: 'number', value: 0 } };

/** Calls one of awk's own functions; undefined when there is none of that name. */
export function callBuiltIn(run: AwkExpression, name: string, args: readonly Expr[]): Value | undefined {
  const [first, second, third] = args;
  const text = (expr: Expr | undefined) => (expr === undefined ? run.memory.record : toText(run.value(expr)));
  const number = (expr: Expr | undefined) => (expr === undefined ? 0 : toNumber(run.value(expr)));
  switch (name) {
    case 'length':
      return first?.kind === 'variable' && run.memory.isArray(first.name)
        ? run.memory.array(first.name).size
        : [...text(first)].length;
    case 'substr':
      return substr(text(first), number(second), third === undefined ? undefined : number(third));
    case 'index':
      return text(first).indexOf(text(second)) + 1;
    case 'tolower':
      return text(first).toLowerCase();
    case 'toupper':
      return text(first).toUpperCase();
    case 'int':
      return Math.trunc(number(first));
    case 'sqrt':
      return Math.sqrt(number(first));
    case 'exp':
      return Math.exp(number(first));
    case 'log':
      return Math.log(number(first));
    case 'sin':
      return Math.sin(number(first));
    case 'cos':
      return Math.cos(number(first));
    case 'atan2':
      return Math.atan2(number(first), number(second));
    case 'rand':
      return run.world.random();
    case 'srand':
      return 0;
    case 'systime':
      return Math.floor(run.world.now() / 1000);
    case 'sprintf': {
      const [format = '', ...rest] = args.map((arg) => run.value(arg));
      return formatPrintf(toText(format), rest.map(toText), true).text;
    }
    case 'match': {
      const found = run.pattern(second).exec(text(first));
      run.memory.writeGlobal('RSTART', found === null ? 0 : found.index + 1);
      run.memory.writeGlobal('RLENGTH', found === null ? -1 : found[0].length);
      return found === null ? 0 : found.index + 1;
    }
    case 'split':
      return split(run, text(first), second, third);
    case 'sub':
    case 'gsub':
      return substitute(run, name === 'gsub', first, text(second), third ?? WHOLE_RECORD);
    default:
      return undefined;
  }
}

/** Characters from a place on, counted from 1; what lies before the text counts too. */
function substr(text: string, from: number, count: number | undefined): string {
  const chars = [...text];
  const start = Math.round(from);
  const end = count === undefined ? chars.length : start - 1 + Math.round(count);
  return chars.slice(Math.max(0, start - 1), Math.max(0, end)).join('');
}

function split(run: AwkExpression, source: string, into: Expr | undefined, by: Expr | undefined): number {
  if (into?.kind !== 'variable') throw new ToolError('split: second argument is not an array', 2);
  const parts =
    by?.kind !== 'regex'
      ? run.memory.split(source, by === undefined ? run.memory.text('FS') : toText(run.value(by)))
      : source === ''
        ? []
        : source.split(run.memory.shape(by.source));
  const array = run.memory.array(into.name);
  array.clear();
  for (const [index, part] of parts.entries()) array.set(String(index + 1), { text: part });
  return parts.length;
}

/** sub and gsub: how many were replaced; "&" in the replacement stands for what was found. */
function substitute(
  run: AwkExpression,
  all: boolean,
  pattern: Expr | undefined,
  replacement: string,
  target: Expr,
): number {
  const { source } = run.pattern(pattern);
  let count = 0;
  const after = toText(run.value(target)).replace(new RegExp(source, all ? 'g' : ''), (match) => {
    count += 1;
    return replacement.replace(/\\&|\\\\|&/g, (piece) => (piece === '&' ? match : piece.slice(1)));
  });
  if (count > 0) run.assign(target, after);
  return count;
}
