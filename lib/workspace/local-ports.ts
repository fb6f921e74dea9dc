import type {
  ApiProxy,
  Credentials,
  Delivery,
  HostNetwork,
  LocalPorts,
  Network,
  Packet,
  PortForward,
  Reply,
  Request,
  Traced,
} from '../api';

/** Ports that only root may listen on (net.ipv4.ip_unprivileged_port_start). */
const UNPRIVILEGED = 1024;
/** Where ports begin that the kernel hands out (net.ipv4.ip_local_port_range). */
const EPHEMERAL = 32_768;
/** What the program's process is called and numbered by `ss -p`. */
const PROCESS = { process: 'kubectl', pid: 4242 };

/** The admin machine's own listening ports, and the network as it is with them. They live as long as who listens. */
export interface AdminPorts extends LocalPorts {
  readonly network: Network;
}

type Listening = (PortForward | ApiProxy) & { readonly taken: number };

/** What the API server answers to a request in somebody's name. */
type AnswerApi = (credentials: Credentials, request: Extract<Request, { kind: 'http' }>) => Reply;

/** No ports yet, on the network of the moment. */
export function createAdminPorts(inner: () => Network, answerApi: AnswerApi): AdminPorts {
  let open: readonly Listening[] = [];
  const find = ({ from, to, protocol }: Packet): Listening | undefined =>
    from.kind !== 'office' || protocol !== 'TCP' || open.length === 0
      ? undefined
      : open.find(
          ({ addresses, taken }) =>
            taken === to.port && addresses.some((address) => hears(inner(), address, to.ip)),
        );
  return {
    listen(forward) {
      const { addresses } = forward;
      if (forward.port > 0 && forward.port < UNPRIVILEGED) return 'permission denied';
      const isTaken = (port: number) =>
        open.some((each) => each.taken === port && each.addresses.some((one) => clashes(one, addresses)));
      let { port } = forward;
      if (port === 0) for (port = EPHEMERAL; isTaken(port); port += 1);
      else if (isTaken(port)) return 'address already in use';
      const mine: Listening = { ...forward, taken: port };
      open = [...open, mine];
      return {
        port,
        close() {
          open = open.filter((each) => each !== mine);
        },
      };
    },
    get network(): Network {
      const network = inner();
      return {
        ...bound(network),
        send(packet) {
          const listening = find(packet);
          if (listening === undefined) return network.send(packet);
          return 'pod' in listening
            ? carry(network, packet, listening)
            : answered(packet, listening, answerApi);
        },
        host(from) {
          const host = network.host(from);
          return host?.kind === 'admin' && open.length > 0 ? withSockets(host, open) : host;
        },
      };
    },
  };
}

/** The network's methods, whatever object they hang on. */
const bound = (network: Network): Network => ({
  send: (packet) => network.send(packet),
  ping: (ping) => network.ping(ping),
  lookup: (from, name) => network.lookup(from, name),
  resolvConf: (from) => network.resolvConf(from),
  addresses: (from) => network.addresses(from),
  iptablesSave: (node, table) => network.iptablesSave(node, table),
  host: (from) => network.host(from),
});

const ALL = ['0.0.0.0', '::'];
const clashes = (one: string, others: readonly string[]): boolean =>
  others.some((other) => other === one || ALL.includes(other) || ALL.includes(one));

/** Whether who listens on `address` is met at `ip` of the admin machine. */
function hears(network: Network, address: string, ip: string): boolean {
  if (address === ip) return true;
  return (
    ALL.includes(address) &&
    (ip.startsWith('127.') || ip === '::1' || network.addresses({ kind: 'office' }).includes(ip))
  );
}

/** Through the API server and the kubelet into the Pod, where the connection comes from its own loopback. */
function carry(
  network: Network,
  packet: Packet,
  { pod, podPort, onConnection }: PortForward,
): Traced<Delivery> {
  const { outcome, trace } = network.send({
    from: { kind: 'pod', ...pod },
    to: { ip: '127.0.0.1', port: podPort },
    protocol: 'TCP',
    request: packet.request,
  });
  onConnection(outcome);
  const hop = {
    at: 'kubectl port-forward',
    rule: `${packet.to.ip}:${packet.to.port} -> ${podPort}`,
    effect: `carried through the API server and the kubelet into pod ${pod.namespace}/${pod.name}: no Service and no rule of a node is asked`,
    object: { resource: 'pods', ...pod },
  };
  // kubectl took the connection; when nobody takes it at the other end, it hangs up.
  const seen: Delivery =
    outcome.kind === 'delivered'
      ? outcome
      : {
          kind: 'delivered',
          reply: { kind: 'closed', why: 'empty-reply' },
          server: { ip: packet.to.ip, port: packet.to.port },
          sourceSeen: packet.to.ip,
          latencyMs: 1,
        };
  return { outcome: seen, trace: [hop, ...trace] };
}

/** What kubectl proxy answers: what the API server does, in the name of who started it. */
function answered(packet: Packet, proxy: ApiProxy, answerApi: AnswerApi): Traced<Delivery> {
  const hop = {
    at: 'kubectl proxy',
    rule: `${packet.to.ip}:${packet.to.port} -> the API server`,
    effect: 'passed on with the credentials of the kubeconfig',
  };
  const outcome: Delivery = {
    kind: 'delivered',
    reply: replyOf(packet, proxy, answerApi),
    server: { ip: packet.to.ip, port: packet.to.port },
    sourceSeen: packet.to.ip,
    latencyMs: 1,
  };
  return { outcome, trace: [hop] };
}

function replyOf(
  { request }: Packet,
  { prefix, credentials, accepts }: ApiProxy,
  answerApi: AnswerApi,
): Reply {
  if (request.kind === 'connect') return { kind: 'connected' };
  if (request.kind !== 'http' || request.tls !== undefined) return { kind: 'closed', why: 'tls-mismatch' };
  const [path = ''] = request.path.split('?');
  if (!accepts(request.method, path, request.host.replace(/:\d+$/, '')))
    return plainPage(403, 'Forbidden', 'Forbidden\n');
  if (!request.path.startsWith(prefix)) return plainPage(404, 'Not Found', '404 page not found\n');
  const { Authorization: _own, authorization: __own, ...headers } = request.headers;
  return answerApi(credentials, { ...request, headers, path: `/${request.path.slice(prefix.length)}` });
}

/** net/http's Error. */
const plainPage = (status: number, reason: string, body: string): Reply => ({
  kind: 'http',
  status,
  reason,
  headers: [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
    ['Content-Length', String(body.length)],
  ],
  body,
});

function withSockets(host: HostNetwork, open: readonly Listening[]): HostNetwork {
  const own = open.flatMap(({ addresses, taken }) =>
    addresses.map((address) => ({ protocol: 'TCP' as const, address, port: taken, ...PROCESS })),
  );
  return {
    kind: host.kind,
    isPrivileged: host.isPrivileged,
    interfaces: () => host.interfaces(),
    routes: () => host.routes(),
    sockets: () => [...host.sockets(), ...own],
    connections: () => host.connections(),
    iptablesSave: (query) => host.iptablesSave(query),
    ipvsadm: (what) => host.ipvsadm(what),
    ipset: (query) => host.ipset(query),
  };
}
