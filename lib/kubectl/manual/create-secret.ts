import type { Manual } from './manual';

/** The manual page of `kubectl create secret`. */
export const createSecretManual: Manual = {
  name: 'secret',
  summary: 'Create a secret using a specified subcommand',
  long: `Create a secret with specified type.

 A docker-registry type secret is for accessing a container registry.

 A generic type secret indicate an Opaque secret type.

 A tls type secret holds TLS certificate and its associated key.`,
  usage: 'create secret (docker-registry | generic | tls) [options]',
  examples: '',
  flags: [],
};
