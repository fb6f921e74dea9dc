export { ArithmeticError, type ArithmeticScope, evaluate as evaluateArithmetic } from './arithmetic';
export { type Awk, startAwk } from './awk';
export { durationMs } from './duration';
export { decodeEscapes, echoText } from './escapes';
export { evaluateExpr } from './expr';
export { type FlagRules, type Flags, parseFlags } from './flags';
export { formatDate } from './format-date';
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
export { compileRegExp } from './regular-expression';
export { editLines, LineSed, looksAhead, parseSed, type SedCommand } from './sed';
export { ToolError } from './tool-error';
