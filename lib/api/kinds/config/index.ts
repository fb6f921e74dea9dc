export { configMapKind } from './config-map';
export { secretKind } from './secret';
export { serviceAccountKind } from './service-account';
