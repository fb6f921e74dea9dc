import { setManual } from '../../manual';
import { commandGroup } from '../group';
import { setEnv } from './env';
import { setImage } from './image';
import { setResources, setSelector, setServiceAccount } from './others';
import { setSubject } from './subject';

/** `kubectl set …`. */
export const set = commandGroup(
  setManual,
  'set',
  [setEnv, setImage, setResources, setSelector, setServiceAccount, setSubject],
  'stderr',
);
