import { badRequest, type KubeObject, unsupportedMediaType } from '../../api';
import { isRecord } from '../../base';
import { type HttpRequest, header } from './request';

const JSON_TYPE = 'application/json';

const PATCHES = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
} as const;

const mediaOf = (request: HttpRequest): string =>
  (header(request, 'content-type') ?? JSON_TYPE).split(';')[0]?.trim().toLowerCase() ?? '';

/** The object in a body; whoever names no media type means JSON. */
export function objectOf(request: HttpRequest): KubeObject {
  if (mediaOf(request) !== JSON_TYPE) throw unsupportedMediaType([JSON_TYPE]);
  const value = bodyOf(request);
  if (!isRecord(value)) throw badRequest("couldn't get version/kind; json parse error: not an object");
  return { ...value, metadata: isRecord(value.metadata) ? value.metadata : {} } as unknown as KubeObject;
}

/** A body as JSON. */
export function bodyOf(request: HttpRequest): unknown {
  try {
    return JSON.parse(request.body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badRequest(`couldn't get version/kind; json parse error: ${error.message}`);
  }
}

/** Which kind of patch a body is. */
export function patchTypeOf(request: HttpRequest): (typeof PATCHES)[keyof typeof PATCHES] {
  const media = mediaOf(request);
  if (media in PATCHES) return PATCHES[media as keyof typeof PATCHES];
  throw unsupportedMediaType(Object.keys(PATCHES));
}
