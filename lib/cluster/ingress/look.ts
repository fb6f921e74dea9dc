import type { Ingress, Pod, Stored } from '../../api';
import { deepEqual } from '../../base';
import type { AccountApi, Action, Look, ProcessEnv } from '../seams';
import { buildConfiguration } from './build-configuration';
import { secretProblem } from './certificates';
import { classOf, ownClasses } from './classes';
import type { Configuration } from './configuration';
import { connect, dialFailure } from './connect';
import { elect } from './elect';
import { type Inputs, keyOf, type Refused, readInputs } from './inputs';
import { klog } from './klog';
import { publishStatus, withdrawStatus } from './publish-status';
import type { IngressState } from './state';

/** One look, in the controller's own terms. */
export type Seen = Omit<Look, 'state'> & { readonly state: IngressState };

/** Resources that the controller watches. */
export const WATCHES: readonly string[] = [
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
  'services',
  'endpointslices.discovery.k8s.io',
  'secrets',
  'configmaps',
  'pods',
  'leases.coordination.k8s.io',
];

/** A change is put into effect at once when the last one is longer ago than this (--sync-rate-limit 0.3). */
const SYNC_MS = 3334;
/** A watch that may not be is tried again after a second, and then ever later, to half a minute. */
const RETRY_MS = 1000;
const RETRY_MAX_MS = 30_000;

/** Looks at the API server: starts, follows Ingresses, keeps nginx and statuses up to date. */
export function lookAround(state: IngressState, env: ProcessEnv, api: AccountApi): Seen {
  if (state.phase === 'leaving') return leave(state, env, api);
  if (state.retryAt !== undefined && state.retryAt > env.now) return { state, wakeAt: state.retryAt };
  if (state.phase === 'connecting') {
    const begun = connect(state, env, api);
    if (begun.state.phase === 'connecting' || begun.exitCode !== undefined) return begun;
    return after(begun, follow(begun.state, env, api));
  }
  return follow(state, env, api);
}

function after(first: Seen, second: Seen): Seen {
  return { ...second, log: [...(first.log ?? []), ...(second.log ?? [])] };
}

function follow(state: IngressState, env: ProcessEnv, api: AccountApi): Seen {
  const failure = dialFailure(env);
  if (failure !== undefined)
    return retry(state, env, [
      {
        type: '*v1.Ingress',
        message: `failed to list *v1.Ingress: Get "https://${env.env.KUBERNETES_SERVICE_HOST}:443/apis/networking.k8s.io/v1/ingresses": ${failure}`,
      },
    ]);
  const inputs = readInputs(api, state.flags.namespace, state.ignoresClasses);
  if (!('ingresses' in inputs)) return retry(state, env, inputs);
  const { retryAt: _, ...rest } = state;
  const known = notice({ ...rest, attempts: 0 }, inputs, env);
  const own = inputs.ingresses.filter((ingress) => known.state.seen[keyOf(ingress)] !== undefined);
  const synced = sync(known.state, inputs, own, env);
  const elected = synced.state.phase === 'serving' ? elect(synced.state, env, api) : undefined;
  const led = elected === undefined ? synced.state : { ...synced.state, election: elected.election };
  const published = publishStatus(led, env, api, own);
  const wakes = [synced.wakeAt, elected?.wakeAt, published.wakeAt].filter((at) => at !== undefined);
  return {
    state: { ...led, election: published.election },
    log: [...(known.log ?? []), ...(synced.log ?? []), ...(elected?.log ?? []), ...published.log],
    actions: [
      ...(known.actions ?? []),
      ...(synced.actions ?? []),
      ...(elected?.actions ?? []),
      ...published.actions,
    ],
    ...(wakes.length === 0 ? {} : { wakeAt: Math.min(...wakes) }),
  };
}

/** What may not be listed is told as client-go's reflectors do, and tried again; nginx goes on as it is. */
function retry(state: IngressState, env: ProcessEnv, refused: readonly Refused[]): Seen {
  const attempts = state.attempts + 1;
  const retryAt = env.now + Math.min(RETRY_MS * 2 ** (attempts - 1), RETRY_MAX_MS);
  const log = refused.map(({ type, message }) =>
    klog(
      env.now,
      'E',
      'reflector.go:204',
      `"Failed to watch" err=${JSON.stringify(message)} logger="UnhandledError" reflector="k8s.io/client-go@v0.35.3/tools/cache/reflector.go:289" type="${type}"`,
    ),
  );
  return { state: { ...state, attempts, retryAt }, log, wakeAt: retryAt };
}

