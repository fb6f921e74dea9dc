import { randomUUID } from 'node:crypto';
import type { AttachOptions, ExecOptions, ExecStreams } from '../../api';
import type { Identity } from '../../workspace';
import type { KubeHost } from './kube-host';

/** Runs a process in a container of a hosted workspace, joins the container's own, or connects with a port of the Pod; what it reads goes the way of every input. */
export function execOn(
  host: KubeHost,
  identity: Identity,
  namespace: string,
  pod: string,
  { container, command, port }: AttachOptions & Partial<ExecOptions> & { readonly port?: number },
  streams: ExecStreams,
): Promise<number> {
  const id = randomUUID();
  const { stdin, stdout, stderr, tty, size, onResize, cancel } = streams;
  return new Promise((resolve, reject) => {
    let over = false;
    const stops: (() => void)[] = [];
    const finish = (then: () => void) => {
      if (over) return;
      over = true;
      for (const stop of stops) stop();
      then();
    };
    const fail = (error: unknown) => finish(() => reject(error));
    // Output keeps its order, and the exit code comes after all of it.
    let writing: Promise<void> = Promise.resolve();
    stops.push(
      host.onProcess((from, event) => {
        if (from !== id) return;
        if (event.kind === 'output') {
          const output = event.stream === 'stdout' ? stdout : stderr;
          writing = writing.then(() => output.write(event.text));
          writing.catch(fail);
        } else if (event.kind === 'exit') {
          writing.then(() => finish(() => resolve(event.code)), fail);
        } else fail(event.refusal);
      }),
    );
    const begin = async () => {
      const process = {
        id,
        identity,
        namespace,
        pod,
        container,
        command,
        stdin: stdin !== undefined,
        tty,
        ...(port === undefined ? {} : { port }),
        ...(size === undefined ? {} : { size }),
      };
      await host.deliver({ kind: 'exec', process });
      stops.push(
        cancel.onCancel(() => {
          host.deliver({ kind: 'exec-end', id }).then(() => finish(() => resolve(KILLED)), fail);
        }),
      );
      const stopResizing = onResize?.((next) => {
        host.deliver({ kind: 'exec-resize', id, size: next }).catch(fail);
      });
      if (stopResizing) stops.push(stopResizing);
      if (stdin === undefined) return;
      for (let text = await stdin.read(); !over; text = await stdin.read()) {
        await host.deliver({ kind: 'exec-input', id, text: text ?? null });
        if (text === undefined) return;
      }
    };
    begin().catch(fail);
  });
}

/** 128 + SIGKILL. */
const KILLED = 137;
