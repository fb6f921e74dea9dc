/** metav1.StatusCause. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** metav1.Status: how the API says no. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  /** `continue`: how a list that has expired can go on all the same. */
  readonly metadata: { readonly continue?: string };
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly uid?: string;
    readonly causes?: readonly StatusCause[];
    readonly retryAfterSeconds?: number;
  };
  readonly code: number;
}

/** The API server's refusal, as thrown at the `Client` boundary. */
export class StatusError extends Error {
  override name = 'StatusError';
  readonly status: Status;
  constructor(status: Status) {
    super(status.message ?? '');
    this.status = status;
  }
  get reason(): string {
    return this.status.reason ?? '';
  }
  get code(): number {
    return this.status.code;
  }
}

function failure(code: number, reason: string, message: string, details?: Status['details']): StatusError {
  const base = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  } as const;
  return new StatusError(details ? { ...base, details } : base);
}

/** `deployments.apps` for a group resource, `pods` for a core one, as error texts name it. */
export function qualifiedResource(resource: string, group: string): string {
  return group === '' ? resource : `${resource}.${group}`;
}

const aboutResource = (resource: string, group: string, name: string): Status['details'] => ({
  ...(name === '' ? {} : { name }),
  ...(group === '' ? {} : { group }),
  kind: resource,
});

/** 404 NotFound: `pods "x" not found`. */
export function notFound(resource: string, group: string, name: string): StatusError {
  const message = `${qualifiedResource(resource, group)} ${JSON.stringify(name)} not found`;
  return failure(404, 'NotFound', message, aboutResource(resource, group, name));
}

