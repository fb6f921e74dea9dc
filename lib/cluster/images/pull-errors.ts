import { canonicalReference, type Reference } from './reference';

/** Why an image cannot be pulled: `message` is what containerd tells the kubelet. */
export interface PullFailure {
  readonly error: 'not-found' | 'invalid-name';
  readonly message: string;
}

/** The registry knows no such repository, or will not say. */
export function repositoryDenied(reference: Reference): PullFailure {
  return {
    error: 'not-found',
    message: `${resolving(reference)}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
  };
}

/** The repository exists, the tag does not. */
export function tagNotFound(reference: Reference): PullFailure {
  const name = canonicalReference(reference);
  return {
    error: 'not-found',
    message: `rpc error: code = NotFound desc = ${resolving(reference)}: ${name}: not found`,
  };
}

/** The reference cannot be parsed at all; the kubelet reports InvalidImageName. */
export function invalidName(text: string, why: string): PullFailure {
  return {
    error: 'invalid-name',
    message: `Failed to apply default image tag "${text}": couldn't parse image name "${text}": ${why}`,
  };
}

function resolving(reference: Reference): string {
  const name = canonicalReference(reference);
  return `failed to pull and unpack image "${name}": failed to resolve reference "${name}"`;
}
