export { assert } from './assert';
export { base64Url, decodeBase64, encodeBase64, fromBase64Url } from './base64';
export { byText } from './by-text';
export { type Cancel, type CancelSource, createCancel, NEVER } from './cancel';
export type { Clock, Timer } from './clock';
export {
  bytesOfHex,
  concatBytes,
  type Der,
  derInside,
  hexOf,
  oidBytes,
  readDer,
  readOid,
  writeDer,
} from './der';
export { FileError, type FileErrorCode, type FileInfo, type Files } from './files';
export { formatDuration, parseDuration } from './go-duration';
export { goSort } from './go-sort';
export { hmacSha256 } from './hmac';
export * from './jq';
export { canonicalJson, deepEqual, deepFreeze, isRecord, semanticEqual, setKey } from './json';
export { jsonPatch, jsonType, PatchError } from './json-patch';
export { mergePatch } from './merge-patch';
export { md5Hex, sha1Hex } from './old-digests';
export * from './posix';
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
export { createRandom, type Random, randomApart, randomName, randomUuid } from './random';
export { rfc3339Error } from './rfc3339-error';
export { base32, sha256, sha256Hex, utf8Bytes } from './sha256';
export { sha512Hex } from './sha512';
export { BrokenPipeError, type Input, type Output, type ProcessStreams, type TerminalSize } from './streams';
export { packTar, type TarEntry, unpackTar } from './tar';
export { fillTemplate, templateNames } from './template';
export { alignTabs } from './text-table';
export {
  civilTime,
  formatMicroTime,
  formatTime,
  humanDuration,
  parseTime,
} from './time';
export { httpDate, timeParts } from './time-parts';
export { utf8Text } from './utf8-text';
export { goJson, goJsonString, printYaml, readYaml, resolvePlain } from './yaml';
