import { type Delivery, forwardRefusal, type Pod } from '../../../api';
import { list } from '../../flags';
import { portForwardManual } from '../../manual';
import { findTargets, loadTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, logLine, openSession, type Session, throwAll, usageFailure } from '../../session';
import { attachablePod } from '../pick-pod';
import { type ForwardedPort, readPorts } from './read-ports';

/** `kubectl port-forward`: ports of this machine that lead into a Pod, until somebody stops it or the Pod does not answer. */
export const portForward: Command<ParsedArgs> = {
  ...portForwardManual,
  options: (args) =>
    args.positional.length < 2
      ? usageFailure('port-forward', 'TYPE/NAME and list of ports are required for port-forward')
      : args,
  async run(args, env) {
    const session = openSession(args, env);
    const [name = '', ...words] = args.positional;
    const targets = await findTargets(session, { words: [name], defaultType: 'pods', labelSelector: '' });
    const loaded = await loadTargets(session, targets, { latest: true });
    throwAll(loaded.errors);
    const object = loaded.infos[0]?.object;
    const pod = object && (await attachablePod(session, object));
    if (!object || !pod) throw fail('timed out waiting for the condition');
    const ports = readPorts(words, object, pod);
    if (pod.status?.phase !== 'Running')
      throw fail(`unable to forward port because pod is not running. Current status=${pod.status?.phase}`);
    const addresses = addressesOf(list(args, 'address'));
    await forward(session, pod, ports, addresses);
    return 0;
  },
};

/** `localhost` is both loopbacks; all else is an address. */
function addressesOf(given: readonly string[]): readonly string[] {
  const asked = given.length === 0 ? ['localhost'] : given.flatMap((each) => each.split(','));
  return asked.flatMap((each) => {
    if (each === 'localhost') return ['127.0.0.1', '::1'];
    if (/^\d{1,3}(\.\d{1,3}){3}$/.test(each) || each.includes(':')) return [each];
    throw fail(`${each} is not a valid IP`);
  });
}

const shownAddress = (address: string): string => (address.includes(':') ? `[${address}]` : address);

async function forward(
  session: Session,
  pod: Pod,
  ports: readonly ForwardedPort[],
  addresses: readonly string[],
): Promise<void> {
  const { env, client } = session;
  const { namespace = '', name = '' } = pod.metadata;
  try {
    await client.connect(namespace, name, 'portforward', '');
  } catch (error) {
    throw fail(`error upgrading connection: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!env.ports) throw fail('unable to listen on any of the requested ports: nothing can listen here');
  const open: { close(): void }[] = [];
  let lost = (): void => {};
  const over = new Promise<boolean>((resolve) => {
    lost = () => resolve(true);
    env.streams.cancel.onCancel(() => resolve(false));
  });
  try {
    for (const each of ports) {
      const listening = env.ports.listen({
        addresses,
        port: each.local,
        pod: { namespace, name },
        podPort: each.remote,
        onConnection: (delivery) => {
          const problem = problemOf(delivery, pod, { ...each, local });
          const said = session.out(`Handling connection for ${local}\n`);
          if (problem !== undefined)
            void said.then(() => session.err(logLine(session, 'E', problem))).then(lost);
        },
      });
      const local = typeof listening === 'string' ? each.local : listening.port;
      if (typeof listening === 'string') {
        await session.err(`${unable(each.local, addresses, listening)}\n`);
        continue;
      }
      open.push(listening);
      for (const address of addresses)
        await session.out(`Forwarding from ${shownAddress(address)}:${local} -> ${each.remote}\n`);
    }
    if (open.length === 0) {
      const asked = ports.map(({ local, remote }) => `{${local} ${remote}}`).join(' ');
      throw fail(`unable to listen on any of the requested ports: [${asked}]`);
    }
    if (!env.streams.cancel.cancelled && (await over)) throw fail('lost connection to pod');
  } finally {
    for (const each of open) each.close();
  }
}

/** client-go's word for ports that it cannot have. */
function unable(port: number, addresses: readonly string[], why: string): string {
  const errors = addresses.map((address) => {
    const family = address.includes(':') ? 'tcp6' : 'tcp4';
    return `unable to create listener: Error listen ${family} ${shownAddress(address)}:${port}: bind: ${why}`;
  });
  return `Unable to listen on port ${port}: Listeners failed to create with the following errors: [${errors.join(' ')}]`;
}

/** What is told when nobody answers in the Pod, as klog prints it. */
function problemOf(delivery: Delivery, pod: Pod, { local, remote }: ForwardedPort): string | undefined {
  if (delivery.kind === 'delivered') return undefined;
  const message = `an error occurred forwarding ${local} -> ${remote}: ${forwardRefusal(delivery, pod.metadata.uid ?? '', remote)}`;
  return `portforward.go:424] "Unhandled Error" err=${JSON.stringify(message)}`;
}
