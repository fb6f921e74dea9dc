import type { Manual } from './manual';

/** The manual page of `kubectl config delete-context`. */
export const configDeleteContextManual: Manual = {
  name: 'delete-context',
  summary: 'Delete the specified context from the kubeconfig',
  long: 'Delete the specified context from the kubeconfig.',
  usage: 'config delete-context NAME [options]',
  examples: `  # Delete the context for the minikube cluster
  kubectl config delete-context minikube`,
  flags: [],
};
