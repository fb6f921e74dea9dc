export { schemaOf } from './build-schema';
