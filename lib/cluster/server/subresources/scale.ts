import {
  type Answer,
  badRequest,
  type FieldError,
  invalid,
  type JsonObject,
  type KubeObject,
  noSuchPath,
  type PatchOptions,
  type PatchType,
  type Stored,
  scaleColumns,
  schemaOf,
  type Table,
  type WriteOptions,
} from '../../../api';
import { formatTime, isRecord } from '../../../base';
import { applyFields } from '../apply/apply-fields';
import { readConfiguration } from '../apply/apply-object';
import { conflictError } from '../apply/conflict-error';
import { type Managers, NO_MANAGERS, readManagers, withManagers } from '../apply/managers';
import { updateManagers } from '../apply/record-update';
import { managersAfterScale, managersOfScale } from '../apply/scale-managers';
import { scaleWriting, type Writing, writingOf } from '../apply/writing';
import { field, type Loose, type Request } from '../context';
import { checkStoredUid } from '../metadata';
import { applyPatch } from '../patch';
import { getObject, tableOf } from '../read';
import { replaceObject } from '../update';

/** What a Scale is, for patches and server-side apply. */
const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale', schema: schemaOf('Scale') } as const;

/** autoscaling/v1 Scale: the replicas of a workload, seen through one lens for all kinds. */
export function getScale(request: Request, name: string): Stored {
  if (!request.kind.subresources.includes('scale')) throw noSuchPath();
  return scaleOf(getObject(request, name));
}

/** The same as a table. */
export function scaleTable(request: Request, name: string): Table {
  const scale = getScale(request, name);
  const { resourceVersion } = scale.metadata;
  return tableOf({ ...request, kind: { ...request.kind, columns: scaleColumns } }, [scale], {
    resourceVersion,
  });
}

/** Writes the replicas and nothing else. */
export function updateScale(request: Request, scale: KubeObject, options: WriteOptions): Answer<Stored> {
  const name = scale.metadata.name ?? '';
  const live = getScale(request, name);
  if (scale.kind !== SCALE.kind) {
    throw badRequest(`expected input object type to be Scale, but ${scale.kind}`);
  }
  const known = managersOfScale(managersOf(request, name));
  const writing = scaleWriting(writingFor(request, 'Update', options));
  const next = { ...live, ...scale } as KubeObject;
  const managers =
    known.size > 0 || isTracked(request, name) ? updateManagers(known, next, live, writing) : known;
  return storeScale(request, checkStoredUid(request, live, scale), scale, managers, options);
}

/** Patches the Scale as if it were stored. */
export function patchScale(
  request: Request,
  name: string,
  type: PatchType,
  body: unknown,
  options: PatchOptions,
): Answer<Stored> {
  if (type === 'apply') return applyScale(request, name, body, options);
  const asScale = { ...request, kind: { ...request.kind, ...SCALE } };
  const patched = applyPatch(asScale, getScale(request, name), type, body, options).document;
  if (!isRecord(patched)) throw badRequest('the patched Scale is no object');
  return updateScale(request, { metadata: {}, ...patched } as unknown as KubeObject, options);
}

function applyScale(request: Request, name: string, body: unknown, options: PatchOptions): Answer<Stored> {
  const live = getScale(request, name);
  const configuration = readConfiguration({ ...request.kind, ...SCALE }, body);
  const writing = scaleWriting(writingFor(request, 'Apply', options));
  const known = managersOfScale(managersOf(request, name));
  const outcome = applyFields(live, configuration, known, writing, options.force ?? false);
  if ('conflicts' in outcome) throw conflictError(outcome.conflicts);
  return storeScale(request, live, outcome.object, outcome.managers, options);
}

const writingFor = (
  { context, kind }: Request,
  operation: Writing['operation'],
  { fieldManager }: WriteOptions,
): Writing => writingOf(kind, operation, fieldManager, 'scale', formatTime(context.clock.now()));

const managersOf = (request: Request, name: string): Managers =>
  readManagers(getObject(request, name).metadata.managedFields ?? []) ?? NO_MANAGERS;

const isTracked = (request: Request, name: string): boolean => managersOf(request, name).size > 0;

/** The workload with the replicas of its Scale, and with whoever owns them now. */
function storeScale(
  request: Request,
  live: Stored,
  scale: KubeObject,
  managers: Managers,
  options: WriteOptions,
): Answer<Stored> {
  const { name } = live.metadata;
  const parent: Stored<Loose> = getObject(request, name);
  const replicas = field(scale, 'spec', 'replicas') ?? 0;
  refuseNegative(name, replicas);
  const { resourceVersion } = scale.metadata;
  const owned = withManagers(
    { ...parent.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    managersAfterScale(managersOf(request, name), managers, parent.apiVersion),
  );
  const next = { ...parent, metadata: owned, spec: { ...parent.spec, replicas } } as Loose;
  const answer = replaceObject(request, parent, next, options, { recorded: true });
  return { object: scaleOf(answer.object), warnings: [], code: 200 };
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
