import { evaluateExpr } from '../../base';
import type { Tool } from '../process';

/** expr: arithmetic, comparison and `:` matching, one word each. */
export const expr: Tool = async (context) => {
  const value = evaluateExpr(context.args);
  await context.out(`${value}\n`);
  return value === '' || value === '0' ? 1 : 0;
};
