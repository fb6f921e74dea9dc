export { answerConnection } from './answer-connection';
