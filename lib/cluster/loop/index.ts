export { applyAction, type DirectAction } from './apply-action';
export { asProgram } from './as-program';
export { createLoop, type Loop, type LoopWorld } from './create-loop';
export { createLedger, type Ledger } from './ledger';
