export { jq } from './jq';
