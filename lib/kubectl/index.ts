export type { CommandEnv, CompleteKubectl, RunKubectl } from './seams';
