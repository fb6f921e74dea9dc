import {
  badRequest,
  findKindOf,
  type KindSpec,
  type KubeObject,
  type Schema,
  type WriteOptions,
} from '../../api';
import { canonicalQuantity, isQuantity, isRecord, QUANTITY_ERROR, rfc3339Error, setKey } from '../../base';
import { apiVersionOf, storePrefix } from './registry';

/** Where a value stands: `path` with indices for strict errors, `goPath` without for type errors. */
interface Place {
  readonly path: string;
  readonly goPath: string;
  /** The Go struct that directly holds the field. */
  readonly struct: string;
}

/** What reading found; type errors end the reading, unknown fields are collected. */
interface Findings {
  /** Errors come in the order of the keys as kubectl sends them; sorting costs, so it waits until there are any. */
  readonly sorted: boolean;
  readonly unknown: string[];
  wrongType: string | undefined;
}

/** What became of a body read by its kind's schema. */
export interface Decoded {
  readonly object: KubeObject;
  /** `unknown field "spec.selectors"`, in reading order. */
  readonly unknownFields: readonly string[];
  /** The JSON decoder's complaint about a value of the wrong type. */
  readonly wrongType: string | undefined;
}

/** Reads a body as the API server's JSON decoder does: typed, unknown fields and nulls dropped, quantities canonical. */
export function decode(kind: KindSpec, body: KubeObject): Decoded {
  const quick = readAll(kind, body, false);
  const isClean = quick.findings.unknown.length === 0 && quick.findings.wrongType === undefined;
  const { object, findings } = isClean ? quick : readAll(kind, body, true);
  return {
    object: object as KubeObject,
    unknownFields: findings.unknown.map((field) => `unknown field ${JSON.stringify(field)}`),
    wrongType: findings.wrongType,
  };
}

function readAll(kind: KindSpec, body: KubeObject, sorted: boolean) {
  const findings: Findings = { sorted, unknown: [], wrongType: undefined };
  const object = readValue(body, kind.schema, { path: '', goPath: '', struct: kind.kind }, findings);
  return { object, findings };
}

/** `decode` as create and update do it: what is wrong is refused with 400, or comes back as warnings. */
export function decodeBody(
  kind: KindSpec,
  body: KubeObject,
  { fieldValidation, strictErrors = [] }: Pick<WriteOptions, 'fieldValidation' | 'strictErrors'>,
): { readonly object: KubeObject; readonly warnings: readonly string[] } {
  checkGroupVersionKind(kind, body);
  const typed = { ...body, apiVersion: apiVersionOf(kind), kind: kind.kind };
  const { object, unknownFields, wrongType } = decode(kind, typed);
  if (wrongType !== undefined) throw cannotHandle(kind, kind, wrongType);
  const problems = [...strictErrors, ...unknownFields];
  if (fieldValidation === 'Strict' && problems.length > 0) {
    throw cannotHandle(kind, kind, `strict decoding error: ${problems.join(', ')}`);
  }
  return { object, warnings: fieldValidation === 'Ignore' ? [] : problems };
}

const cannotHandle = (
  sent: { readonly kind: string; readonly version: string },
  { kind }: KindSpec,
  why: string,
) =>
  badRequest(
    `${sent.kind} in version ${JSON.stringify(sent.version)} cannot be handled as a ${kind}: ${why}`,
  );

/** A body without a kind or version is taken for what the path says; one of another kind is refused. */
function checkGroupVersionKind(kind: KindSpec, body: KubeObject): void {
  const expected = apiVersionOf(kind);
  const why = kindRefusal(kind, body);
  if (why === undefined) return;
  const apiVersion = body.apiVersion || expected;
  const given = body.kind || kind.kind;
  if (given === kind.kind && (FORMER_VERSIONS.has(apiVersion) || isServedToo(kind, apiVersion))) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  throw cannotHandle({ kind: given, version: apiVersion.split('/').at(-1) ?? '' }, kind, why);
}

/** Why the decoder cannot make this kind of an object; what it does not say of itself is taken for right. */
export function kindRefusal(
  kind: KindSpec,
  object: { readonly apiVersion?: unknown; readonly kind?: unknown },
): string | undefined {
  const expected = apiVersionOf(kind);
  const apiVersion = textOf(object.apiVersion) || expected;
  const given = textOf(object.kind) || kind.kind;
  if (apiVersion === expected && given === kind.kind) return undefined;
  if (!findKindOf({ apiVersion, kind: given })) {
    return `no kind ${JSON.stringify(given)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`;
  }
  const version = apiVersion.split('/').at(-1) ?? '';
  return `converting (${version}.${given}) to (${internalPackage(kind.group)}.${kind.kind}): unknown conversion`;
}

