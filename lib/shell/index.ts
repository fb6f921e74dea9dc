export type * from './seams';
