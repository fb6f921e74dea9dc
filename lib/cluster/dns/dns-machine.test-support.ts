import type {
  Delivery,
  DnsAnswer,
  DnsQuery,
  KubeObject,
  LabelSelector,
  Request,
  Stored,
  Traced,
  View,
} from '../../api';
import { matchesLabels } from '../../api';
import { createRandom } from '../../base';
import type { ProcessEnv } from '../seams';
import { outsideAnswer } from './outside';
import { answerArrived, type CoreDnsState, startCoreDns, turnCoreDns } from './server';

/** An object of a test: `kind` is its resource ("services"). */
export function anObject(resource: string, namespace: string, name: string, rest: object = {}): Stored {
  const metadata = { namespace, name, ...('labels' in rest ? { labels: rest.labels } : {}) };
  return { apiVersion: 'v1', kind: resource, ...rest, metadata } as unknown as Stored;
}

/** A view over objects made by `anObject`. */
export function viewOver(objects: readonly Stored[], revision = 1): View {
  const list = (resource: string, namespace: string, selector: LabelSelector = []) =>
    objects.filter(
      ({ kind, metadata }) =>
        kind === resource &&
        (namespace === '' || metadata.namespace === namespace) &&
        matchesLabels(selector, metadata.labels),
    );
  return {
    revision,
    get: <T extends KubeObject>(resource: string, namespace: string, name: string) =>
      list(resource, namespace).find(({ metadata }) => metadata.name === name) as Stored<T> | undefined,
    list: <T extends KubeObject>(resource: string, namespace: string, selector?: LabelSelector) =>
      list(resource, namespace, selector) as readonly KubeObject[] as readonly Stored<T>[],
  };
}

/** What stands in for the machine around a CoreDNS under test. */
export interface MachineOptions {
  readonly corefile: string;
  readonly objects?: readonly Stored[];
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What comes back from other servers, by "IP:PORT"; the office's resolver and the API server answer by themselves. */
  readonly servers?: (address: string, request: Request) => Delivery | undefined;
}

/** A CoreDNS that runs on a machine of a test's own. */
export interface Machine {
  now: number;
  objects: readonly Stored[];
  files: Record<string, string>;
  readonly log: string[];
  readonly exitCode: number | undefined;
  readonly state: CoreDnsState;
  /** Starts it anew from its own JSON. */
  restore(): void;
  /** Lets time pass, with the turns that fall due. */
  advance(ms: number): void;
  ask(query: string | DnsQuery, how?: { protocol?: 'UDP' | 'TCP'; from?: string; port?: number }): DnsAnswer;
  traced(query: string | DnsQuery): Traced<DnsAnswer | undefined> & { readonly latencyMs: number };
}

/** 5 January 2026, 09:00 UTC. */
const START = 1_767_603_600_000;
/** The client of tests that do not care. */
const CLIENT = '10.244.1.9';

/** "web.default.svc.cluster.local SRV" as a query; A without a type. */
export function queryOf(text: string | DnsQuery): DnsQuery {
  if (typeof text !== 'string') return text;
  const [name = '', type = 'A'] = text.split(' ');
  return { name, type };
}

/** A reply of a DNS server. */
export function dnsReply(answer: DnsAnswer, latencyMs = 10): Delivery {
  const server = { ip: '192.168.50.1', port: 53 };
  return { kind: 'delivered', reply: { kind: 'dns', answer }, server, sourceSeen: '10.244.0.2', latencyMs };
}