/** 404 for a path that leads nowhere. */
export function noSuchPath(): StatusError {
  return failure(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** 409 AlreadyExists: `services "x" already exists`. */
export function alreadyExists(resource: string, group: string, name: string): StatusError {
  const message = `${qualifiedResource(resource, group)} ${JSON.stringify(name)} already exists`;
  return failure(409, 'AlreadyExists', message, aboutResource(resource, group, name));
}

/** 409 Conflict: `Operation cannot be fulfilled on …`. */
export function conflict(resource: string, group: string, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedResource(resource, group)} ${JSON.stringify(name)}: ${why}`;
  return failure(409, 'Conflict', message, aboutResource(resource, group, name));
}

/** 403 Forbidden with the API server's sentence; `why` may be empty. */
export function forbidden(resource: string, group: string, name: string, why: string): StatusError {
  const what =
    name === ''
      ? qualifiedResource(resource, group)
      : `${qualifiedResource(resource, group)} ${JSON.stringify(name)}`;
  return failure(403, 'Forbidden', `${what} is forbidden: ${why}`, aboutResource(resource, group, name));
}

/** 401: nobody known asks. */
export function unauthorized(): StatusError {
  return failure(401, 'Unauthorized', 'Unauthorized');
}

/** 400 BadRequest. */
export function badRequest(message: string): StatusError {
  return failure(400, 'BadRequest', message);
}

/**
 * An error that upstream does not class: it reaches the client without a reason, as kubectl shows it ("Error from
 * server: …"). Upstream's code is 500 though it is the request that is wrong; here it is 400 (docs/fidelity.md).
 */
export function unclassified(message: string): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    code: 400,
  });
}

/** 405 MethodNotAllowed. */
export function methodNotAllowed(): StatusError {
  return failure(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

/** 429: etcd's words when its quota is used up; nothing can be created until something was deleted. */
export function storageFull(): StatusError {
  return failure(429, 'TooManyRequests', 'etcdserver: mvcc: database space exceeded', {});
}

/** 503: what is asked cannot be answered for now. */
export function serviceUnavailable(message: string): StatusError {
  return failure(503, 'ServiceUnavailable', message);
}

/** 410 Expired: a watch or a continue token older than what is kept; `token` goes on from the state there is now. */
export function expired(message: string, token?: string): StatusError {
  const { status } = failure(410, 'Expired', message);
  return new StatusError(token === undefined ? status : { ...status, metadata: { continue: token } });
}

/** 504 Timeout: no answer in time; whether the request was carried out is not known. */
export function requestTimedOut(message: string): StatusError {
  return failure(504, 'Timeout', `Timeout: ${message}`);
}

/** 504 Timeout: a list asked for a state that is not there yet. */
export function tooLargeResourceVersion(asked: number, current: number): StatusError {
  const cause = { reason: 'ResourceVersionTooLarge', message: 'Too large resource version' };
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  return failure(504, 'Timeout', message, { causes: [cause], retryAfterSeconds: 1 });
}

/** 406: none of the media types that the client reads is one that is written here. */
export function notAcceptable(message: string): StatusError {
  return failure(406, 'NotAcceptable', message);
}

/** 415: the body is of a type that nobody reads here. */
export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  return failure(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );
}

/** 413: `Request entity too large: limit is 3145728`. */
export function requestEntityTooLarge(message: string): StatusError {
  return failure(413, 'RequestEntityTooLarge', `Request entity too large: ${message}`);
}

/** 500 InternalError with the API server's prefix. */
export function internalError(message: string): StatusError {
  return failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
}

/** 422 Invalid from validation's field errors: `Service "x" is invalid: …`. */
export function invalid(
  kind: string,
  group: string,
  name: string,
  errors: readonly FieldError[],
): StatusError {
  const texts = [...new Set(errors.map((error) => `${error.field}: ${fieldErrorBody(error)}`))];
  const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const causes = errors.map((error) => ({
    reason: FIELD_REASON[error.type],
    message: fieldErrorBody(error),
    field: error.field,
  }));
  const details = group === '' ? { name, kind, causes } : { name, group, kind, causes };
  const qualified = group === '' ? kind : `${kind}.${group}`;
  return failure(422, 'Invalid', `${qualified} ${JSON.stringify(name)} is invalid: ${list}`, details);
}

/** The types of `k8s.io/apimachinery/pkg/util/validation/field`. */
export type FieldErrorType =
  | 'NotFound'
  | 'Required'
  | 'Duplicate'
  | 'Invalid'
  | 'NotSupported'
  | 'Forbidden'
  | 'TooLong'
  | 'TooMany'
  | 'InternalError'
  | 'TypeInvalid';

/** One thing wrong with an object: `field` is the path as upstream spells it ("spec.ports[0].port"). */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  /** The bad value as Go prints it in messages (already quoted where a string is): `"x"`, `70000`, `["a"]`. */
  readonly badValue?: string;
  readonly detail: string;
}

const FIELD_REASON: Readonly<Record<FieldErrorType, string>> = {
  NotFound: 'FieldValueNotFound',
  Required: 'FieldValueRequired',
  Duplicate: 'FieldValueDuplicate',
  Invalid: 'FieldValueInvalid',
  NotSupported: 'FieldValueNotSupported',
  Forbidden: 'FieldValueForbidden',
  TooLong: 'FieldValueTooLong',
  TooMany: 'FieldValueTooMany',
  InternalError: 'InternalError',
  TypeInvalid: 'FieldValueTypeInvalid',
};

const FIELD_WORDS: Readonly<Record<FieldErrorType, string>> = {
  NotFound: 'Not found',
  Required: 'Required value',
  Duplicate: 'Duplicate value',
  Invalid: 'Invalid value',
  NotSupported: 'Unsupported value',
  Forbidden: 'Forbidden',
  TooLong: 'Too long',
  TooMany: 'Too many',
  InternalError: 'Internal error',
  TypeInvalid: 'Invalid value',
};

/** field.Error's `ErrorBody()`: `Invalid value: "x": must be …`. */
export function fieldErrorBody(error: FieldError): string {
  const bare =
    error.type === 'Required' ||
    error.type === 'Forbidden' ||
    error.type === 'TooLong' ||
    error.type === 'InternalError';
  const words = FIELD_WORDS[error.type];
  const head = bare || error.badValue === undefined ? words : `${words}: ${error.badValue}`;
  return error.detail === '' ? head : `${head}: ${error.detail}`;
}
