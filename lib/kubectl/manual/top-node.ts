import type { Manual } from './manual';

/** The manual page of `kubectl top node`. */
export const topNodeManual: Manual = {
  name: 'node',
  aliases: ['nodes', 'no'],
  summary: 'Display resource (CPU/memory) usage of nodes',
  long: `Display resource (CPU/memory) usage of nodes.

 The top-node command allows you to see the resource consumption of nodes.`,
  usage: 'top node [NAME | -l label] [options]',
  examples: `  # Show metrics for all nodes
  kubectl top node
  
  # Show metrics for a given node
  kubectl top node NODE_NAME`,
  flags: [
    {
      name: 'no-headers',
      type: 'bool',
      default: 'false',
      description: 'If present, print output without headers',
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
      name: 'show-capacity',
      type: 'bool',
      default: 'false',
      description: 'Print node resources based on Capacity instead of Allocatable(default) of the nodes.',
    },
    {
      name: 'show-swap',
      type: 'bool',
      default: 'false',
      description: 'Print node resources related to swap memory.',
    },
    {
      name: 'sort-by',
      type: 'string',
      default: "''",
      description:
        "If non-empty, sort nodes list using specified field. The field can be either 'cpu' or 'memory'.",
    },
    {
      name: 'use-protocol-buffers',
      type: 'bool',
      default: 'true',
      description: 'Enables using protocol-buffers to access Metrics API.',
    },
  ],
};
