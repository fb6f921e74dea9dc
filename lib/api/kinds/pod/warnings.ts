import { parseQuantity, quantityMilliValue } from '../../../base';
import type { Container, PodSpec } from '../../types';
import { deprecatedNodeLabel, nodeTermWarnings } from '../node-labels';
import { addressWarnings, dns1123Label } from '../validation';
import { type Placed, portWarnings } from './port-warnings';

/** What runs as a Pod, or is the template of one. */
interface Template {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> | undefined } | undefined;
  readonly spec?: PodSpec | undefined;
}

const DEPRECATED_ANNOTATIONS: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod':
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};
const DEPRECATED_VOLUMES: Readonly<Record<string, string>> = {
  photonPersistentDisk: 'photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'gitRepo: deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'scaleIO: deprecated in v1.16, non-functional in v1.22+',
  flocker: 'flocker: deprecated in v1.22, non-functional in v1.25+',
  storageos: 'storageOS: deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'quobyte: deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'glusterfs: deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'cephfs: deprecated in v1.28, non-functional in v1.31+',
  rbd: 'rbd: deprecated in v1.28, non-functional in v1.31+',
};

/** What a name that ends up in hostnames should rather be. */
export function nameWarnings(name: string | undefined, use: string): readonly string[] {
  const wrong = dns1123Label(name ?? '');
  if (wrong.length === 0) return [];
  const advice = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: this is used in ${use}, ${advice}: [${wrong.join(' ')}]`];
}

/** warningsForPodSpecAndMeta; `prefix` is where the template is: "" for a Pod, "spec.template." for others. */
export function podWarnings({ metadata, spec }: Template = {}, prefix = ''): readonly string[] {
  if (!spec) return [];
  const path = `${prefix}spec`;
  return [
    ...placementWarnings(spec, path),
    ...Object.entries(DEPRECATED_ANNOTATIONS).flatMap(([key, message]) =>
      metadata?.annotations?.[key] === undefined ? [] : [`${prefix}metadata.annotations[${key}]: ${message}`],
    ),
    ...volumeWarnings(spec, path),
    ...repeats(spec.hostAliases, ({ ip = '' }) => ip, `${path}.hostAliases`, 'ip'),
    ...repeats(spec.imagePullSecrets, ({ name }) => name ?? '', `${path}.imagePullSecrets`, 'name'),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }, index) =>
      name ? [] : [`${path}.imagePullSecrets[${index}].name: invalid empty name ""`],
    ),
    ...placed(spec, path).flatMap(({ container, at }) => containerWarnings(container, at)),
    ...portWarnings(placed(spec, path)),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [
          `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
    ...affinityWarnings(spec, path),
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((each, index) =>
      addressWarnings(`${path}.dnsConfig.nameservers[${index}]`, each),
    ),
    ...(spec.hostAliases ?? []).flatMap(({ ip = '' }, index) =>
      addressWarnings(`${path}.hostAliases[${index}].ip`, ip),
    ),
  ];
}

function placed(spec: PodSpec, path: string): readonly Placed[] {
  return (['initContainers', 'containers'] as const).flatMap((field) =>
    (spec[field] ?? []).map((container, index) => ({ container, at: `${path}.${field}[${index}]` })),
  );
}

function placementWarnings(spec: PodSpec, path: string): readonly string[] {
  const near = spec.affinity?.nodeAffinity;
  const at = `${path}.affinity.nodeAffinity`;
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((label) => {
      const message = deprecatedNodeLabel(label);
      return message === undefined ? [] : [`${path}.nodeSelector[${label}]: ${message}`];
    }),
    ...(near?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []).flatMap(
      (term, index) =>
        nodeTermWarnings(
          term,
          `${at}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${index}]`,
        ),
    ),
    ...(near?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ preference }, index) =>
      nodeTermWarnings(
        preference,
        `${at}.preferredDuringSchedulingIgnoredDuringExecution[${index}].preference`,
      ),
    ),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, index) => {
      const own = `${path}.topologySpreadConstraints[${index}]`;
      const message = deprecatedNodeLabel(topologyKey);
      return [
        ...(message === undefined ? [] : [`${own}.topologyKey: ${topologyKey} is ${message}`]),
        ...(labelSelector ? [] : [`${own}.labelSelector: ${NO_SELECTOR}`]),
      ];
    }),
  ];
}

const NO_SELECTOR = 'a null labelSelector results in matching no pod';

function affinityWarnings({ affinity }: PodSpec, path: string): readonly string[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((field) => {
    const at = `${path}.affinity.${field}`;
    const required = affinity?.[field]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const preferred = affinity?.[field]?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const hard = 'requiredDuringSchedulingIgnoredDuringExecution';
    const soft = 'preferredDuringSchedulingIgnoredDuringExecution';
    return [
      ...required.flatMap(({ labelSelector }, index) =>
        labelSelector ? [] : [`${at}.${hard}[${index}].labelSelector: ${NO_SELECTOR}`],
      ),
      ...preferred.flatMap(({ podAffinityTerm }, index) =>
        podAffinityTerm.labelSelector
          ? []
          : [`${at}.${soft}[${index}].podAffinityTerm.labelSelector: ${NO_SELECTOR}`],
      ),
    ];
  });
}

function volumeWarnings({ volumes = [] }: PodSpec, path: string): readonly string[] {
  return volumes.flatMap((volume, index) =>
    Object.entries(DEPRECATED_VOLUMES).flatMap(([source, message]) =>
      Object.hasOwn(volume, source) ? [`${path}.volumes[${index}].${message}`] : [],
    ),
  );
}

function repeats<T>(
  list: readonly T[] | undefined,
  keyOf: (item: T) => string,
  path: string,
  field: string,
): readonly string[] {
  const keys = (list ?? []).map(keyOf);
  return keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? [`${path}[${index}].${field}: duplicate ${field} "${key}"`] : [],
  );
}

function containerWarnings({ env = [], resources }: Container, path: string): readonly string[] {
  const parts = (['memory', 'ephemeral-storage'] as const).flatMap((name) =>
    (['limits', 'requests'] as const).flatMap((field) =>
      fractionWarnings(resources?.[field]?.[name], `${path}.resources.${field}[${name}]`),
    ),
  );
  const hidden = env.flatMap(({ name, value = '', valueFrom }, index) => {
    const reference = `$(${name})`;
    const builds = !valueFrom && value !== reference && value.includes(reference);
    if (builds || env.findIndex((each) => each.name === name) === index) return [];
    return [
      `${path}.env[${index}]: hides previous definition of "${name}", which may be dropped when using apply`,
    ];
  });
  return [...parts, ...hidden];
}

/** An amount of bytes that is not whole. */
export function fractionWarnings(amount: string | undefined, path: string): readonly string[] {
  const quantity = amount === undefined ? undefined : parseQuantity(amount);
  if (!quantity || quantityMilliValue(quantity) % 1000 === 0) return [];
  return [`${path}: fractional byte value "${amount}" is invalid, must be an integer`];
}
