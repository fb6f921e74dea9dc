export { type EquivalentReport, gateEquivalents } from './equivalents';
export { followLesson } from './follow-lesson';
export { gateMistakes } from './gate-mistakes';
export { gateSeeds, type SeedRange } from './gate-solutions';
export { importKillercoda } from './import-killercoda';
export {
  type Fates,
  fatesOf,
  mutate,
  mutationFailures,
  mutationReport,
  type Share,
} from './mutants';
export { newLab } from './new-lab';
export { describe, startOf } from './play';
export { type Gate, gateFailures, gatesOf, type Proof, proofOf } from './prove';
export { TO_WRITE } from './to-write';
