export { schemaOf, typeNames } from './build-schema';
export { enumFields, enumOf } from './enum-fields';
export { fieldFacts, hasZeroDefault, isHeldByValue, unionsOf } from './field-facts';
