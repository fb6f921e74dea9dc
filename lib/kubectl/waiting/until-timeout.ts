import { type CancelSource, createCancel } from '../../base';
import { type Session, timeoutMs } from '../session';

/** A watch ends when its program is stopped, and after --request-timeout. */
export function untilTimeout({ args, env }: Session): CancelSource {
  const ms = timeoutMs(args);
  const source = createCancel(env.streams.cancel);
  if (ms > 0)
    void env.timer.sleep(ms, source).then(
      () => source.cancel(),
      () => source.cancel(),
    );
  return source;
}
