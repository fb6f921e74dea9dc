import { type Pod, StatusError } from '../../api';
import { alignTabs, humanDuration, parseTime, sha256Hex } from '../../base';
import { parseFlags, type Tool, type ToolContext, ToolError } from '../process';

/** A container as the runtime knows it. */
interface Known {
  readonly id: string;
  readonly image: string;
  readonly name: string;
  readonly state: 'Running' | 'Exited' | 'Created';
  readonly since: number;
  readonly attempt: number;
  readonly pod: Pod;
}

const bare = (id: string | undefined): string => (id ?? '').replace(/^\w+:\/\//, '');
const SHORT = 13;

/** The sandbox of a Pod: always the same digits for the same Pod. */
const sandboxOf = (pod: Pod): string => sha256Hex(`sandbox ${pod.metadata.uid ?? ''}`);

function containersOf(pod: Pod): readonly Known[] {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  return [...initContainerStatuses, ...containerStatuses].flatMap(
    ({ name, containerID, imageID, restartCount = 0, state, lastState }): Known[] => {
      const { running, terminated } = state ?? {};
      const before = lastState?.terminated;
      const common = { name, image: imageID ?? '', pod };
      const current = { ...common, attempt: restartCount };
      return [
        ...(running
          ? [
              {
                ...current,
                id: bare(containerID),
                state: 'Running' as const,
                since: timeOf(running.startedAt),
              },
            ]
          : []),
        ...(terminated
          ? [
              {
                ...current,
                id: bare(terminated.containerID),
                state: 'Exited' as const,
                since: timeOf(terminated.startedAt),
              },
            ]
          : []),
        ...(before && bare(before.containerID) !== bare(terminated?.containerID)
          ? [
              {
                ...common,
                attempt: Math.max(0, restartCount - 1),
                id: bare(before.containerID),
                state: 'Exited' as const,
                since: timeOf(before.startedAt),
              },
            ]
          : []),
      ];
    },
  );
}

const timeOf = (text: string | undefined): number => parseTime(text ?? '') ?? 0;
const ago = (context: ToolContext, since: number): string =>
  `${inWords(humanDuration(context.now() - since))} ago`;

/** "5m30s" as crictl says it: "5 minutes". */
function inWords(text: string): string {
  const [, count = '0', unit = 's'] = /^(\d+)([smhdy])/.exec(text) ?? [];
  const names: Readonly<Record<string, string>> = {
    s: 'second',
    m: 'minute',
    h: 'hour',
    d: 'day',
    y: 'year',
  };
  return count === '1' && unit !== 's'
    ? `About a ${names[unit]}`
    : `${count} ${names[unit]}${count === '1' ? '' : 's'}`;
}

async function podsHere({ machine }: ToolContext): Promise<readonly Pod[]> {
  if (machine.pods === undefined)
    throw new ToolError(
      'validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
    );
  try {
    return await machine.pods();
  } catch (error) {
    if (error instanceof StatusError) throw new ToolError(error.message);
    throw error;
  }
}

/** Rows in columns, three blanks apart, as crictl prints them. */
async function print(context: ToolContext, rows: readonly (readonly string[])[]): Promise<void> {
  const text = alignTabs(rows.map((row) => `${row.join('\t')}\n`).join(''), { minWidth: 20, padding: 3 });
  await context.out(text);
}

async function ps(context: ToolContext, args: readonly string[]): Promise<number> {
  const flags = parseFlags(args, 'a|all q|quiet name: p:|pod s:|state no-trunc');
  const all = (await podsHere(context)).flatMap(containersOf);
  const shown = all
    .filter(({ state }) => flags.has('a') || state === 'Running')
    .filter(({ name }) => new RegExp(flags.value('name') ?? '').test(name))
    .filter(({ state }) => (flags.value('s') ?? state).toLowerCase() === state.toLowerCase())
    .filter(({ pod }) => sandboxOf(pod).startsWith(flags.value('p') ?? ''))
    .toSorted((left, right) => right.since - left.since);
  const cut = (id: string) => (flags.has('no-trunc') ? id : id.slice(0, SHORT));
  if (flags.has('q')) {
    for (const { id } of shown) await context.out(`${id}\n`);
    return 0;
  }
  await print(context, [
    ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
    ...shown.map(({ id, image, since, state, name, attempt, pod }) => [
      cut(id),
      cut(image.replace(/^.*@sha256:/, '')),
      ago(context, since),
      state,
      name,
      String(attempt),
      cut(sandboxOf(pod)),
      pod.metadata.name ?? '',
      pod.metadata.namespace ?? '',
    ]),
  ]);
  return 0;
}

async function pods(context: ToolContext, args: readonly string[]): Promise<number> {
  const flags = parseFlags(args, 'q|quiet name: namespace: no-trunc');
  const shown = (await podsHere(context))
    .filter(({ metadata }) => new RegExp(flags.value('name') ?? '').test(metadata.name ?? ''))
    .filter(({ metadata }) => (flags.value('namespace') ?? metadata.namespace) === metadata.namespace)
    .toSorted((left, right) => timeOf(right.status?.startTime) - timeOf(left.status?.startTime));
  if (flags.has('q')) {
    for (const pod of shown) await context.out(`${sandboxOf(pod)}\n`);
    return 0;
  }
  const over = (pod: Pod) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  await print(context, [
    ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
    ...shown.map((pod) => [
      flags.has('no-trunc') ? sandboxOf(pod) : sandboxOf(pod).slice(0, SHORT),
      ago(context, timeOf(pod.status?.startTime)),
      over(pod) ? 'NotReady' : 'Ready',
      pod.metadata.name ?? '',
      pod.metadata.namespace ?? '',
      '0',
      '(default)',
    ]),
  ]);
  return 0;
}

async function images(context: ToolContext): Promise<number> {
  const used = new Map<string, string>();
  for (const { status } of await podsHere(context))
    for (const { image, imageID } of status?.containerStatuses ?? [])
      if (imageID) used.set(image ?? '', imageID);
  await print(context, [
    ['IMAGE', 'TAG', 'IMAGE ID'],
    ...[...used].sort().map(([reference, id]) => {
      const colon = reference.lastIndexOf(':');
      return [
        reference.slice(0, colon),
        reference.slice(colon + 1),
        id.replace(/^.*@sha256:/, '').slice(0, SHORT),
      ];
    }),
  ]);
  return 0;
}

/** crictl, for looking: ps, pods, images. */
export const crictl: Tool = async (context) => {
  const [verb = '', ...args] = context.args;
  switch (verb) {
    case 'ps':
      return ps(context, args);
    case 'pods':
      return pods(context, args);
    case 'images':
    case 'image':
    case 'img':
      return images(context);
    case 'version':
      await podsHere(context);
      await context.out(
        'Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v2.1.5\nRuntimeApiVersion:  v1\n',
      );
      return 0;
    default:
      await context.err(`only ps, pods, images and version are shown here, not "${verb}"\n`);
      return 1;
  }
};
