import { rolloutManual } from '../../manual';
import { commandGroup } from '../group';
import { rolloutPause, rolloutRestart, rolloutResume } from './change';
import { rolloutHistory } from './history';
import { rolloutStatus } from './status';
import { rolloutUndo } from './undo';

/** `kubectl rollout …`. */
export const rollout = commandGroup(
  rolloutManual,
  'rollout',
  [rolloutHistory, rolloutPause, rolloutRestart, rolloutResume, rolloutStatus, rolloutUndo],
  'stdout',
);
