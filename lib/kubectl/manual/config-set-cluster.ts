import type { Manual } from './manual';

/** The manual page of `kubectl config set-cluster`. */
export const configSetClusterManual: Manual = {
  name: 'set-cluster',
  summary: 'Set a cluster entry in kubeconfig',
  long: `Set a cluster entry in kubeconfig.

 Specifying a name that already exists will merge new fields on top of existing values for those fields.`,
  usage:
    'config set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com] [options]',
  examples: `  # Set only the server field on the e2e cluster entry without touching other values
  kubectl config set-cluster e2e --server=https://1.2.3.4
  
  # Embed certificate authority data for the e2e cluster entry
  kubectl config set-cluster e2e --embed-certs --certificate-authority=~/.kube/e2e/kubernetes.ca.crt
  
  # Disable cert checking for the e2e cluster entry
  kubectl config set-cluster e2e --insecure-skip-tls-verify=true
  
  # Set the custom TLS server name to use for validation for the e2e cluster entry
  kubectl config set-cluster e2e --tls-server-name=my-cluster-name
  
  # Set the proxy URL for the e2e cluster entry
  kubectl config set-cluster e2e --proxy-url=https://1.2.3.4`,
  flags: [
    {
      name: 'certificate-authority',
      type: 'string',
      default: "''",
      description: 'Path to certificate-authority file for the cluster entry in kubeconfig',
    },
    {
      name: 'embed-certs',
      type: 'bool',
      default: 'false',
      description: 'embed-certs for the cluster entry in kubeconfig',
    },
    {
      name: 'insecure-skip-tls-verify',
      type: 'bool',
      default: 'false',
      description: 'insecure-skip-tls-verify for the cluster entry in kubeconfig',
    },
    {
      name: 'proxy-url',
      type: 'string',
      default: "''",
      description: 'proxy-url for the cluster entry in kubeconfig',
    },
    {
      name: 'server',
      type: 'string',
      default: "''",
      description: 'server for the cluster entry in kubeconfig',
    },
    {
      name: 'tls-server-name',
      type: 'string',
      default: "''",
      description: 'tls-server-name for the cluster entry in kubeconfig',
    },
  ],
};
