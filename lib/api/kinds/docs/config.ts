import { type Docs, objectFields } from './docs';

/** ConfigMaps, Secrets and service accounts (core/v1). */
export const configDocs: Docs = {
  ConfigMap: {
    description:
      'ConfigMap holds settings for Pods, as environment variables or files. It is no place for secrets.',
    fields: objectFields({
      binaryData: 'Bytes by key, written in base64. A key must not be in data, too.',
      data: 'Texts by key. Keys consist of letters, digits, -, _ and .; all data together may have 1 MiB.',
      immutable: 'Whether the data can never be changed again. Defaults to false, and true cannot be undone.',
    }),
  },
  Secret: {
    description:
      'Secret holds passwords, keys and the like. Its values are encoded, not encrypted: who may read the object may read them.',
    fields: objectFields({
      data: 'Bytes by key, written in base64. All data together may have 1 MiB.',
      immutable: 'Whether the data can never be changed again. Defaults to false, and true cannot be undone.',
      stringData: 'Plain texts by key, for writing only: they go into data, over what is there.',
      type: 'What the Secret is for, such as kubernetes.io/tls or kubernetes.io/dockerconfigjson; some types require keys. Defaults to Opaque, and cannot be changed.',
    }),
  },
  SecretReference: {
    description: 'SecretReference names a Secret in any namespace.',
    fields: { name: 'The name of the Secret.', namespace: 'The namespace of the Secret.' },
  },
  ServiceAccount: {
    description: 'ServiceAccount is an identity for programs in Pods. Each namespace has one called default.',
    fields: objectFields({
      automountServiceAccountToken:
        'Whether Pods that use the account find a token for the API. Pods may say otherwise. Defaults to true.',
      imagePullSecrets: 'Secrets with credentials for registries that Pods of the account use.',
      secrets: 'Deprecated: Secrets that belong to the account. Tokens are not kept here any more.',
    }),
  },
};
