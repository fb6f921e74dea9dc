import type { Manual } from './manual';

/** The manual page of `kubectl cluster-info`. */
export const clusterInfoManual: Manual = {
  name: 'cluster-info',
  summary: 'Display cluster information',
  long: "Display addresses of the control plane and services with label kubernetes.io/cluster-service=true. To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.",
  usage: 'cluster-info [flags] [options]',
  examples: `  # Print the address of the control plane and cluster services
  kubectl cluster-info`,
  flags: [],
};
