import { stringify } from 'yaml';

/** What a kubeconfig leads to. */
export interface KubeconfigTarget {
  /** The API's address, path prefix included. */
  readonly server: string;
  /** How the cluster is called in the file. */
  readonly cluster: string;
  /** What the user shows: over TLS kubectl asks a person for a name and a password where a file has none of its own. */
  readonly token?: string;
}

/** A kubeconfig (clientcmd v1 Config) for an API whose address is all the proof that is needed. */
export function kubeconfigText({ server, cluster, token }: KubeconfigTarget): string {
  const user = `${cluster}-admin`;
  const context = `${user}@${cluster}`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster, cluster: { server } }],
    users: [{ name: user, user: token === undefined ? {} : { token } }],
    contexts: [{ name: context, context: { cluster, user, namespace: 'default' } }],
    'current-context': context,
  });
}
