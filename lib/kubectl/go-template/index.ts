export { base64Bytes, decodeBase64, encodeBase64 } from './base64';
export { parseTemplate } from './parse-template';
export { renderTemplate } from './render-template';
export { ExecFailure, ParseFailure } from './template-error';
