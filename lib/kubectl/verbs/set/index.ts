import { setManual, setSubjectManual } from '../../manual';
import { commandGroup } from '../group';
import { unavailable } from '../unavailable';
import { setEnv } from './env';
import { setImage } from './image';
import { setResources, setSelector, setServiceAccount } from './others';

/** `kubectl set …`. */
export const set = commandGroup(
  setManual,
  'set',
  [
    setEnv,
    setImage,
    setResources,
    setSelector,
    setServiceAccount,
    unavailable(setSubjectManual, 'set subject is not available in this simulated cluster'),
  ],
  'stderr',
);
