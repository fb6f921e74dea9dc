/** What kube-apiserver 1.35 looks at, in its order; a simulated one is as well as the process that it lives in. */
const FIRST: readonly string[] = ['ping', 'log', 'etcd'];
/** These are about being ready only. */
const READY_FIRST: readonly string[] = ['etcd-readiness', 'informer-sync'];
const HOOKS: readonly string[] = [
  'start-apiserver-admission-initializer',
  'generic-apiserver-start-informers',
  'priority-and-fairness-config-consumer',
  'priority-and-fairness-filter',
  'storage-object-count-tracker-hook',
  'start-apiextensions-informers',
  'start-apiextensions-controllers',
  'crd-informer-synced',
  'start-system-namespaces-controller',
  'start-cluster-authentication-info-controller',
  'start-kube-apiserver-identity-lease-controller',
  'start-kube-apiserver-identity-lease-garbage-collector',
  'start-legacy-token-tracking-controller',
  'start-service-ip-repair-controllers',
  'rbac/bootstrap-roles',
  'scheduling/bootstrap-system-priority-classes',
  'priority-and-fairness-config-producer',
  'bootstrap-controller',
  'start-kubernetes-service-cidr-controller',
  'aggregator-reload-proxy-client-cert',
  'start-kube-aggregator-informers',
  'apiservice-status-local-available-controller',
  'apiservice-status-remote-available-controller',
  'apiservice-registration-controller',
  'apiservice-discovery-controller',
  'kube-apiserver-autoregistration',
];
const LAST_HOOKS: readonly string[] = ['apiservice-openapi-controller', 'apiservice-openapiv3-controller'];
const hook = (name: string): string => `poststarthook/${name}`;

const live = [...FIRST, ...HOOKS.map(hook), 'autoregister-completion', ...LAST_HOOKS.map(hook)];
const ready = [
  ...FIRST,
  ...READY_FIRST,
  ...HOOKS.map(hook),
  'autoregister-completion',
  ...LAST_HOOKS.map(hook),
  'shutdown',
];

const CHECKS: Readonly<Record<string, readonly string[]>> = { healthz: live, livez: live, readyz: ready };

/** Every path of a health check. */
export const HEALTH_PATHS: readonly string[] = Object.entries(CHECKS).flatMap(([name, checks]) => [
  `/${name}`,
  ...checks.map((check) => `/${name}/${check}`),
]);

/** What a health check says (healthz.InstallPathHandler); undefined when there is no such check. */
export function healthText(path: string, verbose: boolean, exclude: readonly string[]): string | undefined {
  const [, name = '', check] = /^\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  const checks = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  if (!checks) return undefined;
  if (check !== undefined) return checks.includes(check) ? 'ok' : undefined;
  if (!verbose) return 'ok';
  const excluded = new Set(exclude);
  const lines = checks.map((each) => `[+]${each} ${excluded.has(each) ? 'excluded: ok' : 'ok'}\n`);
  const unknown = [...excluded].filter((each) => !checks.includes(each)).sort();
  const warning =
    unknown.length === 0
      ? ''
      : `warn: some health checks cannot be excluded: no matches for ${unknown.map((each) => JSON.stringify(each)).join(',')}\n`;
  return `${lines.join('')}${warning}${name} check passed\n`;
}
