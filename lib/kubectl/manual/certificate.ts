import type { Manual } from './manual';

/** The manual page of `kubectl certificate`. */
export const certificateManual: Manual = {
  name: 'certificate',
  summary: 'Modify certificate resources',
  long: 'Modify certificate resources.',
  usage: 'certificate SUBCOMMAND [options]',
  examples: '',
  flags: [],
};
