export { goJson, goJsonString } from './print-json';
export { printYaml } from './print-yaml';
export { type DuplicateKey, type ReadYaml, readYaml } from './read-yaml';
export { resolvePlain } from './resolve';
