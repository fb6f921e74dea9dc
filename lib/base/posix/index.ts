export { ArithmeticError, type ArithmeticScope, evaluate as evaluateArithmetic } from './arithmetic';
export { decodeEscapes, echoText } from './escapes';
export {
  bracketSource,
  escapePattern,
  escapeRegExp,
  matchesPattern,
  type PatternOptions,
  patternSource,
} from './pattern';
export { posixRegExp } from './posix-reg-exp';
export { formatPrintf, type Printed } from './printf-text';
export { quoteDouble, quoteIfNeeded, quoteWord } from './quote';
export { compileRegExp, RegularExpressionError } from './regular-expression';
