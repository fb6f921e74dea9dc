import { encodeBase64 } from '../../../base';
import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Secret } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { omit } from '../shape';
import {
  configMapKey,
  immutable,
  invalidEach,
  required,
  tooLong,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { base64Length } from './base64';
import { MAX_DATA_BYTES, validateImmutableData } from './immutable-data';

/** Secret of core/v1. */
export const secretKind = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  schema: schemaOf('Secret'),
  columns: [
    nameColumn(),
    textColumn('Type', 'Says how the data is meant.', ({ type }) => type ?? ''),
    {
      name: 'Data',
      type: 'string',
      description: 'How many entries there are.',
      priority: 0,
      value: ({ data }) => Object.keys({ ...data }).length,
    },
    ageColumn(),
  ],
  selectableFields: { type: ({ type }) => type ?? '' },
  setDefaults: (secret) => joinStringData({ ...secret, type: secret.type || 'Opaque' }),
  validate: validateSecret,
});

/** `stringData` is written only: it ends up in `data`. */
function joinStringData(secret: Secret): Secret {
  if (!secret.stringData) return secret;
  const encoded = Object.entries(secret.stringData).map(
    ([key, value]) => [key, encodeBase64(value)] as const,
  );
  const rest = omit(secret, 'stringData') as Secret;
  return { ...rest, data: { ...secret.data, ...Object.fromEntries(encoded) } };
}

function validateSecret(secret: Secret, previous?: Stored<Secret>): FieldError[] {
  return [
    ...(previous ? validateObjectMetaUpdate(secret.metadata, previous.metadata) : []),
    ...(previous ? immutable('type', secret.type, previous.type) : []),
    ...(previous ? validateImmutableData(secret, previous, ['data']) : []),
    ...validateObjectMeta(secret.metadata, { namespaced: true }),
    ...validateEntries(secret),
    ...validateForType(secret),
  ];
}

function validateEntries({ data = {} }: Secret): FieldError[] {
  const errors = Object.keys(data).flatMap((key) => invalidEach(`data[${key}]`, key, configMapKey(key)));
  const bytes = Object.values(data).reduce((sum, value) => sum + base64Length(value), 0);
  return bytes > MAX_DATA_BYTES ? [...errors, tooLong('data', MAX_DATA_BYTES)] : errors;
}

const ACCOUNT_NAME = 'kubernetes.io/service-account.name';

/** Entries that a type must have. */
const REQUIRED_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

function validateForType({ type = '', data = {}, metadata }: Secret): FieldError[] {
  if (type === 'kubernetes.io/service-account-token') {
    return metadata.annotations?.[ACCOUNT_NAME] ? [] : [required(`metadata.annotations[${ACCOUNT_NAME}]`)];
  }
  if (type === 'kubernetes.io/basic-auth') {
    if (Object.hasOwn(data, 'username') || Object.hasOwn(data, 'password')) return [];
    return [required('data[username]'), required('data[password]')];
  }
  return (REQUIRED_ENTRIES[type] ?? [])
    .filter((key) => !Object.hasOwn(data, key))
    .map((key) => required(`data[${key}]`));
}
