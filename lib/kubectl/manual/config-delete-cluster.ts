import type { Manual } from './manual';

/** The manual page of `kubectl config delete-cluster`. */
export const configDeleteClusterManual: Manual = {
  name: 'delete-cluster',
  summary: 'Delete the specified cluster from the kubeconfig',
  long: 'Delete the specified cluster from the kubeconfig.',
  usage: 'config delete-cluster NAME [options]',
  examples: `  # Delete the minikube cluster
  kubectl config delete-cluster minikube`,
  flags: [],
};
