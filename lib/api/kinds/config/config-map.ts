import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { ConfigMap } from '../../types';
import { ageColumn, nameColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  byteLength,
  configMapKey,
  invalidEach,
  invalidValue,
  tooLong,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { base64Length } from './base64';
import { MAX_DATA_BYTES, validateImmutableData } from './immutable-data';

/** ConfigMap of core/v1. */
export const configMapKind = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  schema: schemaOf('ConfigMap'),
  columns: [
    nameColumn(),
    {
      name: 'Data',
      type: 'string',
      description: 'How many entries there are.',
      priority: 0,
      value: ({ data, binaryData }) =>
        Object.keys({ ...data }).length + Object.keys({ ...binaryData }).length,
    },
    ageColumn(),
  ],
  validate: validateConfigMap,
});

function validateConfigMap(map: ConfigMap, previous?: Stored<ConfigMap>): FieldError[] {
  return [
    ...(previous ? validateObjectMetaUpdate(map.metadata, previous.metadata) : []),
    ...(previous ? validateImmutableData(map, previous, ['data', 'binaryData']) : []),
    ...validateObjectMeta(map.metadata, { namespaced: true }),
    ...validateEntries(map),
  ];
}

function validateEntries({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors = Object.keys(data).flatMap((key) => [
    ...invalidEach(`data[${key}]`, key, configMapKey(key)),
    ...(Object.hasOwn(binaryData, key)
      ? [invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')]
      : []),
  ]);
  for (const key of Object.keys(binaryData)) {
    errors.push(...invalidEach(`binaryData[${key}]`, key, configMapKey(key)));
  }
  const bytes =
    Object.values(data).reduce((sum, value) => sum + byteLength(value), 0) +
    Object.values(binaryData).reduce((sum, value) => sum + base64Length(value), 0);
  return bytes > MAX_DATA_BYTES ? [...errors, tooLong('', MAX_DATA_BYTES)] : errors;
}
