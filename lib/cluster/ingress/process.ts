import { randomApart } from '../../base';
import type { Listener, ProcessEnv, Stop, Turn } from '../seams';
import { fakeCertificate } from './fake-certificate';
import { readFlags } from './flags';
import { klog } from './klog';
import { asJson, type IngressState } from './state';
import { banner } from './version';

type IngressTurn = Omit<Turn, 'state'> & { readonly state: IngressState | null };

/** Starts the controller: reads its flags; the API server is met in its first look. */
export function startController(env: ProcessEnv): Turn {
  const { state, ...turn } = begin(env);
  return { ...turn, state: state === null ? null : asJson(state) };
}

function begin(env: ProcessEnv): IngressTurn {
  const log = banner(env.image);
  const flags = readFlags(env.argv);
  if (typeof flags === 'string')
    return { state: null, log: [...log, klog(env.now, 'F', 'main.go:60', flags)], exitCode: 255 };
  if (flags.isVersion) return { state: null, log, exitCode: 0 };
  const client = klog(env.now, 'W', 'client_config.go:682', NO_KUBECONFIG);
  const creating = klog(env.now, 'I', 'main.go:205', `"Creating API client" host="${apiUrl(env)}"`);
  const state: IngressState = {
    phase: 'connecting',
    startedAt: env.now,
    flags,
    fakeChain: fakeCertificate(randomApart(env.random), env.now),
    attempts: 0,
    ignoresClasses: false,
    seen: {},
    ignored: {},
    election: {},
    turns: {},
    connections: 0,
  };
  return { state, log: [...log, client, creating] };
}

const NO_KUBECONFIG =
  'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.';

/** Where the API server is, as every Pod is told. */
export function apiUrl({ env }: ProcessEnv): string {
  return `https://${env.KUBERNETES_SERVICE_HOST ?? ''}:${env.KUBERNETES_SERVICE_PORT ?? ''}`;
}

/** The sockets: health from the start on, nginx' own once it runs. */
export function listenersOf({ phase, flags }: IngressState): readonly Listener[] {
  if (phase === 'connecting') return [];
  const at = (port: number, address = '0.0.0.0'): Listener => ({ address, port, protocol: 'TCP' });
  if (phase === 'syncing') return [at(flags.healthPort)];
  const webhook = Number(/:(\d+)$/.exec(flags.webhook)?.[1] ?? 0);
  return [
    at(flags.healthPort),
    at(flags.httpPort),
    at(flags.httpsPort),
    at(flags.defaultPort),
    at(10_246, '127.0.0.1'),
    ...(webhook > 0 ? [at(webhook)] : []),
  ];
}

/** How long a worker's last requests and its end take. */
const QUIT_MS = 1000;

/** What SIGTERM does: nginx is told to quit, and the process ends ten seconds after it. */
export function stopController(state: IngressState, env: ProcessEnv): Stop {
  const line = (from: string, text: string) => klog(env.now, 'I', from, text);
  const nginx = state.phase === 'serving';
  const log = [
    line('sigterm.go:36', '"Received SIGTERM, shutting down"'),
    line('nginx.go:393', '"Shutting down controller queues"'),
    ...(nginx ? [line('nginx.go:413', '"Stopping NGINX process"')] : []),
    ...(nginx ? [line('nginx.go:426', '"NGINX process has stopped"')] : []),
    line('sigterm.go:44', 'Handled quit, delaying controller exit for 10 seconds'),
    line('sigterm.go:47', '"Exiting" code=0'),
  ];
  return {
    state: asJson({ ...state, phase: 'leaving' }),
    log,
    exitCode: 0,
    takesMs: state.flags.shutdownGraceMs + QUIT_MS + EXIT_DELAY_MS,
  };
}

/** The delay before the end (--post-shutdown-grace-period). */
const EXIT_DELAY_MS = 10_000;
