export { type CloudPart, createCloud } from './create-cloud';
export { cloudLabels, type Instance, instanceOf, providerIdOf } from './instances';
export { type CloudState, FRESH_CLOUD } from './state';
