import { type LogOptions, type Pod, StatusError } from '../../api';
import { parseTime } from '../../base';
import { bool, duration, int, text } from '../flags';
import { logsManual } from '../manual';
import { findTargets, type LoadedInfo, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, isNotFound, openSession, type Session, throwAll, usageFailure } from '../session';
import { allContainers, chooseContainer, podsOf } from './pick-pod';

/** How many lines of each Pod are shown when Pods are picked by label. */
const SELECTOR_TAIL = 10;
const USAGE = `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command`;

/** `kubectl logs`. */
export const logs: Command<ParsedArgs> = {
  ...logsManual,
  options(args) {
    const words = args.positional.length;
    const selector = text(args, 'selector') !== '';
    if (words === 0 && !selector) return usageFailure('logs', USAGE);
    if (words > 2) return usageFailure('logs', USAGE);
    if (words > 0 && selector) return usageFailure('logs', 'only a selector (-l) or a POD name is allowed');
    if (words === 2 && text(args, 'container') !== '') {
      return fail('only one of -c or an inline [CONTAINER] arg is allowed');
    }
    if (text(args, 'since-time') !== '' && duration(args, 'since', 0) !== 0) {
      return fail('at most one of `sinceTime` or `sinceSeconds` may be specified');
    }
    if (text(args, 'since-time') !== '' && parseTime(text(args, 'since-time')) === undefined) {
      return fail(
        `parsing time "${text(args, 'since-time')}" as "2006-01-02T15:04:05Z07:00": cannot parse "${text(args, 'since-time')}" as "2006"`,
      );
    }
    return args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const infos = await logTargets(session);
    checkWishes(args);
    if (infos.length === 0) {
      await session.err(`No resources found in ${session.namespace} namespace.\n`);
      return 0;
    }
    const streams: Stream[] = [];
    for (const info of infos) streams.push(...(await streamsOf(session, info)));
    await readAll(session, streams);
    return 0;
  },
};

/** What is looked at only once the object was found (LogsOptions.Validate). */
function checkWishes(args: ParsedArgs): void {
  if (bool(args, 'all-containers') && text(args, 'container') !== '') {
    throw fail(
      `--all-containers=true should not be specified with container name ${text(args, 'container')}`,
    );
  }
  if (int(args, 'tail', -1) < -1) throw fail('--tail must be greater than or equal to -1');
  if (args.given.has('limit-bytes') && int(args, 'limit-bytes', 0) < 0) {
    throw fail('--limit-bytes must be greater than 0');
  }
  if (duration(args, 'since', 0) < 0) throw fail('--since must be greater than 0');
}

/** One container's log to read. */
interface Stream {
  readonly pod: Pod;
  readonly container: string;
}

async function logTargets(session: Session): Promise<readonly LoadedInfo[]> {
  const [first] = session.args.positional;
  const bySelector = text(session.args, 'selector') !== '';
  const targets = await findTargets(session, {
    words: bySelector ? ['pods'] : [first ?? ''],
    ...(bySelector ? { tries: 4 } : { defaultType: 'pods' }),
  });
  const loaded = await loadTargets(session, targets, {});
  const [error] = loaded.errors;
  if (error && isNotFound(error)) {
    throw fail(`error from server (NotFound): ${error.message} in namespace "${session.namespace}"`);
  }
  throwAll(loaded.errors);
  return loaded.infos;
}

async function streamsOf(session: Session, info: LoadedInfo): Promise<readonly Stream[]> {
  const { args } = session;
  const pods = await podsOf(session, info.object);
  const allPods = bool(args, 'all-pods');
  const [best] = pods;
  if (!best) throw fail('timed out waiting for the condition');
  if (pods.length > 1 && !allPods) {
    await session.err(`Found ${pods.length} pods, using pod/${best.metadata.name}\n`);
  }
  const streams: Stream[] = [];
  for (const pod of allPods ? pods : [best]) {
    if (bool(args, 'all-containers') || allPods) {
      const inits = allContainers(pod).filter(({ kind }) => kind === 'init');
      const others = allContainers(pod).filter(({ kind }) => kind !== 'init');
      streams.push(...[...inits, ...others].map(({ name }) => ({ pod, container: name })));
    } else {
      const asked = args.positional[1] ?? text(args, 'container');
      if (asked !== '' && !allContainers(pod).some(({ name }) => name === asked))
        throw fail(`container ${asked} is not valid for pod ${pod.metadata.name}`);
      streams.push({ pod, container: await chooseContainer(session, pod, asked, false) });
    }
  }
  return streams;
}

async function readAll(session: Session, streams: readonly Stream[]): Promise<void> {
  const { args } = session;
  const follow = bool(args, 'follow');
  const most = int(args, 'max-log-requests', 5);
  if (!follow || streams.length <= 1) {
    for (const stream of streams) await readOne(session, stream);
    return;
  }
  if (streams.length > most) {
    throw fail(
      `you are attempting to follow ${streams.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  }
  await Promise.all(streams.map((stream) => readOne(session, stream)));
}

async function readOne(session: Session, { pod, container }: Stream): Promise<void> {
  const { args } = session;
  const options = logOptions(session, container);
  const prefixed = bool(args, 'prefix') || (bool(args, 'all-pods') && !args.given.has('prefix'));
  const prefix = prefixed ? `[pod/${pod.metadata.name}/${container}] ` : '';
  try {
    let rest = '';
    for await (const piece of session.client.logs(
      pod.metadata.namespace ?? '',
      pod.metadata.name ?? '',
      options,
    )) {
      if (prefix === '') {
        await session.out(piece);
        continue;
      }
      const lines = `${rest}${piece}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) await session.out(`${prefix}${line}\n`);
    }
    if (rest !== '') await session.out(`${prefix}${rest}`);
  } catch (error) {
    if (!(error instanceof StatusError) || !bool(args, 'ignore-errors')) throw error;
    await session.out(`error: ${error.message}\n`);
  }
}

function logOptions(session: Session, container: string): LogOptions {
  const { args } = session;
  const bySelector = text(args, 'selector') !== '' && !args.given.has('tail');
  const tail = bySelector ? SELECTOR_TAIL : int(args, 'tail', -1);
  const since = duration(args, 'since', 0);
  const limit = int(args, 'limit-bytes', 0);
  return {
    container,
    follow: bool(args, 'follow'),
    previous: bool(args, 'previous'),
    timestamps: bool(args, 'timestamps'),
    ...(tail >= 0 ? { tailLines: tail } : {}),
    ...(since > 0 ? { sinceSeconds: Math.ceil(since / 1000) } : {}),
    ...(text(args, 'since-time') === '' ? {} : { sinceTime: text(args, 'since-time') }),
    ...(limit > 0 ? { limitBytes: limit } : {}),
    cancel: session.env.streams.cancel,
  };
}
