import type { Manual } from './manual';

/** The manual page of `kubectl api-versions`. */
export const apiVersionsManual: Manual = {
  name: 'api-versions',
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  long: 'Print the supported API versions on the server, in the form of "group/version".',
  usage: 'api-versions [options]',
  examples: `  # Print the supported API versions
  kubectl api-versions`,
  flags: [],
};
