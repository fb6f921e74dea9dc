import type { Manual } from './manual';

/** The manual page of `kubectl config set-context`. */
export const configSetContextManual: Manual = {
  name: 'set-context',
  summary: 'Set a context entry in kubeconfig',
  long: `Set a context entry in kubeconfig.

 Specifying a name that already exists will merge new fields on top of existing values for those fields.`,
  usage:
    'config set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace] [options]',
  examples: `  # Set the user field on the gce context entry without touching other values
  kubectl config set-context gce --user=cluster-admin`,
  flags: [
    {
      name: 'cluster',
      type: 'string',
      default: "''",
      description: 'cluster for the context entry in kubeconfig',
    },
    { name: 'current', type: 'bool', default: 'false', description: 'Modify the current context' },
    {
      name: 'namespace',
      short: 'n',
      type: 'string',
      default: "''",
      description: 'namespace for the context entry in kubeconfig',
    },
    { name: 'user', type: 'string', default: "''", description: 'user for the context entry in kubeconfig' },
  ],
};
