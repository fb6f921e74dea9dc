import { compileRegExp as compile, RegularExpressionError } from '../../base';
import { ToolError } from '../process';

/** Compiles what grep or sed was given; what cannot be read fails the tool. */
export const compileRegExp: typeof compile = (source, kind, flags) => {
  try {
    return compile(source, kind, flags);
  } catch (error) {
    if (error instanceof RegularExpressionError) throw new ToolError(error.message, 2);
    throw error;
  }
};
