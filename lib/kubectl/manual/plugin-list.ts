import type { Manual } from './manual';

/** The manual page of `kubectl plugin list`. */
export const pluginListManual: Manual = {
  name: 'list',
  summary: "List all visible plugin executables on a user's PATH",
  long: `List all available plugin files on a user's PATH. To see plugins binary names without the full path use --name-only flag.

 Available plugin files are those that are: - executable - anywhere on the user's PATH - begin with "kubectl-"`,
  usage: 'plugin list [flags] [options]',
  examples: `  # List all available plugins
  kubectl plugin list
  
  # List only binary names of available plugins without paths
  kubectl plugin list --name-only`,
  flags: [
    {
      name: 'name-only',
      type: 'bool',
      default: 'false',
      description: 'If true, display only the binary name of each plugin, rather than its full path',
    },
  ],
};
