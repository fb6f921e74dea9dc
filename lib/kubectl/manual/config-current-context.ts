import type { Manual } from './manual';

/** The manual page of `kubectl config current-context`. */
export const configCurrentContextManual: Manual = {
  name: 'current-context',
  summary: 'Display the current-context',
  long: 'Display the current-context.',
  usage: 'config current-context [flags] [options]',
  examples: `  # Display the current-context
  kubectl config current-context`,
  flags: [],
};
