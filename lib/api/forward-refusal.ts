import { sha256Hex } from '../base';
import type { Delivery } from './network';

/** What a container runtime tells of a forwarded connection that nobody took inside the Pod (containerd's portForward). */
export function forwardRefusal(
  delivery: Exclude<Delivery, { readonly kind: 'delivered' }>,
  podUid: string,
  port: number,
): string {
  const sandbox = sha256Hex(`sandbox ${podUid}`);
  const network = sandbox.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, 'cni-$1-$2-$3-$4-$5');
  const refused = (family: string, host: string) =>
    `dial ${family} ${host}:${port}: connect: connection refused`;
  const why =
    delivery.kind === 'refused'
      ? `failed to execute portforward in network namespace "/var/run/netns/${network}": failed to connect to localhost:${port} inside namespace "${sandbox}", IPv4: ${refused('tcp4', '127.0.0.1')} IPv6 ${refused('tcp6', '[::1]')} `
      : `network namespace for sandbox "${sandbox}" is closed`;
  return `error forwarding port ${port} to pod ${sandbox}, uid : ${why}`;
}
