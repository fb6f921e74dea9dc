import { type KindSpec, type KubeObject, schemaOf } from '../../../api';
import { apiVersionOf } from '../registry';
import { type FieldSet, setOf, unite } from './field-set';
import type { Managed } from './managers';
import { type Shape, shapeOf } from './shape';

/** Who writes what now. */
export interface Writing {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource: string | undefined;
  /** RFC 3339. */
  readonly time: string;
  readonly apiVersion: string;
  /** How objects written here are owned. */
  readonly shape: Shape;
  /** What a write here never changes, whatever it says (GetResetFields). */
  readonly ignored: FieldSet;
}

/** Who writes when nobody is named. */
const UNKNOWN = 'unknown';

/** A write of a kind, or of its subresource. */
export function writingOf(
  kind: KindSpec,
  operation: 'Apply' | 'Update',
  manager: string | undefined,
  subresource: string | undefined,
  time: string,
): Writing {
  return {
    manager: manager || UNKNOWN,
    operation,
    subresource,
    time,
    apiVersion: apiVersionOf(kind),
    shape: shapeOf(kind.schema),
    ignored: ignoredBy(kind, subresource),
  };
}

/** A write of the Scale of a kind, which has a shape and an API version of its own. */
export function scaleWriting(writing: Writing): Writing {
  return { ...writing, apiVersion: 'autoscaling/v1', shape: shapeOf(schemaOf('Scale')), ignored: STATUS };
}

const path = (...names: readonly string[]): FieldSet => setOf(...names.map((name) => `f:${name}`));

const STATUS = path('status');
const SPEC = path('spec');
const NOTHING: FieldSet = {};

/** What else writes of a status leave alone, by kind (GetResetFields of the status strategies). */
const BESIDE_SPEC: Readonly<Record<string, FieldSet>> = {
  pods: path('metadata', 'deletionTimestamp'),
  'deployments.apps': path('metadata', 'labels'),
};
const POD_OWNERS = path('metadata', 'ownerReferences');

function ignoredBy(kind: KindSpec, subresource: string | undefined): FieldSet {
  if (!kind.subresources.includes('status')) return NOTHING;
  if (subresource !== 'status') return STATUS;
  const own = BESIDE_SPEC[kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`];
  const ignored = own ? unite(SPEC, own) : SPEC;
  return kind.kind === 'Pod' ? unite(ignored, POD_OWNERS) : ignored;
}

/** Fields that nobody owns (stripMetaManager). */
export const UNOWNED: FieldSet = [
  path('apiVersion'),
  path('kind'),
  path('metadata'),
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'clusterName', 'generation'].map((name) =>
    path('metadata', name),
  ),
  ...['managedFields', 'resourceVersion'].map((name) => path('metadata', name)),
].reduce(unite);

/** Whether an entry speaks of a version that the kind has: what others say cannot be kept. */
export const speaksOf = ({ apiVersion }: Writing, managed: Managed): boolean =>
  managed.apiVersion === apiVersion;

/** The object as fields are compared: without its own record of who owns them. */
export function withoutManagers<T extends KubeObject>(object: T): T {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}
