/** An image reference taken apart and completed as containerd does. */
export interface Reference {
  /** "docker.io", "registry.k8s.io" … */
  readonly registry: string;
  /** "library/nginx", "hashicorp/http-echo". */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+:[0-9a-f]{32,}$/;

/** Parses and completes a reference; a string is what is wrong with it, in the words of the reference parser. */
export function parseReference(text: string): Reference | string {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  const { registry, repository } = splitRegistry(name);
  if (repository !== repository.toLowerCase())
    return `invalid reference format: repository name (${repository}) must be lowercase`;
  const wellFormed =
    repository.split('/').every((part) => COMPONENT.test(part)) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!wellFormed) return 'invalid reference format';
  return { registry, repository, tag: tag ?? (digest === undefined ? 'latest' : undefined), digest };
}

function splitRegistry(name: string): { registry: string; repository: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  if (isRegistry && first !== 'docker.io' && first !== 'index.docker.io')
    return { registry: first, repository: name.slice(slash + 1) };
  const path = isRegistry ? name.slice(slash + 1) : name;
  return { registry: 'docker.io', repository: path.includes('/') ? path : `library/${path}` };
}

/** The reference written out in full: "docker.io/library/nginx:latest". */
export function canonicalReference(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.registry}/${reference.repository}${tag}${digest}`;
}

/** The repository as the catalogue lists it: without "library/". */
export function shortName(reference: Reference): string {
  return reference.repository.replace(/^library\//, '');
}
