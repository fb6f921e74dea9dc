import type { KubeObject, Pod } from '../../api';
import { goJsonString } from '../../base';
import { bool, duration, list, text } from '../flags';
import { runManual } from '../manual';
import type { Command, ParsedArgs } from '../seams';
import { ExitError, fail, openSession, type Session, usageFailure } from '../session';
import { awaitObject, INTERRUPTED, withDeadline } from '../waiting';
import { createGenerated } from './create/generate';
import { enter } from './exec';
import { applyOverrides } from './overrides';
import { parseLabelText } from './pairs';
import { POD_IMAGE } from './pod-image';
import { requireFlags } from './require-flags';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const SERVICES = { group: '', version: 'v1', resource: 'services' };
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const SHELLS = new Set(['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash']);
const RUNNING_TIMEOUT_MS = 60_000;

/** `kubectl run`. */
export const run: Command<ParsedArgs> = {
  ...runManual,
  options: (args) => requireFlags(args, ['image']) ?? checkWords(args) ?? args,
  async run(args, env) {
    const session = openSession(args, env);
    if (attaches(args) && session.dryRun !== 'none') {
      throw usageFailure(
        'run',
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
      );
    }
    const name = args.positional[0] ?? '';
    const labels = text(args, 'labels') === '' ? { run: name } : parseLabelText(text(args, 'labels'));
    const pod = applyOverrides(session, buildPod(args, name, labels)) as KubeObject;
    // What the Pod is called is asked before it is made, in a dry run too.
    await session.resources(1);
    if (attaches(args)) return runAttached(session, name, pod, labels);
    await createObjects(session, name, pod, labels);
    return 0;
  },
};

const attaches = (args: ParsedArgs) =>
  args.given.has('attach') ? bool(args, 'attach') : bool(args, 'stdin');

function checkWords(args: ParsedArgs) {
  if (args.positional.length === 0) {
    return usageFailure('run', 'NAME is required for run');
  }
  const image = text(args, 'image');
  if (image === '') return fail('--image is required');
  const wrong = (message: string) => usageFailure('run', message);
  if (!POD_IMAGE.test(image)) return fail(`Invalid image name "${image}": invalid reference format`);
  if (bool(args, 'tty') && !bool(args, 'stdin')) {
    return wrong('-i/--stdin is required for containers with -t/--tty=true');
  }
  if (bool(args, 'expose') && text(args, 'port') === '')
    return wrong('--port must be set when exposing a service');
  if (text(args, 'port') !== '' && !/^[-+]?\d+$/.test(text(args, 'port')))
    return fail(`strconv.Atoi: parsing ${goJsonString(text(args, 'port'))}: invalid syntax`);
  if (!attaches(args) && bool(args, 'rm')) return wrong('--rm should only be used for attached containers');
  const restart = text(args, 'restart', 'Always');
  if (!RESTART_POLICIES.includes(restart)) {
    return wrong(`invalid restart policy: ${restart}`);
  }
  const pull = text(args, 'image-pull-policy');
  return pull === '' || PULL_POLICIES.includes(pull)
    ? undefined
    : wrong(`invalid image pull policy: ${pull}`);
}

function buildPod(args: ParsedArgs, name: string, labels: Readonly<Record<string, string>>): KubeObject {
  const words = [...args.positional.slice(1), ...(args.afterDash ?? [])];
  const port = text(args, 'port');
  const env = list(args, 'env').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals <= 0) throw fail(`invalid env: ${pair}`);
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });
  const annotations = list(args, 'annotations').map((pair) => pair.split(/=(.*)/s, 2) as [string, string]);
  const container = {
    name,
    image: text(args, 'image'),
    ...(words.length === 0 ? {} : bool(args, 'command') ? { command: words } : { args: words }),
    ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }),
    ...(env.length === 0 ? {} : { env }),
    resources: {},
    ...(text(args, 'image-pull-policy') === '' ? {} : { imagePullPolicy: text(args, 'image-pull-policy') }),
    ...(bool(args, 'privileged') ? { securityContext: { privileged: true } } : {}),
    ...(bool(args, 'stdin') ? { stdin: true } : {}),
    ...(bool(args, 'stdin') && !bool(args, 'leave-stdin-open') ? { stdinOnce: true } : {}),
    ...(bool(args, 'tty') ? { tty: true } : {}),
  };
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      labels,
      ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
    },
    spec: {
      containers: [container],
      restartPolicy: text(args, 'restart', 'Always'),
      dnsPolicy: 'ClusterFirst',
    },
    status: {},
  } as KubeObject;
}

