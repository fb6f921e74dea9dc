import { bool, list, text } from '../flags';
import { attachManual } from '../manual';
import { findTargets, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession, throwAll } from '../session';
import { attachablePod, chooseContainer } from './pick-pod';

/** What somebody is told who speaks to a container's own program. */
export const ATTACHED =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n";

/** `kubectl attach`: what a container's program writes from now on; its standard input where the container has one. */
export const attach: Command<ParsedArgs> = {
  ...attachManual,
  options(args) {
    const given = args.positional.length;
    if (given === 0 && list(args, 'filename').length === 0)
      return fail('at least 1 argument is required for attach');
    return given > 2
      ? fail('expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw too many')
      : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: args.positional,
      ...(args.positional.length === 1 ? { defaultType: 'pods' } : {}),
      labelSelector: '',
    });
    const loaded = await loadTargets(session, targets, { latest: true });
    throwAll(loaded.errors);
    const [info] = loaded.infos;
    const pod = info && (await attachablePod(session, info.object));
    if (!pod) throw fail('timed out waiting for the condition');
    const phase = pod.status?.phase;
    if (phase === 'Succeeded' || phase === 'Failed')
      throw fail(`cannot attach a container in a completed pod; current phase is ${phase}`);
    const container = await chooseContainer(session, pod, text(args, 'container'), bool(args, 'quiet'));
    const { streams } = env;
    const stdin = bool(args, 'stdin') ? streams.stdin : undefined;
    if (!bool(args, 'quiet')) await session.err(ATTACHED);
    await session.client.attach(
      pod.metadata.namespace ?? '',
      pod.metadata.name ?? '',
      { container },
      { ...streams, stdin, tty: bool(args, 'tty') && streams.tty },
    );
    return 0;
  },
};
