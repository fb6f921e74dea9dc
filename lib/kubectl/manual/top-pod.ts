import type { Manual } from './manual';

/** The manual page of `kubectl top pod`. */
export const topPodManual: Manual = {
  name: 'pod',
  aliases: ['pods', 'po'],
  summary: 'Display resource (CPU/memory) usage of pods',
  long: `Display resource (CPU/memory) usage of pods.

 The 'top pod' command allows you to see the resource consumption of pods.

 Due to the metrics pipeline delay, they may be unavailable for a few minutes since pod creation.`,
  usage: 'top pod [NAME | -l label] [options]',
  examples: `  # Show metrics for all pods in the default namespace
  kubectl top pod
  
  # Show metrics for all pods in the given namespace
  kubectl top pod --namespace=NAMESPACE
  
  # Show metrics for a given pod and its containers
  kubectl top pod POD_NAME --containers
  
  # Show metrics for the pods defined by label name=myLabel
  kubectl top pod -l name=myLabel`,
  flags: [
    {
      name: 'all-namespaces',
      short: 'A',
      type: 'bool',
      default: 'false',
      description:
        'If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.',
    },
    {
      name: 'containers',
      type: 'bool',
      default: 'false',
      description: 'If present, print usage of containers within a pod.',
    },
    {
      name: 'field-selector',
      type: 'string',
      default: "''",
      description:
        "Selector (field query) to filter on, supports '=', '==', and '!='.(e.g. --field-selector key1=value1,key2=value2). The server only supports a limited number of field queries per type.",
    },
    {
      name: 'no-headers',
      type: 'bool',
      default: 'false',
      description: 'If present, print output without headers.',
    },
    {
      name: 'selector',
      short: 'l',
      type: 'string',
      default: "''",
      description:
        "Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'.(e.g. -l key1=value1,key2=value2,key3 in (value3)). Matching objects must satisfy all of the specified label constraints.",
    },
    {
      name: 'show-swap',
      type: 'bool',
      default: 'false',
      description: 'Print pod resources related to swap memory.',
    },
    {
      name: 'sort-by',
      type: 'string',
      default: "''",
      description:
        "If non-empty, sort pods list using specified field. The field can be either 'cpu' or 'memory'.",
    },
    { name: 'sum', type: 'bool', default: 'false', description: 'Print the sum of the resource usage' },
    {
      name: 'use-protocol-buffers',
      type: 'bool',
      default: 'true',
      description: 'Enables using protocol-buffers to access Metrics API.',
    },
  ],
};
