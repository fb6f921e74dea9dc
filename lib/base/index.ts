export { AssertionError, assert } from './assert';
export { type Cancel, type CancelSource, createCancel, NEVER } from './cancel';
export type { Clock, Timer } from './clock';
export { FILE_ERROR_TEXT, FileError, type FileErrorCode, type FileInfo, type Files } from './files';
export {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  isQuantity,
  parseQuantity,
  QUANTITY_ERROR,
  type Quantity,
  quantityMilliValue,
  quantityOf,
  quantityValue,
  subtractQuantities,
} from './quantity';
export { createRandom, type Random, randomName, randomUuid } from './random';
export { BrokenPipeError, type Input, type Output, type ProcessStreams, type TerminalSize } from './streams';
export {
  type CivilTime,
  civilTime,
  formatMicroTime,
  formatTime,
  humanDuration,
  parseTime,
  shortHumanDuration,
} from './time';
