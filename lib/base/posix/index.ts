export { ArithmeticError, type ArithmeticScope, evaluate as evaluateArithmetic } from './arithmetic';
export { type Awk, startAwk } from './awk';
export { durationMs } from './duration';
export { decodeEscapes, echoText } from './escapes';
export { evaluateExpr } from './expr';
export { type Flags, parseFlags } from './flags';
export { formatDate } from './format-date';
export {
  escapePattern,
  escapeRegExp,
  matchesPattern,
  patternSource,
} from './pattern';
export { posixRegExp } from './posix-reg-exp';
export { formatPrintf } from './printf-text';
export { quoteDouble, quoteIfNeeded, quoteWord } from './quote';
export { compileRegExp } from './regular-expression';
export { editLines, LineSed, looksAhead, parseSed, type SedCommand } from './sed';
export { ToolError } from './tool-error';
