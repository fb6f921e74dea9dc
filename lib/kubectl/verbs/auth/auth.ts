import { authManual } from '../../manual';
import { commandGroup } from '../group';
import { canI } from './can-i';
import { reconcile } from './reconcile';
import { whoAmI } from './who-am-i';

/** `kubectl auth …`. */
export const auth = commandGroup(authManual, 'auth', [canI, reconcile, whoAmI]);
