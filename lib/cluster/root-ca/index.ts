export { apiServerChain, ROOT_CA } from './certificates';
