import { type Container, goQuote, type Json, type Request } from '../../api';
import type { CommandTurn } from '../seams';
import { writeContainerFiles } from './container-files';
import { askOf } from './keep-served';
import type { HookRuntime } from './runtime';
import { tell, type Work } from './work';
import { insideOf, processEnv } from './world';

type Handler = NonNullable<NonNullable<Container['lifecycle']>['postStart']>;

/** How a hook stands: under way, or done, and in the kubelet's words why it failed. */
export type HookOutcome =
  | { readonly runs: HookRuntime }
  | { readonly succeeded: boolean; readonly why?: string };

/** Starts a lifecycle hook, or lets it go on. */
export function driveHook(
  work: Work,
  container: Container,
  handler: Handler,
  before: HookRuntime | undefined,
): HookOutcome {
  if (handler.exec) return execHook(work, container, handler.exec.command ?? [], before);
  if (before !== undefined)
    return (before.at ?? work.now) <= work.now ? doneAs(before.state) : { runs: before };
  if (handler.sleep) return { runs: { state: true, at: work.now + handler.sleep.seconds * 1000 } };
  if (handler.httpGet) return httpHook(work, container, handler.httpGet);
  return { succeeded: true };
}

const doneAs = (state: Json): HookOutcome => ({ succeeded: state === true });

function execHook(
  work: Work,
  container: Container,
  command: readonly string[],
  before: HookRuntime | undefined,
): HookOutcome {
  if (before !== undefined && (before.at === undefined || before.at > work.now)) return { runs: before };
  const turn = runInside(work, container, command, before?.state);
  if (turn === undefined) return { succeeded: false };
  const out = (before?.out ?? '') + turn.out;
  const err = (before?.err ?? '') + turn.err;
  if (turn.exitCode === 0) return { succeeded: true };
  if (turn.exitCode !== undefined) {
    const error = `command '${command.join(' ')}' exited with ${turn.exitCode}: ${err}`;
    const why = `Exec lifecycle hook ([${command.join(' ')}]) ${whose(work, container)} failed - error: ${error}, message: ${goQuote(out + err)}`;
    return { succeeded: false, why };
  }
  const said = { ...(out === '' ? {} : { out }), ...(err === '' ? {} : { err }) };
  return { runs: { state: turn.state, at: turn.wakeAt, ...said } };
}

/** Whose hook it is, as the kubelet's messages say it. */
function whose({ pod }: Work, container: Container): string {
  const { namespace = '', name, uid } = pod.metadata;
  return `for Container ${goQuote(container.name)} in Pod ${goQuote(`${name}_${namespace}(${uid})`)}`;
}

/** Runs a command in a container for as long as it goes at this moment; undefined when the container cannot be entered. */
export function runInside(
  work: Work,
  container: Container,
  command: readonly string[],
  state: Json | undefined,
  now: number = work.now,
): CommandTurn | undefined {
  const { options, view, pod, random } = work;
  const found = options.findImage(container.image ?? '');
  const env = processEnv(options, view, pod, container.name, now, random);
  if ('error' in found || env === undefined) return undefined;
  const { command: commands, files = {} } = found.image;
  const inner = { ...env, argv: command };
  const turn = state === undefined ? commands.start(inner) : commands.goOn(state, inner);
  if (turn.files !== undefined)
    writeContainerFiles(options.containers, insideOf(options, view, pod, container, files), turn.files);
  if (turn.signal !== undefined)
    askOf(
      { containers: options.containers, now: () => work.now, wake: options.wake },
      pod.metadata.namespace ?? '',
      pod.metadata.name,
      container.name,
      { signal: turn.signal },
    );
  return turn;
}

type HttpGet = NonNullable<Handler['httpGet']>;

function httpHook(work: Work, container: Container, get: HttpGet): HookOutcome {
  const { namespace = '', name } = work.pod.metadata;
  const ip = work.options.containers.pod(`${namespace}/${name}`)?.ip ?? work.pod.status?.podIP ?? '';
  const host = get.host || ip;
  const named = container.ports?.find((each) => each.name === get.port)?.containerPort;
  const port = typeof get.port === 'number' ? get.port : (named ?? Number(get.port));
  const path = get.path?.startsWith('/') ? get.path : `/${get.path ?? ''}`;
  const request: Request = {
    kind: 'http',
    method: 'GET',
    path,
    host: `${host}:${port}`,
    headers: { 'user-agent': 'kube-lifecycle/1.35', accept: '*/*' },
    body: '',
    ...(get.scheme === 'HTTPS' ? { tls: { serverName: host } } : {}),
  };
  const { outcome } = work.options.send({ kind: 'node', name: work.node.metadata.name }, host, port, request);
  // Whatever status comes back, the hook has been run.
  const succeeded = outcome.kind === 'delivered' && outcome.reply.kind === 'http';
  if (outcome.kind === 'refused') {
    const url = `${(get.scheme ?? 'HTTP').toLowerCase()}://${host}:${port}${path}`;
    const error = `Get ${goQuote(url)}: dial tcp ${host}:${port}: connect: connection refused`;
    const why = `HTTP lifecycle hook (${get.path ?? ''}) ${whose(work, container)} failed - error: ${error}`;
    return { succeeded, why };
  }
  if (outcome.kind === 'dropped') return { runs: { state: false, at: work.now + HTTP_PATIENCE_MS } };
  return outcome.latencyMs <= 1
    ? { succeeded }
    : { runs: { state: succeeded, at: work.now + outcome.latencyMs } };
}

/** How long a hook's request waits for an answer. */
const HTTP_PATIENCE_MS = 30_000;

/** Tells that a hook failed; without saying why, so that nothing secret gets into an event. */
export function tellHookFailed(work: Work, container: Container, which: 'PostStart' | 'PreStop'): void {
  tell(work, 'Warning', `Failed${which}Hook`, `${which}Hook failed`, container);
}
