export { base64Bytes, decodeBase64, encodeBase64, utf8Bytes } from './base64';
export { TemplateError } from './parse-template';
export { renderTemplate } from './render-template';
