import { certificatesIn, type Ingress, type Stored } from '../../api';
import { localCertificate } from './certificates';
import type { Configuration, Upstream } from './configuration';
import type { ControllerFlags } from './flags';
import type { Inputs } from './inputs';
import { buildServers, type OwnIngress } from './servers';
import { globalsOf, settingsOf } from './settings';
import { type Backend, defaultUpstream, upstreamName, upstreamOf } from './upstreams';

/** A configuration, and what the controller complains of while it makes it: source line and text. */
export interface Built {
  readonly configuration: Configuration;
  readonly warnings: readonly (readonly [from: string, text: string])[];
}

/** Makes nginx' configuration of some Ingresses, which are the controller's own (controller.getConfiguration). */
export function buildConfiguration(
  inputs: Inputs,
  ingresses: readonly Stored<Ingress>[],
  flags: ControllerFlags,
  fakeChain: string,
  now: number,
): Built {
  const warnings: (readonly [string, string])[] = [];
  const warn = (from: string, text: string) => void warnings.push([from, text]);
  const data = inputs.configMaps.get(flags.configMap)?.data;
  const globals = globalsOf(data);
  const own = oldestFirst(ingresses).map(
    (object): OwnIngress => ({
      object,
      settings: settingsOf(object, globals, data),
    }),
  );
  const first = defaultUpstream(inputs, flags, warn);
  const upstreams: Record<string, Upstream> = { [first.name]: first };
  for (const { object, settings } of own) {
    const namespace = object.metadata.namespace ?? '';
    for (const backend of backendsOf(object)) {
      const name = upstreamName(namespace, backend);
      upstreams[name] ??= upstreamOf(inputs, flags, namespace, backend, settings, warn);
    }
    const fallback = settings.defaultBackend;
    const port = inputs.services.get(`${namespace}/${fallback}`)?.spec?.ports?.[0]?.port;
    if (fallback === undefined || port === undefined) continue;
    const name = `custom-default-backend-${namespace}-${fallback}`;
    const backend = { name: fallback, port: { number: port } };
    upstreams[name] ??= { ...upstreamOf(inputs, flags, namespace, backend, settings, warn), name };
  }
  const chain = defaultChain(inputs, flags, fakeChain, warn);
  const servers = buildServers(inputs, own, upstreams, { chain, now }, warn);
  return { configuration: { servers, upstreams, globals }, warnings };
}

function oldestFirst(ingresses: readonly Stored<Ingress>[]): readonly Stored<Ingress>[] {
  const key = ({ metadata }: Stored) => `${metadata.namespace}/${metadata.name}`;
  const age = ({ metadata }: Stored) => String(metadata.creationTimestamp ?? '');
  return ingresses.toSorted((left, right) =>
    age(left) === age(right) ? (key(left) > key(right) ? -1 : 1) : age(left) < age(right) ? -1 : 1,
  );
}

function backendsOf({ spec }: Ingress): readonly Backend[] {
  const paths = (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  return [spec?.defaultBackend, ...paths.map(({ backend }) => backend)].flatMap(
    (each) => each?.service ?? [],
  );
}

function defaultChain(
  { secrets }: Inputs,
  { defaultCertificate: key }: ControllerFlags,
  fakeChain: string,
  warn: (from: string, text: string) => void,
): string {
  if (key === '') return fakeChain;
  const found = localCertificate(secrets.get(key), key);
  if ('chain' in found && certificatesIn(found.chain).length > 0) return found.chain;
  const why = 'error' in found ? found.error : '';
  warn(
    'controller.go:1261',
    `Error loading custom default certificate, falling back to generated default:\n${why}`,
  );
  return fakeChain;
}
