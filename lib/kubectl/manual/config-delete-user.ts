import type { Manual } from './manual';

/** The manual page of `kubectl config delete-user`. */
export const configDeleteUserManual: Manual = {
  name: 'delete-user',
  summary: 'Delete the specified user from the kubeconfig',
  long: 'Delete the specified user from the kubeconfig.',
  usage: 'config delete-user NAME [options]',
  examples: `  # Delete the minikube user
  kubectl config delete-user minikube`,
  flags: [],
};
