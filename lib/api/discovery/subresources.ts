/** A group, version and kind. */
interface Spoken {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What a subresource speaks, where that is not the kind itself. */
const SPOKEN: Readonly<Record<string, Spoken>> = {
  scale: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
  eviction: { group: 'policy', version: 'v1', kind: 'Eviction' },
  binding: { group: '', version: 'v1', kind: 'Binding' },
  token: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
};

/** Subresources that one is connected with, by the middle of their options' kind. */
const CONNECTED: Readonly<Record<string, string>> = {
  attach: 'Attach',
  exec: 'Exec',
  portforward: 'PortForward',
  proxy: 'Proxy',
};

/** The kind that a subresource of an object speaks. */
export function subresourceKind(own: Spoken, name: string): Spoken {
  const { group, version, kind } = own;
  const options = CONNECTED[name];
  if (options !== undefined) return { group: '', version: 'v1', kind: `${kind}${options}Options` };
  return SPOKEN[name] ?? { group, version, kind };
}

/** The verbs that discovery tells of a subresource. */
export function subresourceVerbs(name: string): readonly string[] {
  switch (name) {
    case 'log':
      return ['get'];
    case 'binding':
    case 'eviction':
    case 'token':
      return ['create'];
    case 'exec':
    case 'attach':
    case 'portforward':
      return ['create', 'get'];
    case 'proxy':
      return ['create', 'delete', 'get', 'patch', 'update'];
    case 'finalize':
      return ['update'];
    default:
      return ['get', 'patch', 'update'];
  }
}
