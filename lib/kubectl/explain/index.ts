export { type DocumentV3, explainPlainly, gvrText } from './plaintext';
export { type DocumentV2, explainPlainlyV2 } from './plaintext-v2';
export { readGroupVersion, readRequest } from './read-request';
