export { type Connection, type Direction, type Judgement, judge } from './judge';
export type { OtherEnd } from './peers';
