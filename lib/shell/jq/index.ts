export { jq } from './jq';
export { yq } from './yq';
