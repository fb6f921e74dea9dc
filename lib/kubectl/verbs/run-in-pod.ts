import { type Pod, StatusError } from '../../api';
import { createCancel } from '../../base';
import { text } from '../flags';
import { fail, type Session } from '../session';
import { chooseContainer } from './pick-pod';

const PODS = { group: '', version: 'v1', resource: 'pods' };

/** What to give a process in a container, and who takes what it writes. */
export interface InPodRules {
  readonly input?: string;
  out(piece: string): Promise<void> | void;
  /** Left out for a look that nobody hears of: it only succeeds or not. */
  err?(piece: string): Promise<void>;
}

/** Runs a command in a Pod's container, as `cp` does; answers its status. */
export async function runInPod(
  session: Session,
  { namespace, pod }: { readonly namespace: string; readonly pod: string },
  command: readonly string[],
  rules: InPodRules,
): Promise<number> {
  const object = (await session.client.get(PODS, namespace, pod)) as Pod;
  const phase = object.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed')
    throw fail(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const container = await chooseContainer(
    session,
    object,
    text(session.args, 'container'),
    rules.err === undefined,
  );
  let left = rules.input;
  try {
    return await session.client.exec(
      namespace,
      pod,
      { container, command },
      {
        stdin:
          rules.input === undefined
            ? undefined
            : {
                read: async () => {
                  const piece = left;
                  left = undefined;
                  return piece;
                },
              },
        stdout: { write: async (piece) => rules.out(piece) },
        stderr: { write: async (piece) => rules.err?.(piece) },
        tty: false,
        cancel: createCancel(session.env.streams.cancel),
      },
    );
  } catch (error) {
    if (rules.err !== undefined || !(error instanceof StatusError)) throw error;
    return 1;
  }
}
