import {
  type Delivery,
  forbidden,
  type KubeObject,
  printPem,
  type Reply,
  type Request,
  type Stored,
  writeCertificate,
} from '../../api';
import { createRandom, encodeBase64 } from '../../base';
import { anObject, viewOver } from '../dns/dns-machine.test-support';
import type { AccountApi, Action, ProcessEnv } from '../seams';
import { ingressNginx } from './index';
import { asState, type IngressState } from './state';

/** 5 January 2026, 09:00 UTC. */
export const START = 1_767_603_600_000;
const NAMESPACE = 'ingress-nginx';
const POD = 'ingress-nginx-controller-1';

/** A path of an Ingress: "/foo Prefix web:80", with `web:80` and Prefix left out at will. */
export function pathOf(text: string): object {
  const [path = '/', pathType = 'Prefix', backend = 'web:80'] = text.split(' ');
  const [name = '', port = ''] = backend.split(':');
  const number = Number(port);
  return {
    path,
    pathType,
    backend: { service: { name, port: Number.isInteger(number) ? { number } : { name: port } } },
  };
}

/** An Ingress of class nginx; rules are host and paths. */
export function anIngress(
  name: string,
  rules: Readonly<Record<string, readonly string[]>>,
  more: { readonly annotations?: Readonly<Record<string, string>>; readonly spec?: object } = {},
): Stored {
  const annotations = Object.entries(more.annotations ?? {}).map(([key, value]) => [
    key.includes('/') ? key : `nginx.ingress.kubernetes.io/${key}`,
    value,
  ]);
  const spec = {
    ingressClassName: 'nginx',
    rules: Object.entries(rules).map(([host, paths]) => ({
      ...(host === '' ? {} : { host }),
      http: { paths: paths.map(pathOf) },
    })),
    ...more.spec,
  };
  const made = anObject('ingresses.networking.k8s.io', 'default', name, { spec });
  return {
    ...made,
    metadata: { ...made.metadata, annotations: Object.fromEntries(annotations), resourceVersion: '1' },
  };
}

/** A Service with one port and as many ready endpoints, 10.244.1.1 and on, on port 8080. */
export function aBackend(name: string, endpoints: readonly string[], spec: object = {}): readonly Stored[] {
  return [
    anObject('services', 'default', name, {
      spec: { clusterIP: '10.96.7.7', ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec },
    }),
    anObject('endpointslices.discovery.k8s.io', 'default', `${name}-abcde`, {
      labels: { 'kubernetes.io/service-name': name },
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: endpoints.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    }),
  ];
}

/** A certificate for some names and its key, as openssl would write them. */
export function aPair(names: readonly string[], common = names[0] ?? '', days = 365) {
  const modulus = `c5${'5a'.repeat(254)}f1`;
  const subject = [['CN', common]] as const;
  const bytes = writeCertificate({
    serial: '0123456789abcdef',
    subject,
    issuer: subject,
    notBefore: START - 86_400_000,
    notAfter: START + days * 86_400_000,
    names,
    addresses: [],
    isAuthority: false,
    modulus,
    signature: 'ab'.repeat(256),
  });
  return { crt: printPem({ label: 'CERTIFICATE', bytes }), key: privateKey(modulus) };
}

/** The two numbers of an RSA key that anybody looks at. */
function privateKey(modulus: string): string {
  const length = (modulus.length / 2 + 1).toString(16).padStart(4, '0');
  const hex = `0201000282${length}00${modulus}0203010001`;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const size = bytes.length.toString(16).padStart(4, '0');
  const head = [0x30, 0x82, Number.parseInt(size.slice(0, 2), 16), Number.parseInt(size.slice(2), 16)];
  return printPem({ label: 'RSA PRIVATE KEY', bytes: Uint8Array.from([...head, ...bytes]) });
}

/** A TLS Secret. */
export function aSecret(name: string, data: Readonly<Record<string, string>>): Stored {
  const encoded = Object.entries(data).map(([key, value]) => [key, encodeBase64(value)]);
  return anObject('secrets', 'default', name, { data: Object.fromEntries(encoded) });
}

const CLASS = anObject('ingressclasses.networking.k8s.io', '', 'nginx', {
  spec: { controller: 'k8s.io/ingress-nginx' },
});
const OWN_POD = anObject('pods', NAMESPACE, POD, {
  labels: { 'app.kubernetes.io/name': 'ingress-nginx' },
  spec: { nodeName: 'worker-1' },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
});
const NODE = anObject('nodes', '', 'worker-1', {
  status: { addresses: [{ type: 'InternalIP', address: '192.168.50.11' }] },
});

/** What a controller under test is given. */
export interface MachineOptions {
  readonly objects?: readonly Stored[];
  readonly args?: readonly string[];
  /** "list secrets", "update ingresses.networking.k8s.io/status": what its account may not do. */
  readonly forbidden?: readonly string[];
  /** What becomes of requests to "IP:PORT"; 200 from everywhere when absent. */
  readonly servers?: (address: string, request: Request) => Delivery | undefined;
}

/** A reply of a web server that says who it is and which path it got. */
export function okFrom(address: string, request: Request): Delivery {
  const path = request.kind === 'http' ? request.path : '';
  const reply: Reply = { kind: 'http', status: 200, reason: 'OK', headers: [], body: `${address}${path}` };
  const [ip = '', port = ''] = address.split(':');
  return { kind: 'delivered', reply, server: { ip, port: Number(port) }, sourceSeen: '', latencyMs: 2 };
}

