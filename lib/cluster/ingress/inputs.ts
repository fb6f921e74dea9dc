import {
  type ConfigMap,
  type EndpointSlice,
  type Ingress,
  type IngressClass,
  type Secret,
  type Service,
  StatusError,
  type Stored,
} from '../../api';
import type { AccountApi } from '../seams';

/** All that a configuration is made of. */
export interface Inputs {
  readonly ingresses: readonly Stored<Ingress>[];
  /** Undefined where classes may not be seen. */
  readonly classes: readonly Stored<IngressClass>[] | undefined;
  readonly services: Lookup<Service>;
  readonly slices: ReadonlyMap<string, readonly Stored<EndpointSlice>[]>;
  readonly secrets: Lookup<Secret>;
  readonly configMaps: Lookup<ConfigMap>;
}

/** Objects by "namespace/name". */
export type Lookup<T> = ReadonlyMap<string, T>;

/** What is watched: the Go type that its reflector names, and the resource. */
const WATCHED = {
  ingresses: ['*v1.Ingress', 'ingresses.networking.k8s.io'],
  classes: ['*v1.IngressClass', 'ingressclasses.networking.k8s.io'],
  services: ['*v1.Service', 'services'],
  slices: ['*v1.EndpointSlice', 'endpointslices.discovery.k8s.io'],
  secrets: ['*v1.Secret', 'secrets'],
  configMaps: ['*v1.ConfigMap', 'configmaps'],
} as const;

/** A resource that may not be listed. */
export interface Refused {
  readonly type: string;
  readonly message: string;
}

/** Reads everything as the controller's informers do, or tells which of them may not. */
export function readInputs(
  api: AccountApi,
  namespace: string,
  ignoresClasses: boolean,
): Inputs | readonly Refused[] {
  const refused: Refused[] = [];
  const list = <T extends Stored>(what: keyof typeof WATCHED, within = namespace): readonly T[] => {
    const [type, resource] = WATCHED[what];
    const found = api.list(resource, within);
    if (!(found instanceof StatusError)) return found as readonly Stored[] as readonly T[];
    refused.push({ type, message: `failed to list ${type}: ${found.message}` });
    return [];
  };
  const inputs: Inputs = {
    ingresses: list<Stored<Ingress>>('ingresses'),
    classes: ignoresClasses ? undefined : list<Stored<IngressClass>>('classes', ''),
    services: byKey(list<Stored<Service>>('services')),
    slices: byService(list<Stored<EndpointSlice>>('slices')),
    secrets: byKey(list<Stored<Secret>>('secrets')),
    configMaps: byKey(list<Stored<ConfigMap>>('configMaps')),
  };
  return refused.length > 0 ? refused : inputs;
}

/** "namespace/name". */
export const keyOf = ({ metadata }: Stored): string => `${metadata.namespace}/${metadata.name}`;

function byKey<T extends Stored>(objects: readonly T[]): Lookup<T> {
  return new Map(objects.map((object) => [keyOf(object), object]));
}

function byService(slices: readonly Stored<EndpointSlice>[]): Inputs['slices'] {
  const found = new Map<string, Stored<EndpointSlice>[]>();
  for (const slice of slices) {
    const name = slice.metadata.labels?.['kubernetes.io/service-name'];
    if (name === undefined) continue;
    const key = `${slice.metadata.namespace}/${name}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [slice]);
    else known.push(slice);
  }
  return found;
}
