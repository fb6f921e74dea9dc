export { followLesson } from './follow-lesson';
export { gateSeeds, type SeedRange } from './gate-solutions';
export { importKillercoda } from './import-killercoda';
export { LEAST_SCORE, mutate, mutationFailures } from './mutants';
export { newLab } from './new-lab';
export { describe, startOf } from './play';
export { gatesOf, type Proof, prove } from './prove';
export { TO_WRITE } from './to-write';
