export { type CompiledFilter, compileFilter, JqCompileError } from './compile-filter';
export type { JqWorld } from './environment';
export { Halt as JqHalt } from './filter-functions';
export { textOf as jqText } from './formats';
export { JsonReader, JsonTextError } from './json-reader';
export { type PrintStyle as JqPrintStyle, printJson as printJqJson } from './print-json';
export {
  isArray as isJqArray,
  isObject as isJqObject,
  isTrue as isJqTrue,
  JqError,
  JqLimitError,
  type JqValue,
  numberOf as jqNumberOf,
  toJsonText as jqJson,
} from './value';