/** Creates the Pod and, with --expose, its Service; the Service is told of first. */
async function createObjects(
  session: Session,
  name: string,
  pod: KubeObject,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const told: string[] = [];
  const quiet: Session = { ...session, out: async (text) => void told.push(text) };
  const sending = { failure: '', manager: 'kubectl-run', operation: 'created' };
  await createGenerated(quiet, { ref: PODS, object: pod, ...sending });
  if (bool(session.args, 'expose')) {
    const port = Number(text(session.args, 'port'));
    const service = {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: { name },
      spec: { ports: [{ protocol: 'TCP', port, targetPort: port }], selector: labels },
      status: { loadBalancer: {} },
    } as KubeObject;
    await createGenerated(session, { ref: SERVICES, object: service, ...sending });
    if (text(session.args, 'output') === 'yaml') await session.out('---\n---\n');
  }
  for (const line of told) await session.out(line);
}

async function runAttached(
  session: Session,
  name: string,
  pod: KubeObject,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const silent: Session = { ...session, out: async () => {} };
  await createObjects(silent, name, pod, labels);
  try {
    return await followPod(session, name);
  } finally {
    if (bool(session.args, 'rm')) await removePod(session, name);
  }
}

async function removePod(session: Session, name: string): Promise<void> {
  await session.client.delete(PODS, session.namespace, name, { propagationPolicy: 'Background' });
  if (!bool(session.args, 'quiet'))
    await session.out(`pod "${name}" deleted from ${session.namespace} namespace\n`);
}

const ended = (pod: Pod) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Waits for the Pod to run, shows its output (or opens its shell), and answers its exit status. */
async function followPod(session: Session, name: string): Promise<number> {
  const { args } = session;
  let pod: Pod | undefined;
  const info = { resource: { ...POD_RESOURCE }, namespace: session.namespace, name };
  const ending = await withDeadline(
    session,
    duration(args, 'pod-running-timeout', RUNNING_TIMEOUT_MS),
    (cancel) =>
      awaitObject(session, info, cancel, (object) => {
        pod = object as Pod | undefined;
        return pod === undefined || pod.status?.phase === 'Running' || ended(pod);
      }),
  );
  if (ending === 'interrupted') return INTERRUPTED;
  if (ending === 'timeout' || !pod) throw fail('timed out waiting for the condition');
  if (!ended(pod) && opensShell(pod, args)) return openShell(session, pod);
  for await (const piece of session.client.logs(session.namespace, name, {
    follow: true,
    cancel: session.env.streams.cancel,
  })) {
    await session.out(piece);
  }
  if (session.env.streams.cancel.cancelled) return INTERRUPTED;
  if (text(args, 'restart', 'Always') === 'Always') return 0;
  return exitStatus(session, info);
}

const POD_RESOURCE = {
  ...PODS,
  kind: 'Pod',
  singular: 'pod',
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: [],
  subresources: [],
};

/** Whether the container's program reads the terminal: a shell, or the image's own when nothing was said. */
function opensShell(pod: Pod, args: ParsedArgs): boolean {
  if (!bool(args, 'stdin')) return false;
  const container = pod.spec?.containers[0];
  const words = container?.command ?? container?.args ?? [];
  return words.length === 0 || (words.length === 1 && SHELLS.has(words[0] ?? ''));
}

async function openShell(session: Session, pod: Pod): Promise<number> {
  const container = pod.spec?.containers[0];
  const words = container?.command ?? container?.args ?? ['sh'];
  if (!bool(session.args, 'quiet')) {
    await session.err(
      'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n',
    );
    await session.err("If you don't see a command prompt, try pressing enter.\n");
  }
  return enter(session, pod, container?.name ?? '', words.length === 0 ? ['sh'] : words);
}

async function exitStatus(session: Session, info: Parameters<typeof awaitObject>[1]): Promise<number> {
  let last: Pod | undefined;
  await withDeadline(session, RUNNING_TIMEOUT_MS, (cancel) =>
    awaitObject(session, info, cancel, (object) => {
      last = object as Pod | undefined;
      return last === undefined || ended(last);
    }),
  );
  if (last?.status?.phase !== 'Failed') return 0;
  const terminated = last.status.containerStatuses?.[0]?.state?.terminated;
  const where = `pod ${session.namespace}/${info.name}`;
  if (!terminated) throw fail(`${where} failed with unknown exit code`);
  throw new ExitError(
    terminated.exitCode,
    `${where} terminated (${terminated.reason ?? ''})\n${terminated.message ?? ''}`,
  );
}
