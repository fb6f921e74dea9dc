import { isRecord } from '../../../base';
import type { Workspace } from '../../../workspace';
import { applyObjects } from './own-pods';
import type { Target } from './targets';

/** Where callers read whom to call. */
const RESOURCES = ['configmaps', 'deployments.apps', 'statefulsets.apps'];

/** Today's address in place of the name, wherever the solution wrote the name for a caller to read. */
export function addressWrittenDown(
  { name, namespace, service, pods }: Target,
  start: Workspace,
  { view }: Workspace,
): string | undefined {
  const { clusterIP } = service.spec ?? {};
  const ip = clusterIP === 'None' ? pods[0]?.status?.podIP : clusterIP;
  if (ip === undefined) return undefined;
  const word = new RegExp(
    `(?<![\\w.-])${name}(\\.${namespace}(\\.svc(\\.cluster\\.local)?)?)?(?![\\w-])`,
    'g',
  );
  const changed = RESOURCES.flatMap((resource) => view.list(resource, namespace)).flatMap((object) => {
    const resource = object.kind === 'ConfigMap' ? 'configmaps' : `${object.kind.toLowerCase()}s.apps`;
    const before = start.view.get(resource, namespace, object.metadata.name);
    const said = readByCallers(object);
    // What was there before names it for reasons of its own.
    if (JSON.stringify(before && readByCallers(before)) === JSON.stringify(said)) return [];
    const next = substituted(said, word, ip);
    if (JSON.stringify(next) === JSON.stringify(said)) return [];
    const { apiVersion, kind, metadata } = object;
    return [{ apiVersion, kind, metadata: { name: metadata.name, namespace }, ...(next as object) }];
  });
  if (changed.length === 0) return undefined;
  const restart = `kubectl rollout restart deployment,statefulset -n ${namespace}\n`;
  return `${applyObjects(...changed).replace('apply', 'apply --server-side --force-conflicts')}${restart}sleep 40\n`;
}

/** The data of a ConfigMap; the environment and arguments of containers. */
function readByCallers(object: unknown): unknown {
  if (!isRecord(object)) return undefined;
  if (object.kind === 'ConfigMap') return { data: object.data };
  const spec =
    isRecord(object.spec) && isRecord(object.spec.template) ? object.spec.template.spec : undefined;
  const containers = isRecord(spec) && Array.isArray(spec.containers) ? spec.containers : [];
  const told = containers.map((container: unknown) => {
    const { name, env, args, command } = container as Record<string, unknown>;
    return { name, ...(env ? { env } : {}), ...(args ? { args } : {}), ...(command ? { command } : {}) };
  });
  return { spec: { template: { spec: { containers: told } } } };
}

function substituted(value: unknown, word: RegExp, ip: string): unknown {
  if (typeof value === 'string') return value.replace(word, ip);
  if (Array.isArray(value)) return value.map((each) => substituted(each, word, ip));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'name' ? each : substituted(each, word, ip)]),
  );
}