/** Hears of Ingresses that came, changed or went, and tells of them. */
function notice(state: IngressState, inputs: Inputs, { now }: ProcessEnv): Seen {
  const { flags } = state;
  const classes = inputs.classes === undefined ? undefined : ownClasses(inputs.classes, flags);
  const seen: Record<string, string> = {};
  const ignored: Record<string, string> = {};
  const log: string[] = [];
  const actions: Action[] = [];
  const say = (from: string, text: string) => void log.push(klog(now, 'I', from, text));
  for (const ingress of inputs.ingresses) {
    const key = keyOf(ingress);
    const { resourceVersion = '' } = ingress.metadata;
    const found = classOf(ingress, classes, flags);
    const before = state.seen[key];
    if ('error' in found) {
      ignored[key] = resourceVersion;
      if (before !== undefined)
        say('store.go:443', `"removing ingress because of unknown ingressclass" ingress="${key}"`);
      else if (state.ignored[key] === undefined)
        say(
          'store.go:396',
          `"Ignoring ingress because of error while validating ingress class" ingress="${key}" error=${JSON.stringify(found.error)}`,
        );
      continue;
    }
    if (flags.noCatchAll && isCatchAll(ingress)) continue;
    seen[key] = resourceVersion;
    if (before === resourceVersion) continue;
    if (before === undefined) {
      if (state.ignored[key] === undefined)
        say('store.go:400', `"Found valid IngressClass" ingress="${key}" ingressclass="${found.name}"`);
      else say('store.go:440', `"creating ingress" ingress="${key}" ingressclass="${found.name}"`);
      tellSecrets(inputs, ingress, log, now);
    }
    actions.push(event(ingress, 'Sync', 'Scheduled for sync'));
  }
  return { state: { ...state, seen, ignored }, log, actions };
}

const isCatchAll = ({ spec }: Ingress): boolean =>
  spec?.defaultBackend !== undefined || (spec?.rules ?? []).some(({ host }) => !host);

function tellSecrets({ secrets }: Inputs, ingress: Stored<Ingress>, log: string[], now: number): void {
  for (const { secretName } of ingress.spec?.tls ?? []) {
    if (!secretName) continue;
    const key = `${ingress.metadata.namespace}/${secretName}`;
    const problem = secretProblem(secrets.get(key), key);
    log.push(
      problem === undefined
        ? klog(now, 'I', 'backend_ssl.go:65', `"Adding secret to local store" name="${key}"`)
        : klog(now, 'W', 'backend_ssl.go:46', `Error obtaining X.509 certificate: ${problem}`),
    );
  }
}

function event(about: Stored, reason: string, message: string): Action {
  return { verb: 'event', about, type: 'Normal', reason, message };
}

/** Brings nginx up to date, not more often than it may be. */
function sync(state: IngressState, inputs: Inputs, own: readonly Stored<Ingress>[], env: ProcessEnv): Seen {
  const { now } = env;
  const { flags, fakeChain, running, syncedAt } = state;
  const first = running === undefined;
  const due = syncedAt === undefined ? now : syncedAt + SYNC_MS;
  const { configuration, warnings } = buildConfiguration(inputs, own, flags, fakeChain, now);
  const warned = warnings.map(([from, text]) => `${from}] ${text}`);
  const same = !first && deepEqual(running, configuration);
  if (same && deepEqual(warned, state.warned ?? [])) return { state };
  if (due > now) return { state, wakeAt: due };
  const line = (level: 'I' | 'W', from: string, text: string) => klog(now, level, from, text);
  const log = first
    ? [
        line('I', 'nginx.go:321', '"Starting NGINX process"'),
        ...(flags.webhook === ''
          ? []
          : [
              line(
                'I',
                'nginx.go:341',
                `"Starting validation webhook" address="${flags.webhook}" certPath="${flags.webhookCertificate}" keyPath="/usr/local/certificates/key"`,
              ),
            ]),
      ]
    : [];
  log.push(...warnings.map(([from, text]) => line('W', from, text)));
  const next: IngressState = { ...state, phase: 'serving', running: configuration, syncedAt: now, warned };
  if (same) return { state: next, log };
  if (!first && isDynamic(running, configuration)) return { state: keepTurns(next), log };
  log.push(
    line('I', 'controller.go:216', '"Configuration changes detected, backend reload required"'),
    line('I', 'controller.go:233', '"Backend successfully reloaded"'),
    ...(first ? [line('I', 'controller.go:244', '"Initial sync, sleeping for 1 second"')] : []),
  );
  const pod = env.view?.get<Pod>('pods', env.namespace, env.podName);
  const reload = 'NGINX reload triggered due to a change in configuration';
  return {
    state: { ...next, turns: {} },
    log,
    actions: pod === undefined ? [] : [event(pod, 'RELOAD', reload)],
  };
}

/** New endpoints and certificates are handed to the running workers; everything else takes a reload. */
function isDynamic(before: Configuration, now: Configuration): boolean {
  const shape = ({ servers, globals, upstreams }: Configuration) => ({
    globals,
    upstreams: Object.keys(upstreams),
    servers: Object.values(servers).map(({ chain, secret: _, ...rest }) => ({
      ...rest,
      secure: chain !== undefined,
    })),
  });
  return deepEqual(shape(before), shape(now));
}

/** Each upstream whose endpoints changed begins its round anew. */
const keepTurns = (state: IngressState): IngressState => ({ ...state, turns: {} });

function leave(state: IngressState, env: ProcessEnv, api: AccountApi): Seen {
  if (state.election.since === undefined) return { state };
  const inputs = readInputs(api, state.flags.namespace, state.ignoresClasses);
  const ingresses = 'ingresses' in inputs ? inputs.ingresses : [];
  const own = ingresses.filter((ingress) => state.seen[keyOf(ingress)] !== undefined);
  const { since: _, ...election } = state.election;
  return { state: { ...state, election }, ...withdrawStatus(state, env, api, own) };
}
