import { humanDuration, parseTime } from '../../../base';
import type { Column } from '../../kind-spec';
import type { KubeObject } from '../../objects';

type Value<T> = Column<T>['value'];

/** A column that is always shown. */
export function textColumn<T>(name: string, description: string, value: Value<T>): Column<T> {
  return { name, type: 'string', description, priority: 0, value };
}

/** A column of whole numbers. */
export function integerColumn<T>(name: string, description: string, value: Value<T>): Column<T> {
  return { name, type: 'integer', description, priority: 0, value };
}

/** The same column, shown by `-o wide` alone. */
export function wide<T>(column: Column<T>): Column<T> {
  return { ...column, priority: 1 };
}

/** The Name column, first in nearly every table. */
export function nameColumn<T extends KubeObject>(): Column<T> {
  return {
    name: 'Name',
    type: 'string',
    format: 'name',
    description:
      'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
    priority: 0,
    value: (object) => object.metadata.name ?? '',
  };
}

/** The Age column: time since creation. */
export function ageColumn<T extends KubeObject>(): Column<T> {
  return {
    name: 'Age',
    type: 'string',
    description:
      'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
    priority: 0,
    value: (object, now) => since(object.metadata.creationTimestamp, now),
  };
}

/** How long ago a timestamp was, or "<unknown>" when there is none. */
export function since(timestamp: string | null | undefined, now: number): string {
  const then = timestamp ? parseTime(timestamp) : undefined;
  return then === undefined ? '<unknown>' : humanDuration(now - then);
}
