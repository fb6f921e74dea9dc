export { goJson, goJsonString } from './print-json';
export { printYaml } from './print-yaml';
export { readYaml } from './read-yaml';
export { resolvePlain } from './resolve';