/** Starts CoreDNS with a Corefile. */
export function startMachine(options: MachineOptions): Machine {
  const random = createRandom(7);
  const log: string[] = [];
  let state: CoreDnsState | undefined;
  let exitCode: number | undefined;
  let wakeAt: number | undefined;

  const send: ProcessEnv['send'] = (ip, port, request) => {
    const outcome = options.servers?.(`${ip}:${port}`, request) ?? worldReply(ip, port, request);
    return { outcome, trace: [{ at: 'wire', rule: `${ip}:${port}`, effect: outcome.kind }] };
  };
  const env = (): ProcessEnv => ({
    now: machine.now,
    random,
    hostname: 'coredns-1',
    podIP: '10.244.0.2',
    namespace: 'kube-system',
    podName: 'coredns-1',
    image: 'registry.k8s.io/coredns/coredns:v1.13.1',
    argv: ['/coredns', '-conf', '/etc/coredns/Corefile'],
    env: { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443', ...options.env },
    ports: [],
    view: viewOver(machine.objects, machine.objects.length + 1),
    readFile: (path) => machine.files[path],
    listFiles: (folder) => Object.keys(machine.files).filter((path) => path.startsWith(folder)),
    readOnly: () => true,
    lookup: (name) => ({ outcome: { addresses: [name], latencyMs: 0 }, trace: [] }),
    ping: () => ({ answered: false, latencyMs: 0 }),
    send,
  });
  const take = (turn: ReturnType<typeof startCoreDns>) => {
    log.push(...(turn.log ?? []));
    exitCode = turn.exitCode;
    wakeAt = turn.exitCode === undefined ? turn.wakeAt : undefined;
    state = turn.exitCode === undefined ? (turn.state as unknown as CoreDnsState) : undefined;
  };
  const running = (): CoreDnsState => {
    if (state === undefined) throw new Error(`CoreDNS does not run: ${log.join('\n')}`);
    return state;
  };
  const traced: Machine['traced'] = (query) => arrive(queryOf(query), 'UDP', CLIENT, 53);
  const arrive = (query: DnsQuery, protocol: 'UDP' | 'TCP', sourceIP: string, port: number) => {
    const answered = answerArrived(running(), { query, port, protocol, sourceIP }, env());
    state = answered.state;
    log.push(...answered.log);
    return { outcome: answered.answer, trace: answered.trace, latencyMs: answered.latencyMs };
  };
  const machine: Machine = {
    now: START,
    objects: options.objects ?? [],
    files: {
      '/etc/coredns/Corefile': options.corefile,
      '/etc/resolv.conf': 'nameserver 192.168.50.1\n',
      '/etc/hosts': '127.0.0.1\tlocalhost\n10.244.0.2\tcoredns-1\n',
      ...options.files,
    },
    log,
    get exitCode() {
      return exitCode;
    },
    get state() {
      return running();
    },
    restore() {
      state = JSON.parse(JSON.stringify(running())) as CoreDnsState;
    },
    advance(ms) {
      const end = machine.now + ms;
      while (wakeAt !== undefined && wakeAt <= end) {
        machine.now = Math.max(machine.now, wakeAt);
        take(turnCoreDns(running(), env()));
      }
      machine.now = end;
    },
    ask(query, { protocol = 'UDP', from = CLIENT, port = 53 } = {}) {
      const { outcome } = arrive(queryOf(query), protocol, from, port);
      if (outcome === undefined) throw new Error('no answer came');
      return outcome;
    },
    traced,
  };
  take(startCoreDns(env()));
  if (exitCode === undefined) machine.advance(1000);
  return machine;
}

function worldReply(ip: string, port: number, request: Request): Delivery {
  if (request.kind === 'dns' && ip === '192.168.50.1' && port === 53)
    return dnsReply(outsideAnswer(request.query).outcome, 30);
  if (request.kind === 'connect' && ip === '10.96.0.1')
    return {
      kind: 'delivered',
      reply: { kind: 'connected' },
      server: { ip, port },
      sourceSeen: '',
      latencyMs: 1,
    };
  return { kind: 'dropped' };
}

/** The records of an answer as a zone file has them, without times: "web.default.svc.cluster.local. A 10.96.0.1". */
export function shown({ answers }: DnsAnswer): readonly string[] {
  return answers.map(({ name, type, data }) => `${name} ${type} ${data}`);
}

/** The data alone. */
export function dataOf({ answers }: DnsAnswer): readonly string[] {
  return answers.map(({ data }) => data);
}

/** A namespace, a Service with an address, and whatever else a test adds. */
export function aService(namespace: string, name: string, spec: object, more: object = {}): Stored {
  return anObject('services', namespace, name, { spec, ...more });
}

/** A slice of a Service with ready endpoints. */
export function aSlice(
  namespace: string,
  service: string,
  endpoints: readonly object[],
  ports: readonly object[] = [{ name: 'http', port: 80, protocol: 'TCP' }],
): Stored {
  return anObject('endpointslices.discovery.k8s.io', namespace, `${service}-abcde`, {
    labels: { 'kubernetes.io/service-name': service },
    ports,
    endpoints,
  });
}
