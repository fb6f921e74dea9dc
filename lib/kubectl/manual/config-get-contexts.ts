import type { Manual } from './manual';

/** The manual page of `kubectl config get-contexts`. */
export const configGetContextsManual: Manual = {
  name: 'get-contexts',
  summary: 'Describe one or many contexts',
  long: 'Display one or many contexts from the kubeconfig file.',
  usage: 'config get-contexts [(-o|--output=)name)] [options]',
  examples: `  # List all the contexts in your kubeconfig file
  kubectl config get-contexts
  
  # Describe one context in your kubeconfig file
  kubectl config get-contexts my-context`,
  flags: [
    {
      name: 'no-headers',
      type: 'bool',
      default: 'false',
      description:
        "When using the default or custom-column output format, don't print headers (default print headers).",
    },
    {
      name: 'output',
      short: 'o',
      type: 'string',
      default: "''",
      description: 'Output format. One of: (name).',
    },
  ],
};
