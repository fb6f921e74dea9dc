export { pathAttributes } from './attributes';

export { checkEscalation } from './escalation';
export { changesPolicy, PolicyIndex } from './policy-index';
export { type Aim, attributesOf, requireAccess, requireCreate } from './require-access';
