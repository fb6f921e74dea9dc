import type { Manual } from './manual';

/** The manual page of `kubectl config get-users`. */
export const configGetUsersManual: Manual = {
  name: 'get-users',
  summary: 'Display users defined in the kubeconfig',
  long: 'Display users defined in the kubeconfig.',
  usage: 'config get-users [flags] [options]',
  examples: `  # List the users that kubectl knows about
  kubectl config get-users`,
  flags: [],
};
