import type { Manual } from './manual';

/** The manual page of `kubectl auth`. */
export const authManual: Manual = {
  name: 'auth',
  summary: 'Inspect authorization',
  long: 'Inspect authorization.',
  usage: 'auth [flags] [options]',
  examples: '',
  flags: [],
};