/** One resource in another of its versions. */
function isServedToo(kind: KindSpec, apiVersion: string): boolean {
  const other = findKindOf({ apiVersion, kind: kind.kind });
  return other !== undefined && storePrefix(other, '') === storePrefix(kind, '');
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

/** Versions that are served no more and can still be read. */
const FORMER_VERSIONS: ReadonlySet<string> = new Set([
  'apps/v1beta1',
  'apps/v1beta2',
  'authentication.k8s.io/v1beta1',
  'authorization.k8s.io/v1beta1',
  'batch/v1beta1',
  'coordination.k8s.io/v1beta1',
  'discovery.k8s.io/v1beta1',
  'events.k8s.io/v1beta1',
  'extensions/v1beta1',
  'networking.k8s.io/v1beta1',
  'policy/v1beta1',
  'rbac.authorization.k8s.io/v1alpha1',
  'rbac.authorization.k8s.io/v1beta1',
  'scheduling.k8s.io/v1beta1',
  'storage.k8s.io/v1beta1',
]);

/** The Go package of a group's internal types. */
const internalPackage = (group: string): string =>
  group === '' || group === 'events.k8s.io' ? 'core' : (group.split('.')[0] ?? '');

type Lazy = Schema | (() => Schema);
const force = (schema: Lazy): Schema => (typeof schema === 'function' ? schema() : schema);

/**
 * Parts that were found to be in order, and by which schema: most writes send back nearly all that they read. What is
 * stored is never changed in place, and a client that changes what it holds makes a new object of it.
 */
const inOrder = new WeakMap<object, Schema>();

/** The value as decoded; the very same value when nothing had to change, so that structure stays shared. */
function readValue(value: unknown, schema: Schema, place: Place, findings: Findings): unknown {
  if (typeof value !== 'object' || value === null) return readAnew(value, schema, place, findings);
  if (inOrder.get(value) === schema) return value;
  const complaints = findings.unknown.length;
  const result = readAnew(value, schema, place, findings);
  const clean = findings.wrongType === undefined && findings.unknown.length === complaints;
  if (clean && typeof result === 'object' && result !== null && isNested(result)) inOrder.set(result, schema);
  return result;
}

/** What holds nothing but scalars is as quickly read again as remembered; most parts are such, and each would cost every sweep of memory. */
function isNested(value: object): boolean {
  for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) return true;
  return false;
}

function readAnew(value: unknown, schema: Schema, place: Place, findings: Findings): unknown {
  switch (schema.type) {
    case 'object':
      return isRecord(value)
        ? readObject(value, schema, place, findings)
        : wrong(value, schema, place, findings);
    case 'map':
      return isRecord(value)
        ? readMap(value, schema, place, findings)
        : wrong(value, schema, place, findings);
    case 'array':
      return Array.isArray(value)
        ? readArray(value, schema, place, findings)
        : wrong(value, schema, place, findings);
    default:
      return readScalar(value, schema, place, findings);
  }
}

function readObject(
  value: Readonly<Record<string, unknown>>,
  schema: Schema & { type: 'object' },
  place: Place,
  findings: Findings,
): unknown {
  let changed: Record<string, unknown> | undefined;
  for (const key of findings.sorted ? Object.keys(value).sort() : Object.keys(value)) {
    const each = value[key];
    const known = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
    if (known !== undefined && isKnownGood(each, force(known))) continue;
    const path = place.path === '' ? key : `${place.path}.${key}`;
    if (known === undefined) findings.unknown.push(path);
    if (known === undefined || each === undefined || each === null) {
      changed ??= { ...value };
      delete changed[key];
      continue;
    }
    const goPath = place.goPath === '' ? key : `${place.goPath}.${key}`;
    const next = readValue(each, force(known), { path, goPath, struct: schema.goType }, findings);
    if (next !== each) {
      changed ??= { ...value };
      changed[key] = next;
    }
  }
  return changed ?? value;
}

/** Whether nothing can be wrong with a value, nor become of it: then nobody has to be told where it stands. */
function isKnownGood(value: unknown, schema: Schema): boolean {
  if (typeof value === 'string') return schema.type === 'string' || schema.type === 'int-or-string';
  if (typeof value === 'boolean') return schema.type === 'boolean';
  return typeof value === 'object' && value !== null && inOrder.get(value) === schema;
}

