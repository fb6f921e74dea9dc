import { type Ingress, type Pod, SERVER_VERSION, StatusError } from '../../api';
import type { AccountApi, Look, ProcessEnv } from '../seams';
import { klog } from './klog';
import { apiUrl } from './process';
import type { IngressState } from './state';

/** What a step of the start came to. */
export type Begun = Omit<Look, 'state'> & { readonly state: IngressState };

/** Attempts to reach the API server: ten, each half as long again after the last (createApiserverClient). */
const ATTEMPTS = 10;
const FIRST_WAIT_MS = 1000;
const GROWTH = 1.5;
/** What klog.Fatal ends with. */
const FATAL = 255;

/** Whether the API server answers at the address that every Pod is given; else what dialling it said. */
export function dialFailure(env: ProcessEnv): string | undefined {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env.env;
  const { outcome } = env.send(host, Number(port), { kind: 'connect' });
  if (outcome.kind === 'delivered') return undefined;
  const why =
    outcome.kind === 'dropped'
      ? 'i/o timeout'
      : outcome.kind === 'refused'
        ? 'connect: connection refused'
        : 'connect: no route to host';
  return `dial tcp ${host}:${port}: ${why}`;
}

/** The first thing that a controller does: it finds the API server, its Services, its class and itself. */
export function connect(state: IngressState, env: ProcessEnv, api: AccountApi): Begun {
  const { now } = env;
  const failure = dialFailure(env);
  if (failure !== undefined) {
    const attempts = state.attempts + 1;
    if (attempts >= ATTEMPTS) return fatal(state, now, 'main.go:266', unreachable(env, failure));
    const retryAt = now + Math.round(FIRST_WAIT_MS * GROWTH ** (attempts - 1));
    return { state: { ...state, attempts, retryAt }, wakeAt: retryAt };
  }
  const { major, minor, gitVersion, gitCommit, gitTreeState, platform } = SERVER_VERSION;
  const running = `"Running in Kubernetes cluster" major="${major}" minor="${minor}" git="${gitVersion}" state="${gitTreeState}" commit="${gitCommit}" platform="${platform}"`;
  const log = [klog(now, 'I', 'main.go:248', running)];
  const retried =
    state.attempts === 0
      ? []
      : [
          klog(
            now,
            'W',
            'main.go:244',
            `Initial connection to the Kubernetes API server was retried ${state.attempts} times.`,
          ),
        ];
  const problem = problemOf(state, env, api);
  if (problem !== undefined) return fatal(state, now, problem[0], problem[1], [...retried, ...log]);
  const classes = api.refusal('list', 'ingressclasses.networking.k8s.io', { namespace: '' });
  const { flags } = state;
  return {
    state: {
      ...state,
      phase: 'syncing',
      attempts: 0,
      retryAt: undefined,
      ignoresClasses: classes !== undefined,
    },
    log: [
      ...retried,
      ...log,
      klog(
        now,
        'I',
        'main.go:101',
        '"SSL fake certificate created" file="/etc/ingress-controller/ssl/default-fake-certificate.pem"',
      ),
      ...(classes === undefined
        ? []
        : [
            klog(
              now,
              'W',
              'main.go:111',
              `No permissions to list and get Ingress Classes: ${classes.message}, IngressClass feature will be disabled`,
            ),
          ]),
      ...(flags.webhook === ''
        ? []
        : [klog(now, 'I', 'ssl.go:535', `"loading tls certificate" path="${flags.webhookCertificate}"`)]),
      klog(now, 'I', 'nginx.go:271', '"Starting NGINX Ingress controller"'),
    ],
  };
}

function unreachable(env: ProcessEnv, failure: string): string {
  return `Error while initiating a connection to the Kubernetes API server. This could mean the cluster is misconfigured (e.g. it has invalid API server certificates or Service Accounts configuration). Reason: Get "${apiUrl(env)}/version": ${failure}\nRefer to the troubleshooting guide for more information: https://kubernetes.github.io/ingress-nginx/troubleshooting/`;
}

const RESTRICTED =
  '✖ the cluster seems to be running with a restrictive Authorization mode and the Ingress controller does not have the required permissions to operate normally';

/** What ends the controller before it has begun: where it is told, and its words. */
function problemOf(
  { flags }: IngressState,
  env: ProcessEnv,
  api: AccountApi,
): readonly [from: string, text: string] | undefined {
  for (const [from, key] of [
    ['main.go:77', flags.defaultService],
    ['main.go:86', flags.publishService],
  ] as const) {
    const wrong = key === '' ? undefined : serviceProblem(key, env, api);
    if (wrong !== undefined) return [from, wrong];
  }
  const { namespace, podName } = env;
  const own = api.refusal('get', 'pods', { namespace, name: podName });
  const pod = env.view?.get<Pod>('pods', namespace, podName);
  if (own !== undefined || pod === undefined)
    return [
      'main.go:118',
      'Unexpected error obtaining ingress-nginx pod: unable to get POD information (missing POD_NAME or POD_NAMESPACE environment variable',
    ];
  if (!env.env.POD_NAME || !env.env.POD_NAMESPACE)
    return [
      'main.go:118',
      'Unexpected error obtaining ingress-nginx pod: unable to get POD information (missing POD_NAME or POD_NAMESPACE environment variable',
    ];
  return undefined;
}

function serviceProblem(key: string, env: ProcessEnv, api: AccountApi): string | undefined {
  const parts = key.split('/');
  const [namespace = '', name = ''] = parts;
  if (parts.length !== 2) return `invalid format (namespace/name) found in '${key}'`;
  if (api.refusal('get', 'services', { namespace, name }) instanceof StatusError) return RESTRICTED;
  if (env.view?.get<Ingress>('services', namespace, name) !== undefined) return undefined;
  return `no service with name ${name} found in namespace ${namespace}: services "${name}" not found`;
}

function fatal(
  state: IngressState,
  now: number,
  from: string,
  text: string,
  before: readonly string[] = [],
): Begun {
  return { state, log: [...before, klog(now, 'F', from, text)], exitCode: FATAL };
}
