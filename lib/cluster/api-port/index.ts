export { answerConnection } from './answer-connection';
export { answerAs } from './answer-request';
export type { Reach } from './proxied';
