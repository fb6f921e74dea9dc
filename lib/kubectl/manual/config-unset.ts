import type { Manual } from './manual';

/** The manual page of `kubectl config unset`. */
export const configUnsetManual: Manual = {
  name: 'unset',
  summary: 'Unset an individual value in a kubeconfig file',
  long: `Unset an individual value in a kubeconfig file.

 PROPERTY_NAME is a dot delimited name where each token represents either an attribute name or a map key.  Map keys may not contain dots.`,
  usage: 'config unset PROPERTY_NAME [options]',
  examples: `  # Unset the current-context
  kubectl config unset current-context
  
  # Unset namespace in foo context
  kubectl config unset contexts.foo.namespace`,
  flags: [],
};
