import type { AssignOperator, BinaryOperator, Filter } from './syntax';

/** How tightly binary operators bind, and to which side. */
export const BINARY: Readonly<
  Record<string, { readonly level: number; readonly side: 'left' | 'right' | 'none' }>
> = {
  '|': { level: 0, side: 'right' },
  ',': { level: 1, side: 'left' },
  '//': { level: 2, side: 'right' },
  '=': { level: 3, side: 'none' },
  '|=': { level: 3, side: 'none' },
  '+=': { level: 3, side: 'none' },
  '-=': { level: 3, side: 'none' },
  '*=': { level: 3, side: 'none' },
  '/=': { level: 3, side: 'none' },
  '%=': { level: 3, side: 'none' },
  '//=': { level: 3, side: 'none' },
  or: { level: 4, side: 'left' },
  and: { level: 5, side: 'left' },
  '==': { level: 6, side: 'none' },
  '!=': { level: 6, side: 'none' },
  '<': { level: 6, side: 'none' },
  '<=': { level: 6, side: 'none' },
  '>': { level: 6, side: 'none' },
  '>=': { level: 6, side: 'none' },
  '+': { level: 7, side: 'left' },
  '-': { level: 7, side: 'left' },
  '*': { level: 8, side: 'left' },
  '/': { level: 8, side: 'left' },
  '%': { level: 8, side: 'left' },
};
/** A minus sign before a term binds as tightly as one between two. */
export const UNARY_LEVEL = 7;

const ASSIGNMENTS: readonly string[] = ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='];

/** The filter that an operator makes of its two sides. */
export function join(operator: string, left: Filter, right: Filter): Filter {
  switch (operator) {
    case '|':
      return { kind: 'pipe', left, right };
    case ',':
      return { kind: 'comma', left, right };
    case '//':
      return { kind: 'alternative', left, right };
    case 'and':
    case 'or':
      return { kind: operator, left, right };
    default:
      return ASSIGNMENTS.includes(operator)
        ? { kind: 'assign', operator: operator as AssignOperator, left, right }
        : { kind: 'binary', operator: operator as BinaryOperator, left, right };
  }
}
