export { type Attributes, type Decision, type PolicyRule, pathAttributes } from './attributes';
export { decide, type Policy } from './decide';
export { checkEscalation } from './escalation';
export { changesPolicy, PolicyIndex } from './policy-index';
export { type Aim, attributesOf, requireAccess, requireCreate } from './require-access';
