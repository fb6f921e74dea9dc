import { type Pod, StatusError } from '../../api';
import { bool, list, text } from '../flags';
import { execManual } from '../manual';
import { findTargets, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { ExitError, fail, openSession, type Session, throwAll, usageFailure } from '../session';
import { attachablePod, chooseContainer } from './pick-pod';

/** `kubectl exec`. */
export const exec: Command<ParsedArgs> = {
  ...execManual,
  options(args) {
    const files = list(args, 'filename').length > 0;
    if (args.positional.length > 1 || (files && args.positional.length > 0 && !args.afterDash)) {
      return usageFailure(
        'exec',
        'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
      );
    }
    if (args.positional.length === 0 && !files) return fail('pod, type/name or --filename must be specified');
    return (args.afterDash ?? []).length === 0
      ? fail('you must specify at least one command for the container')
      : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const pod = await podToEnter(session);
    const phase = pod.status?.phase;
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw fail(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    }
    const container = await chooseContainer(session, pod, text(args, 'container'), bool(args, 'quiet'));
    return enter(session, pod, container, args.afterDash ?? []);
  },
};

async function podToEnter(session: Session): Promise<Pod> {
  const targets = await findTargets(session, {
    words: session.args.positional,
    defaultType: 'pods',
    labelSelector: '',
  });
  const loaded = await loadTargets(session, targets, {});
  throwAll(loaded.errors);
  const [info] = loaded.infos;
  if (!info || loaded.infos.length > 1) throw fail('cannot exec into multiple objects at a time');
  const pod = await attachablePod(session, info.object);
  if (!pod) throw fail('timed out waiting for the condition');
  return pod;
}

/** Runs a command in a container with the terminal or pipes that -i and -t ask for; passes its status on. */
export async function enter(
  session: Session,
  pod: Pod,
  container: string,
  command: readonly string[],
): Promise<number> {
  const { streams } = session.env;
  const interactive = bool(session.args, 'stdin');
  const wantsTty = interactive && bool(session.args, 'tty');
  if (wantsTty && !streams.tty && !bool(session.args, 'quiet')) {
    await session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  }
  const tty = wantsTty && streams.tty;
  const inner = {
    ...streams,
    stdin: interactive ? streams.stdin : undefined,
    stderr: tty ? streams.stdout : streams.stderr,
    tty,
  };
  const code = await session.client
    .exec(pod.metadata.namespace ?? '', pod.metadata.name ?? '', { container, command }, inner)
    .catch((error: unknown) => {
      // What goes wrong once the stream is open comes over it, and is no answer of the server's any more.
      if (error instanceof StatusError && error.reason === 'InternalError') throw fail(error.message);
      throw error;
    });
  if (code !== 0) throw new ExitError(code, `command terminated with exit code ${code}`);
  return 0;
}
