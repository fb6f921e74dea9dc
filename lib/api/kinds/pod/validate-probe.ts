import type { FieldError } from '../../status';
import type { Container, Probe } from '../../types';
import {
  forbiddenField,
  httpHeaderName,
  invalidEach,
  invalidValue,
  nonNegative,
  oneOf,
  portName,
  portNumber,
  required,
} from '../validation';

const SCHEMES = ['HTTP', 'HTTPS'];

/** validateLivenessProbe, validateReadinessProbe and validateStartupProbe. */
export function validateProbe(
  probe: Probe | undefined,
  kind: 'liveness' | 'readiness' | 'startup',
  path: string,
): FieldError[] {
  if (!probe) return [];
  const errors = validateHandler(probe, path);
  for (const field of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    errors.push(...nonNegative(`${path}.${field}`, probe[field]));
  }
  const grace = probe.terminationGracePeriodSeconds;
  const graceField = `${path}.terminationGracePeriodSeconds`;
  if (grace !== undefined && grace <= 0)
    errors.push(invalidValue(graceField, grace, 'must be greater than 0'));
  if (kind === 'readiness') {
    const detail = 'must not be set for readinessProbes';
    return grace === undefined ? errors : [...errors, invalidValue(graceField, grace, detail)];
  }
  const successes = probe.successThreshold ?? 1;
  return successes === 1
    ? errors
    : [...errors, invalidValue(`${path}.successThreshold`, successes, 'must be 1')];
}

/** validateLifecycle: the hooks around a container's life. */
export function validateLifecycle(
  { postStart, preStop }: NonNullable<Container['lifecycle']>,
  path: string,
  graceSeconds: number,
): FieldError[] {
  return [
    ...(postStart ? validateHandler(postStart, `${path}.postStart`, graceSeconds) : []),
    ...(preStop ? validateHandler(preStop, `${path}.preStop`, graceSeconds) : []),
  ];
}

type Port = number | string;
interface Handler {
  readonly exec?: { readonly command?: readonly string[] | undefined } | undefined;
  readonly httpGet?: NonNullable<Probe['httpGet']> | undefined;
  readonly tcpSocket?: { readonly port: Port } | undefined;
  readonly grpc?: { readonly port: number } | undefined;
  readonly sleep?: { readonly seconds: number } | undefined;
}

/** Exactly one way of asking. */
function validateHandler(handler: Handler, path: string, graceSeconds = 0): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const given = (
    [
      ['exec', exec && (() => (exec.command?.length ? [] : [required(`${path}.exec.command`)]))],
      ['httpGet', httpGet && (() => validateHttpGet(httpGet, `${path}.httpGet`))],
      ['tcpSocket', tcpSocket && (() => validatePort(tcpSocket.port, `${path}.tcpSocket.port`))],
      ['grpc', grpc && (() => validatePort(grpc.port, `${path}.grpc.port`))],
      ['sleep', sleep && (() => validateSleep(sleep.seconds, graceSeconds, `${path}.sleep`))],
    ] as const
  ).filter(([, check]) => check !== undefined);
  if (given.length === 0) return [required(path, 'must specify a handler type')];
  return given.flatMap(([name, check], index) =>
    index > 0
      ? [forbiddenField(`${path}.${name}`, 'may not specify more than 1 handler type')]
      : (check?.() ?? []),
  );
}

/** validateSleepAction: no longer than the grace period. */
function validateSleep(seconds: number, graceSeconds: number, field: string): FieldError[] {
  if (seconds >= 0 && seconds <= graceSeconds) return [];
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
  return [invalidValue(field, seconds, detail)];
}

function validatePort(port: Port | undefined, field: string): FieldError[] {
  const value = port ?? 0;
  return invalidEach(field, value, typeof value === 'number' ? portNumber(value) : portName(value));
}

function validateHttpGet(get: NonNullable<Probe['httpGet']>, path: string): FieldError[] {
  return [
    ...(get.path ? [] : [required(`${path}.path`)]),
    ...validatePort(get.port, `${path}.port`),
    ...oneOf(`${path}.scheme`, get.scheme, SCHEMES),
    ...(get.httpHeaders ?? []).flatMap(({ name }) =>
      invalidEach(`${path}.httpHeaders`, name, httpHeaderName(name)),
    ),
  ];
}