function readMap(
  value: Readonly<Record<string, unknown>>,
  schema: Schema & { type: 'map' },
  place: Place,
  findings: Findings,
): unknown {
  const inner = force(schema.value);
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const each = value[key];
    if (isKnownGood(each, inner)) continue;
    const next =
      each === null || each === undefined
        ? zeroOf(inner)
        : readValue(each, inner, { ...place, path: `${place.path}.${key}` }, findings);
    if (next !== each) {
      changed ??= { ...value };
      setKey(changed, key, next);
    }
  }
  return changed ?? value;
}

function zeroOf(schema: Schema): unknown {
  return schema.type === 'string' ? '' : schema.type === 'object' || schema.type === 'map' ? {} : null;
}

function readArray(
  value: readonly unknown[],
  schema: Schema & { type: 'array' },
  place: Place,
  findings: Findings,
): unknown {
  const inner = force(schema.item);
  let changed = false;
  const items = value.map((each, index) => {
    if (isKnownGood(each, inner)) return each;
    const path = `${place.path}[${index}]`;
    const next = each === null ? zeroOf(inner) : readValue(each, inner, { ...place, path }, findings);
    if (next !== each) changed = true;
    return next;
  });
  return changed ? items : value;
}

function readScalar(value: unknown, schema: Schema, place: Place, findings: Findings): unknown {
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? value : wrong(value, schema, place, findings);
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong(value, schema, place, findings);
    case 'int32':
    case 'int64':
      return isInteger(value, schema.type) ? value : wrong(value, schema, place, findings);
    case 'number':
      return typeof value === 'number' ? value : wrong(value, schema, place, findings);
    case 'int-or-string':
      return typeof value === 'string' || isInteger(value, 'int32')
        ? value
        : wrong(value, schema, place, findings);
    case 'quantity':
      return readQuantity(value, findings);
    case 'time':
      return readTime(value, place, findings);
    case 'bytes':
      return typeof value === 'string' ? readBytes(value, findings) : wrong(value, schema, place, findings);
    default:
      return value;
  }
}

const INT32_LIMIT = 2 ** 31;

function isInteger(value: unknown, type: 'int32' | 'int64'): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  return type === 'int64' || (value >= -INT32_LIMIT && value < INT32_LIMIT);
}

function readQuantity(value: unknown, findings: Findings): unknown {
  if ((typeof value === 'string' || typeof value === 'number') && isQuantity(value))
    return canonicalQuantity(value);
  findings.wrongType ??= QUANTITY_ERROR;
  return value;
}

function readTime(value: unknown, place: Place, findings: Findings): unknown {
  if (typeof value !== 'string') return wrong(value, { type: 'time' }, place, findings);
  const problem = rfc3339Error(value);
  if (problem !== undefined) findings.wrongType ??= problem;
  return value;
}

const BASE64 = /^[A-Za-z0-9+/]*/;

function readBytes(value: string, findings: Findings): unknown {
  const text = value.replace(/[\r\n]/g, '');
  const good = BASE64.exec(text)?.[0].length ?? 0;
  const rest = text.slice(good);
  const padding = (4 - (good % 4)) % 4;
  if (padding < 3 && rest === '='.repeat(padding)) return value;
  const bad =
    rest.length > padding || rest.replaceAll('=', '') !== '' ? good : Math.max(good - (good % 4), 0);
  findings.wrongType ??= `illegal base64 data at input byte ${bad}`;
  return value;
}

function wrong(value: unknown, schema: Schema, place: Place, findings: Findings): unknown {
  findings.wrongType ??= `json: cannot unmarshal ${jsonType(value, schema)} into Go struct field ${place.struct}.${place.goPath} of type ${goTypeName(schema)}`;
  return value;
}

function jsonType(value: unknown, schema: Schema): string {
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  const numeric = schema.type === 'int32' || schema.type === 'int64';
  if (typeof value === 'number') return numeric ? `number ${value}` : 'number';
  return typeof value;
}

/** The Go type's name in a JSON decoder's complaint: "int32", "[]v1.ServicePort", "map[string]string". */
function goTypeName(schema: Schema): string {
  switch (schema.type) {
    case 'object':
      return schema.goType.includes('.') ? schema.goType : `v1.${schema.goType}`;
    case 'map':
      return `map[string]${goTypeName(force(schema.value))}`;
    case 'array':
      return `[]${goTypeName(force(schema.item))}`;
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'bytes':
      return '[]uint8';
    case 'int-or-string':
      return 'int32';
    case 'time':
      return 'string';
    case 'quantity':
      return 'resource.Quantity';
    case 'any':
      return 'interface {}';
    default:
      return schema.type;
  }
}
