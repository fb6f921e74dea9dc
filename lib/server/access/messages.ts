import type { ClientMessage } from '../protocol';
import type { Action } from './decide';

/** What saying something on a workspace's line is; a message without a line here does not compile. */
export const MESSAGE_RULES: Readonly<Record<ClientMessage['type'], Action>> = {
  hello: 'workspace.use',
  keys: 'workspace.use',
  resize: 'workspace.use',
  save: 'workspace.use',
  remove: 'workspace.use',
  edited: 'workspace.use',
  rename: 'workspace.use',
  check: 'workspace.use',
  solutions: 'workspace.use',
  trace: 'workspace.use',
  inspect: 'workspace.use',
  undo: 'workspace.use',
  reset: 'workspace.use',
  redo: 'workspace.use',
  'go-to': 'workspace.use',
  compare: 'workspace.use',
  skip: 'workspace.use',
  pause: 'workspace.use',
  timeline: 'workspace.use',
  'open-terminal': 'workspace.use',
  'close-terminal': 'workspace.use',
  key: 'workspace.use',
  hand: 'workspace.use',
  reply: 'workspace.use',
  follow: 'workspace.use',
  layout: 'workspace.use',
};
