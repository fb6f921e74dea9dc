import type { Manual } from './manual';

/** The manual page of `kubectl set`. */
export const setManual: Manual = {
  name: 'set',
  summary: 'Set specific features on objects',
  long: `Configure application resources.

 These commands help you make changes to existing application resources.`,
  usage: 'set SUBCOMMAND [options]',
  examples: '',
  flags: [],
};
