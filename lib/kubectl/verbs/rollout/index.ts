import { rolloutManual } from '../../manual';
import { commandGroup } from '../group';
import { rolloutPause, rolloutRestart, rolloutResume } from './change';
import { rolloutHistory, rolloutUndo } from './history';
import { rolloutStatus } from './status';

/** `kubectl rollout …`. */
export const rollout = commandGroup(rolloutManual, 'rollout', [
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
]);
