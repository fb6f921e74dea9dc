import { type Pod, StatusError } from '../../api';
import { bool } from '../flags';
import type { Session } from '../session';
import { ATTACHED } from './attach';

/** Is on the terminal of a container that runs, or shows the log of one that is done (debug's handleAttachPod). */
export async function attachTo(
  session: Session,
  pod: Pod,
  container: string,
  isDone: boolean,
): Promise<number> {
  const { args, env, client } = session;
  const { namespace = '', name = '' } = pod.metadata;
  const { streams } = env;
  if (!isDone) {
    const stdin = bool(args, 'stdin') ? streams.stdin : undefined;
    if (!bool(args, 'quiet')) await session.err(ATTACHED);
    try {
      await client.attach(
        namespace,
        name,
        { container },
        { ...streams, stdin, tty: bool(args, 'tty') && streams.tty },
      );
      return 0;
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      await session.err(
        `warning: couldn't attach to pod/${name}, falling back to streaming logs: ${error.message}\n`,
      );
    }
  }
  for await (const piece of client.logs(namespace, name, { container, cancel: streams.cancel }))
    await session.out(piece);
  return 0;
}