/** Runs a controller over some objects, alone with its nginx. */
export function startIngress(options: MachineOptions = {}) {
  const random = createRandom(7);
  const log: string[] = [];
  const actions: Action[] = [];
  const machine = {
    now: START,
    objects: [CLASS, OWN_POD, NODE, ...(options.objects ?? [])],
    forbidden: options.forbidden ?? [],
    reachable: true,
    servers: options.servers,
    log,
    actions,
    exitCode: undefined as number | undefined,
    wakeAt: undefined as number | undefined,
    get state(): IngressState {
      if (state === null) throw new Error(`the controller does not run: ${log.join('\n')}`);
      return asState(state);
    },
    /** Lets it look, and whenever it asked to until then. */
    advance(ms: number) {
      const end = machine.now + ms;
      look();
      while (machine.exitCode === undefined && machine.wakeAt !== undefined && machine.wakeAt <= end) {
        machine.now = Math.max(machine.now + 1, machine.wakeAt);
        look();
      }
      machine.now = end;
    },
    /** Sends a request to one of its ports. */
    send(port: number, request: Request, sourceIP = '192.168.50.100') {
      const served = ingressNginx.serve(machine.running(), { request, port, sourceIP }, env());
      state = served.state;
      log.push(...(served.log ?? []));
      return served;
    },
    running() {
      if (state === null) throw new Error('the controller does not run');
      return state;
    },
    /** The status and body of a page: "200 10.244.1.1:8080/". */
    get(url: string, headers: Readonly<Record<string, string>> = {}): string {
      const [, scheme = '', host = '', path = '/'] = /^(https?):\/\/([^/]*)(\/.*)?$/.exec(url) ?? [];
      const tls = scheme === 'https' ? { tls: { serverName: host } } : {};
      const request = { kind: 'http', method: 'GET', path, host, headers, body: '', ...tls } as const;
      const { reply } = machine.send(scheme === 'https' ? 443 : 80, request);
      if (reply.kind !== 'http') return reply.kind;
      const location = reply.headers.find(([name]) => name === 'Location')?.[1];
      const shown = location ?? (reply.body.startsWith('<html>') ? '' : reply.body);
      return `${reply.status}${shown === '' ? '' : ` ${shown}`}`;
    },
    /** From its own JSON, as after a snapshot. */
    restore() {
      state = JSON.parse(JSON.stringify(machine.running()));
    },
    events: () =>
      actions.flatMap((action) => (action.verb === 'event' ? [`${action.reason} ${action.message}`] : [])),
    stop() {
      const stopped = ingressNginx.stop?.(machine.running(), env());
      state = stopped?.state ?? state;
      log.push(...(stopped?.log ?? []));
      return stopped;
    },
  };
  const env = (): ProcessEnv => ({
    now: machine.now,
    random,
    hostname: POD,
    podIP: '10.244.1.20',
    namespace: NAMESPACE,
    podName: POD,
    image: 'registry.k8s.io/ingress-nginx/controller:v1.15.1',
    argv: [
      '/usr/bin/dumb-init',
      '--',
      '/nginx-ingress-controller',
      ...(options.args ?? ['--election-id=ingress-nginx-leader']),
    ],
    env: {
      KUBERNETES_SERVICE_HOST: '10.96.0.1',
      KUBERNETES_SERVICE_PORT: '443',
      POD_NAME: POD,
      POD_NAMESPACE: NAMESPACE,
    },
    ports: [],
    view: viewOver(machine.objects),
    readFile: () => undefined,
    listFiles: () => [],
    readOnly: () => false,
    lookup: (name) => ({ outcome: { addresses: [name], latencyMs: 0 }, trace: [] }),
    ping: () => ({ answered: false, latencyMs: 0 }),
    send(host, port, request) {
      const address = `${host}:${port}`;
      if (host === '10.96.0.1' && port === 443)
        return { outcome: machine.reachable ? okFrom(address, request) : { kind: 'dropped' }, trace: [] };
      const outcome = machine.servers?.(address, request) ?? okFrom(address, request);
      return { outcome, trace: [{ at: 'wire', rule: address, effect: outcome.kind }] };
    },
  });
  const api = (): AccountApi => {
    const refusal: AccountApi['refusal'] = (verb, resource, { subresource = '' }) => {
      const what = `${resource}${subresource === '' ? '' : `/${subresource}`}`;
      if (!machine.forbidden.includes(`${verb} ${what}`)) return undefined;
      const [plural = '', group = ''] = resource.split(/\.(.*)/s);
      return forbidden(plural, group, '', `User "x" cannot ${verb} resource "${plural}"`);
    };
    return {
      refusal,
      list: (resource, namespace) =>
        refusal('list', resource, { namespace }) ?? viewOver(machine.objects).list(resource, namespace),
    };
  };
  /** A lease that was taken is there from then on. */
  function keepLease(object: KubeObject) {
    const { namespace = '', name = '' } = object.metadata;
    machine.objects = [
      ...machine.objects,
      anObject('leases.coordination.k8s.io', namespace, name, { spec: (object as { spec?: object }).spec }),
    ];
  }
  function look() {
    const client = ingressNginx.client;
    if (client === undefined || machine.exitCode !== undefined) return;
    const seen = client.look(machine.running(), env(), api());
    state = seen.state;
    log.push(...(seen.log ?? []));
    actions.push(...(seen.actions ?? []));
    for (const action of seen.actions ?? []) if (action.verb === 'create') keepLease(action.object);
    machine.exitCode = seen.exitCode;
    machine.wakeAt = seen.wakeAt;
  }
  const begun = ingressNginx.start(env());
  log.push(...(begun.log ?? []));
  machine.exitCode = begun.exitCode;
  let state = begun.state;
  if (begun.exitCode === undefined) machine.advance(2000);
  return machine;
}
