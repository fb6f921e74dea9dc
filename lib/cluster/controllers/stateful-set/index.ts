export { statefulSetController } from './stateful-set';
