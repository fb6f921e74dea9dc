import { type Delivery, goLookupError } from '../../api';
import type { Kernel } from '../process';

/** Redirects that Go's client follows. */
const MAX_REDIRECTS = 10;
/** How long dialling into silence takes (net.Dialer's time-out of http.DefaultTransport). */
const DIAL_TIMEOUT_MS = 30_000;
/** The ports that Linux gives to those who ask for none. */
const FIRST_PORT = 32_768;
const PORTS = 28_232;

/** Gets a page as Go's net/http does, from where a machine is; a string is what went wrong, in its words. */
export async function fetchUrl(
  { machine, world }: Pick<Kernel, 'machine' | 'world'>,
  url: string,
): Promise<{ readonly status: string; readonly body: string } | string> {
  const { network, timer } = world;
  let next = url;
  for (let redirects = 0; redirects < MAX_REDIRECTS; redirects += 1) {
    const parts = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(next);
    if (parts === null) return `unsupported protocol scheme "${next.split(':')[0] ?? ''}"`;
    const [, scheme = 'http', host = '', portText, path = '/'] = parts;
    const port = Number(portText ?? (scheme === 'https' ? 443 : 80));
    const found = network.lookup(machine.vantage, host, 'go').outcome;
    await timer.sleep(Math.min(found.latencyMs, DIAL_TIMEOUT_MS));
    const [ip] = found.addresses;
    if (ip === undefined) {
      if (found.latencyMs > DIAL_TIMEOUT_MS) return `dial tcp: lookup ${host}: i/o timeout`;
      const from = () => {
        const port = FIRST_PORT + Math.floor(world.random.next() * PORTS);
        return `${network.addresses(machine.vantage)[0] ?? '127.0.0.1'}:${port}`;
      };
      return `dial tcp: ${goLookupError(host, found.failure, from)}`;
    }
    const { outcome } = network.send({
      from: machine.vantage,
      to: { ip, port },
      protocol: 'TCP',
      request: {
        kind: 'http',
        method: 'GET',
        path,
        host: portText === undefined ? host : `${host}:${portText}`,
        headers: { 'User-Agent': 'Go-http-client/1.1', 'Accept-Encoding': 'gzip' },
        body: '',
        ...(scheme === 'https' ? { tls: { serverName: host, trust: { host } } } : {}),
      },
    });
    await timer.sleep(outcome.kind === 'dropped' ? DIAL_TIMEOUT_MS : outcome.latencyMs);
    const failure = failureOf(outcome, `${ip}:${port}`, host);
    if (failure !== undefined) return failure;
    if (outcome.kind !== 'delivered' || outcome.reply.kind !== 'http') return 'EOF';
    const { status, reason, headers, body } = outcome.reply;
    const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (status < 300 || status > 308 || location === undefined)
      return { status: `${status} ${reason}`.trim(), body };
    next = location.startsWith('/') ? `${scheme}://${host}${location}` : location;
  }
  return `stopped after ${MAX_REDIRECTS} redirects`;
}

function failureOf(outcome: Delivery, address: string, host: string): string | undefined {
  switch (outcome.kind) {
    case 'dropped':
      return `dial tcp ${address}: i/o timeout`;
    case 'refused':
      return `dial tcp ${address}: connect: connection refused`;
    case 'unreachable':
      return `dial tcp ${address}: connect: no route to host`;
    case 'delivered':
      return outcome.reply.kind === 'untrusted' ? goProblem(outcome.reply.problem.code, host) : undefined;
  }
}

/** What Go's crypto/x509 says where OpenSSL has this code. */
function goProblem(code: number, host: string): string {
  const why =
    code === 62
      ? `certificate is not valid for ${host}`
      : code === 10 || code === 9
        ? 'certificate has expired or is not yet valid'
        : 'certificate signed by unknown authority';
  return `tls: failed to verify certificate: x509: ${why}`;
}
