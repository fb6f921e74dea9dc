export { describeObject } from './describe-object';
export { intervalText } from './events';

export { Page } from './page';
export { writePodTemplate } from './pod-template';
export { policyRows } from './policy-rules';
export { ageOf } from './times';
export { sameTemplate, selectorText } from './workloads';
