import {
  badRequest,
  conflict,
  type FieldError,
  invalid,
  type JsonObject,
  type KubeObject,
  noSuchPath,
  type PatchType,
  type Stored,
  type WriteOptions,
} from '../../../api';
import { field, type Loose, type Request } from '../context';
import { checkPreconditions, MODIFIED } from '../metadata';
import { applyPatch } from '../patch';
import { getObject } from '../read';
import { replaceObject } from '../update';

/** autoscaling/v1 Scale: the replicas of a workload, seen through one lens for all kinds. */
export function getScale(request: Request, name: string): Stored {
  if (!request.kind.subresources.includes('scale')) throw noSuchPath();
  return scaleOf(getObject(request, name));
}

/** Writes the replicas and nothing else. */
export function updateScale(request: Request, scale: KubeObject, options: WriteOptions): Stored {
  const name = scale.metadata.name ?? '';
  if (!request.kind.subresources.includes('scale')) throw noSuchPath();
  const existing: Stored<Loose> = getObject(request, name);
  if (scale.kind !== 'Scale') throw badRequest(`expected input object type to be Scale, but ${scale.kind}`);
  const { uid, resourceVersion } = scale.metadata;
  if (uid) checkPreconditions(request, existing, { uid });
  if (resourceVersion && resourceVersion !== existing.metadata.resourceVersion) {
    throw conflict(request.kind.plural, request.kind.group, name, MODIFIED);
  }
  const replicas = field(scale, 'spec', 'replicas') ?? 0;
  refuseNegative(name, replicas);
  const next = { ...existing, spec: { ...existing.spec, replicas } } as Loose;
  return scaleOf(replaceObject(request, existing, next, options).object);
}

/** Patches the Scale as if it were stored. */
export function patchScale(
  request: Request,
  name: string,
  type: Exclude<PatchType, 'apply'>,
  body: unknown,
  options: WriteOptions,
): Stored {
  const patched = applyPatch(request, getScale(request, name), type, body);
  return updateScale(request, patched as KubeObject, options);
}

function refuseNegative(name: string, replicas: unknown): void {
  if (typeof replicas === 'number' && replicas >= 0) return;
  const error: FieldError = {
    type: 'Invalid',
    field: 'spec.replicas',
    badValue: String(replicas),
    detail: 'must be greater than or equal to 0',
  };
  throw invalid('Scale', 'autoscaling', name, [error]);
}

function scaleOf(object: Stored<Loose>): Stored {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const scale = {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: field(object, 'spec', 'replicas') ?? 0 },
    status: { replicas: field(object, 'status', 'replicas') ?? 0, selector: selectorText(object) },
  };
  return scale as unknown as Stored;
}

/** The Pods that an object selects, as `-l` would spell it. */
export function selectorText(object: Loose): string {
  const labels = (field(object, 'spec', 'selector', 'matchLabels') ?? {}) as JsonObject;
  const expressions = field(object, 'spec', 'selector', 'matchExpressions');
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
  const others = (Array.isArray(expressions) ? expressions : []).map((each) =>
    expressionText(each as JsonObject),
  );
  return [...texts, ...others].sort().join(',');
}

function expressionText(expression: JsonObject): string {
  const key = String(expression.key);
  const values = Array.isArray(expression.values) ? expression.values.join(',') : '';
  switch (expression.operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return `${key} ${expression.operator === 'In' ? 'in' : 'notin'} (${values})`;
  }
}
