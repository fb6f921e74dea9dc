export { completeKubectl, runKubectl } from './root';
export type { CommandEnv, CompleteKubectl, RunKubectl } from './seams';
