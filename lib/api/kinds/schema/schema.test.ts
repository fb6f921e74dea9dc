import { describe, expect, it } from 'vitest';
import type { Schema } from '../../kind-spec';
import { kinds } from '../list';
import { atomicFields, atomicTypes, granularFields } from './atomic';
import { schemaOf, typeNames } from './build-schema';
import { isHeldByValue, statedFields } from './field-facts';
import { mergeKeys } from './merge-keys';
import { neverLeftOut } from './zeros';

const at = (schema: Schema, path: readonly string[]): Schema => {
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const force = (next: Schema | (() => Schema) | undefined): Schema => {
    if (next === undefined) throw new Error(`no ${head}`);
    return typeof next === 'function' ? next() : next;
  };
  if (schema.type === 'object') return at(force(schema.fields[head]), rest);
  if (schema.type === 'array') return at(force(schema.item), rest);
  if (schema.type === 'map') return at(force(schema.value), rest);
  throw new Error(`${schema.type} has no ${head}`);
};

describe('schema', () => {
  it('builds every type of the tables', () => {
    for (const name of typeNames) {
      const visit = (schema: Schema | (() => Schema), depth: number): void => {
        const known = typeof schema === 'function' ? schema() : schema;
        if (depth === 0) return;
        if (known.type === 'object') for (const field of Object.values(known.fields)) visit(field, depth - 1);
        if (known.type === 'array') visit(known.item, depth - 1);
        if (known.type === 'map') visit(known.value, depth - 1);
      };
      visit(schemaOf(name), 3);
    }
  });

  it('gives every kind metadata of ObjectMeta', () => {
    for (const kind of kinds) expect(at(kind.schema, ['metadata'])).toMatchObject({ goType: 'ObjectMeta' });
  });

  it.each([
    ['Service', 'spec.ports', { type: 'array', mergeKeys: ['port'], listMapKeys: ['port', 'protocol'] }],
    ['Service', 'spec.ports.[].port', { type: 'int32' }],
    ['Service', 'spec.ports.[].targetPort', { type: 'int-or-string' }],
    ['Service', 'spec.selector', { type: 'map', value: { type: 'string' } }],
    ['Pod', 'metadata.finalizers', { type: 'array', mergeKeys: [] }],
    ['Pod', 'metadata.creationTimestamp', { type: 'time' }],
    ['Pod', 'spec.terminationGracePeriodSeconds', { type: 'int64' }],
    ['Pod', 'spec.containers.[].resources.limits', { type: 'map', value: { type: 'quantity' } }],
    ['Pod', 'spec.containers', { mergeKeys: ['name'] }],
    ['Secret', 'data', { type: 'map', value: { type: 'bytes' } }],
    ['Deployment', 'spec.template.spec.volumes.[].secret.defaultMode', { type: 'int32' }],
  ])('%s.%s', (type, path, expected) => {
    expect(at(schemaOf(type), path.split('.'))).toMatchObject(expected);
  });

  it('leaves lists without a key to be replaced whole', () => {
    const tolerations = at(schemaOf('Pod'), ['spec', 'tolerations']);
    expect(tolerations.type === 'array' && tolerations.mergeKeys).toBeUndefined();
  });

  it('has merge keys only for lists that exist', () => {
    for (const [path, keys] of Object.entries(mergeKeys)) {
      // The names of some types have dots of their own: "autoscaling/v2.HorizontalPodAutoscaler".
      const [type, field] = [path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1)];
      const list = at(schemaOf(type), [field]);
      if (list.type !== 'array') throw new Error(path);
      for (const key of keys.replace(/^[~=]/, '').split(',').filter(Boolean)) at(list, ['[]', key]);
    }
  });

  it('states facts of types and fields that there are', () => {
    for (const type of atomicTypes) expect(schemaOf(type)).toMatchObject({ atomic: true });
    for (const path of [...statedFields, ...neverLeftOut, ...atomicFields, ...granularFields]) {
      const [, type = '', field = ''] = /^(.+)\.(\w+)$/.exec(path) ?? [];
      at(schemaOf(type), [field]);
    }
  });

  it.each([
    ['ServicePort', ['port']],
    ['PodSpec', ['containers']],
    ['ServiceSpec', []],
    ['discovery.EndpointPort', []],
    ['EndpointPort', ['port']],
  ])('%s requires %j', (type, required) => {
    expect(schemaOf(type)).toMatchObject({ required });
  });

  it.each([
    ['PodSpec', 'nodeSelector', { atomic: true }],
    ['PersistentVolumeSpec', 'claimRef', { goType: 'ObjectReference', atomic: false }],
    ['JobStatus', 'conditions', { mergeKeys: ['type'], atomic: true }],
    ['LeaseSpec', 'renewTime', { type: 'time', goType: 'MicroTime' }],
    ['EndpointSlice', 'ports.[]', { goType: 'EndpointPort', package: 'io.k8s.api.discovery.v1' }],
  ])('%s.%s is %j', (type, path, expected) => {
    expect(at(schemaOf(type), path.split('.'))).toMatchObject(expected);
  });

  it.each([
    ['Container', { name: '', resources: {} }],
    ['DeploymentSpec', { selector: null, strategy: {}, template: {} }],
    ['PodSpec', { containers: null }],
    ['PodCondition', { lastProbeTime: null, lastTransitionTime: null, status: '', type: '' }],
  ])('%s always has %j', (type, zeros) => {
    expect(schemaOf(type)).toMatchObject({ zeros });
  });

  it('knows what is held by value', () => {
    expect(['Pod.spec', 'Container.resources', 'PodSpec.affinity'].map(isHeldByValue)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
