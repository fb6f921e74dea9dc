export { completeKubectl } from './complete-kubectl';
export { runKubectl } from './run-kubectl';
