import { canonicalQuantity } from '../../../base';
import type { Container, Probe } from '../../types';
import { compact, withDefaults } from '../shape';

/** SetDefaults_Container with those of ports, probes, hooks, variables and resources. */
export function setContainerDefaults(container: Container): Container {
  const { name, ...rest } = withDefaults<Container>(container, {
    name: '',
    imagePullPolicy: pullPolicy(container.image ?? ''),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  return {
    name,
    ...rest,
    resources: canonicalRequirements(container.resources),
    ...(rest.ports ? { ports: rest.ports.map(defaultPort) } : {}),
    ...(rest.env ? { env: rest.env.map(defaultVariable) } : {}),
    ...(rest.livenessProbe ? { livenessProbe: defaultProbe(rest.livenessProbe) } : {}),
    ...(rest.readinessProbe ? { readinessProbe: defaultProbe(rest.readinessProbe) } : {}),
    ...(rest.startupProbe ? { startupProbe: defaultProbe(rest.startupProbe) } : {}),
    ...(rest.lifecycle ? { lifecycle: defaultLifecycle(rest.lifecycle) } : {}),
  };
}

/** Always for `:latest`, said or unsaid, else IfNotPresent. */
export function pullPolicy(image: string): 'Always' | 'IfNotPresent' {
  if (image === '' || image.includes('@')) return 'IfNotPresent';
  const [, tag = 'latest'] = (image.split('/').at(-1) ?? '').split(':');
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function canonicalRequirements(given: Container['resources']): NonNullable<Container['resources']> {
  const canonical = (list: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(list).map(([name, value]) => [name, canonicalQuantity(value)]));
  return {
    ...given,
    ...(given?.limits ? { limits: canonical(given.limits) } : {}),
    ...(given?.requests ? { requests: canonical(given.requests) } : {}),
  };
}

type Port = NonNullable<Container['ports']>[number];

const defaultPort = (port: Port): Port => {
  const { containerPort, ...rest } = compact(port);
  return { containerPort: containerPort ?? 0, ...rest, protocol: rest.protocol ?? 'TCP' };
};

type Variable = NonNullable<Container['env']>[number];

/** An empty `value` is not written again, as Go leaves it out. */
function defaultVariable(variable: Variable): Variable {
  const { name, ...rest } = compact(variable);
  const fieldRef = rest.valueFrom?.fieldRef;
  if (!fieldRef) return { name: name ?? '', ...rest };
  const valueFrom = { ...rest.valueFrom, fieldRef: withDefaults(fieldRef, { apiVersion: 'v1' }) };
  return { name: name ?? '', ...rest, valueFrom };
}

type HttpGet = NonNullable<Probe['httpGet']>;

const defaultHttpGet = (get: HttpGet): HttpGet => withDefaults(get, { path: '/', scheme: 'HTTP' });

function defaultProbe(probe: Probe): Probe {
  const positive = (value: number | undefined, otherwise: number): number => value || otherwise;
  return {
    ...probe,
    timeoutSeconds: positive(probe.timeoutSeconds, 1),
    periodSeconds: positive(probe.periodSeconds, 10),
    successThreshold: positive(probe.successThreshold, 1),
    failureThreshold: positive(probe.failureThreshold, 3),
    ...(probe.httpGet ? { httpGet: defaultHttpGet(probe.httpGet) } : {}),
    ...(probe.grpc ? { grpc: { ...probe.grpc, service: probe.grpc.service ?? '' } } : {}),
  };
}

type Lifecycle = NonNullable<Container['lifecycle']>;

function defaultLifecycle(lifecycle: Lifecycle): Lifecycle {
  const hook = (handler: NonNullable<Lifecycle['preStop']>): NonNullable<Lifecycle['preStop']> =>
    handler.httpGet ? { ...handler, httpGet: defaultHttpGet(handler.httpGet) } : handler;
  return {
    ...lifecycle,
    ...(lifecycle.preStop ? { preStop: hook(lifecycle.preStop) } : {}),
    ...(lifecycle.postStart ? { postStart: hook(lifecycle.postStart) } : {}),
  };
}
