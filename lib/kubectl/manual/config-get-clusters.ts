import type { Manual } from './manual';

/** The manual page of `kubectl config get-clusters`. */
export const configGetClustersManual: Manual = {
  name: 'get-clusters',
  summary: 'Display clusters defined in the kubeconfig',
  long: 'Display clusters defined in the kubeconfig.',
  usage: 'config get-clusters [flags] [options]',
  examples: `  # List the clusters that kubectl knows about
  kubectl config get-clusters`,
  flags: [],
};
