export { type Connection, type Direction, judge } from './judge';
