import type { Manual } from './manual';

/** The manual page of `kubectl config use-context`. */
export const configUseContextManual: Manual = {
  name: 'use-context',
  aliases: ['use'],
  summary: 'Set the current-context in a kubeconfig file',
  long: 'Set the current-context in a kubeconfig file.',
  usage: 'config use-context CONTEXT_NAME [options]',
  examples: `  # Use the context for the minikube cluster
  kubectl config use-context minikube`,
  flags: [],
};
