import type { Manual } from './manual';

/** The manual page of `kubectl version`. */
export const versionManual: Manual = {
  name: 'version',
  summary: 'Print the client and server version information',
  long: 'Print the client and server version information for the current context.',
  usage: 'version [flags] [options]',
  examples: `  # Print the client and server versions for the current context
  kubectl version`,
  flags: [
    {
      name: 'client',
      type: 'bool',
      default: 'false',
      description: 'If true, shows client version only (no server required).',
    },
    { name: 'output', short: 'o', type: 'string', default: "''", description: "One of 'yaml' or 'json'." },
  ],
};
