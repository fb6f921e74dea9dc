export { goJson, goJsonString } from './print-json';
export { printYaml } from './print-yaml';
export { type ReadYaml, readYaml } from './read-yaml';
export { resolvePlain } from './resolve';
