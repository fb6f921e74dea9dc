import { beforeAll, describe, expect, it } from 'vitest';
import type { Event, Request, Service, Traced, Vantage } from '../../api';
import { createWorkspace, restoreWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';

const OPTIONS: WorkspaceOptions = {
  seed: 3,
  startAt: 1_767_690_000_000,
  nodes: 4,
  images: 'catalogue',
  cloud: 'aws',
};
const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const internet: Vantage = { kind: 'internet' };
const office: Vantage = { kind: 'office' };
/** A busy machine takes its time to boot a cluster. */
const START_MS = 60_000;
/** From a Service's making until its balancer takes traffic and its targets are well. */
const READY_MS = 100_000;

let start: Workspace;
beforeAll(async () => {
  start = await createWorkspace(OPTIONS);
  await run(
    start,
    `kubectl create deployment web --image=traefik/whoami --port=80
kubectl rollout status deployment/web`,
  );
}, START_MS);

async function run(workspace: Workspace, text: string): Promise<string> {
  let shown = '';
  const add = (piece: string) => {
    shown += piece;
  };
  await workspace.run(text, { out: add, err: add });
  return shown;
}
const after = async (workspace: Workspace, ms: number) => workspace.advanceTo(workspace.now + ms);
const service = (workspace: Workspace, name = 'web') =>
  workspace.view.get<Service>('services', 'default', name);
const hostname = (workspace: Workspace, name = 'web') =>
  service(workspace, name)?.status?.loadBalancer?.ingress?.[0]?.hostname ?? '';
const events = (workspace: Workspace, name = 'web') =>
  workspace.view
    .list<Event>('events', 'default')
    .filter(({ involvedObject }) => involvedObject.kind === 'Service' && involvedObject.name === name)
    .map(({ reason = '', count }) => ((count ?? 1) > 1 ? `${reason} x${count}` : reason));

/** A Service in front of the Pods, in a copy of the start. */
async function expose(
  annotations: Readonly<Record<string, string>> = {},
  spec: object = {},
): Promise<Workspace> {
  const workspace = start.fork();
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: 'default',
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [AWS + key, value])),
    },
    spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  };
  await workspace.client.create({ group: '', version: 'v1', resource: 'services' }, 'default', object);
  return workspace;
}

function addressesOf(workspace: Workspace, name: string): readonly string[] {
  return workspace.network.lookup(internet, name).outcome.addresses;
}

type Asked = ReturnType<Workspace['network']['send']>;
function ask(workspace: Workspace, from = internet, port = 80, request?: Request): Asked {
  const host = hostname(workspace);
  const [ip = ''] = addressesOf(workspace, host);
  const get: Request = { kind: 'http', method: 'GET', path: '/', host, headers: {}, body: '' };
  return workspace.network.send({ from, to: { ip, port }, protocol: 'TCP', request: request ?? get });
}
const said = ({ outcome }: Asked): string =>
  outcome.kind !== 'delivered'
    ? outcome.kind
    : outcome.reply.kind === 'http'
      ? `${outcome.reply.status} ${outcome.reply.reason}`
      : outcome.reply.kind === 'closed'
        ? `closed ${outcome.reply.why}`
        : outcome.reply.kind;
const bodyOf = ({ outcome }: Asked): string =>
  outcome.kind === 'delivered' && outcome.reply.kind === 'http' ? outcome.reply.body : '';
const effects = ({ trace }: Traced<unknown>) =>
  trace.map(({ at, rule, effect }) => `${at}: ${rule}: ${effect}`);

describe('[CL2] a balancer comes', () => {
  it('pending, then its name, then a minute later its address, then answers', async () => {
    const workspace = await expose();
    expect(hostname(workspace)).toBe('');
    await after(workspace, 1000);
    expect(events(workspace)).toEqual(['EnsuringLoadBalancer']);
    expect(service(workspace)?.metadata.finalizers).toEqual(['service.kubernetes.io/load-balancer-cleanup']);
    expect(hostname(workspace)).toBe('');
    await after(workspace, 4000);
    expect(events(workspace)).toEqual(['EnsuringLoadBalancer', 'EnsuredLoadBalancer']);
    expect(hostname(workspace)).toMatch(/^a[0-9a-f]{31}-\d{10}\.us-east-1\.elb\.amazonaws\.com$/);
    await after(workspace, 30_000);
    expect(addressesOf(workspace, hostname(workspace))).toEqual([]);
    await after(workspace, READY_MS);
    expect(said(ask(workspace))).toBe('200 OK');
    expect(said(ask(workspace, office))).toBe('200 OK');
    const { managedFields = [] } = service(workspace)?.metadata ?? {};
    expect(managedFields.map(({ manager, subresource }) => `${manager} ${subresource}`)).toContain(
      'aws-cloud-controller-manager status',
    );
  });

  it('a change while a call is under way is looked at after it', async () => {
    const workspace = await expose();
    await after(workspace, 500);
    await run(
      workspace,
      `kubectl patch svc web --type=merge -p '{"spec":{"ports":[{"port":8080,"targetPort":80}]}}'`,
    );
    await after(workspace, 10_000);
    expect(events(workspace)).toEqual(['EnsuringLoadBalancer x2', 'EnsuredLoadBalancer x2']);
    await after(workspace, READY_MS);
    expect(said(ask(workspace, internet, 8080))).toBe('200 OK');
    expect(said(ask(workspace))).toBe('dropped');
  });
});

describe('[CL3] what is somebody else’s, or no reason', () => {
  it.each([
    ['a class of its own', {}, { loadBalancerClass: 'service.k8s.aws/nlb' }, []],
    ['type external', { type: 'external' }, {}, ['EnsuringLoadBalancer']],
    ['type nlb-ip', { type: 'nlb-ip' }, {}, ['EnsuringLoadBalancer']],
    ['another type of Service', {}, { type: 'NodePort' }, []],
  ])('%s', async (_, annotations, spec, expected) => {
    const workspace = await expose(annotations as Record<string, string>, spec);
    await after(workspace, 20_000);
    expect(events(workspace)).toEqual(expected);
    expect(hostname(workspace)).toBe('');
  });

  it('a label is no reason to sync; an annotation is', async () => {
    const workspace = await expose();
    await after(workspace, 5000);
    await run(workspace, 'kubectl label svc web a=b');
    await after(workspace, 5000);
    expect(events(workspace)).toEqual(['EnsuringLoadBalancer', 'EnsuredLoadBalancer']);
    await run(workspace, 'kubectl annotate svc web a=b');
    await after(workspace, 5000);
    expect(events(workspace)).toEqual(['EnsuringLoadBalancer x2', 'EnsuredLoadBalancer x2']);
  });
});

describe('[CL4] a refusal is tried again', () => {
  it('after 5, 10 and 20 s, until it is mended', async () => {
    const workspace = await expose({}, { sessionAffinity: 'ClientIP' });
    const count = () => events(workspace).find((each) => each.startsWith('Sync')) ?? '';
    await after(workspace, 4000);
    expect(count()).toBe('SyncLoadBalancerFailed');
    await after(workspace, 2000);
    expect(count()).toBe('SyncLoadBalancerFailed x2');
    await after(workspace, 10_000);
    expect(count()).toBe('SyncLoadBalancerFailed x3');
    await after(workspace, 20_000);
    expect(count()).toBe('SyncLoadBalancerFailed x4');
    await run(workspace, `kubectl patch svc web -p '{"spec":{"sessionAffinity":"None"}}'`);
    await after(workspace, 5000);
    expect(hostname(workspace)).not.toBe('');
  });

  it('more balancers than the account may have', async () => {
    const workspace = start.fork();
    await run(
      workspace,
      `for i in $(seq 1 21); do kubectl create service loadbalancer lb-$i --tcp=80; done
sleep 10
kubectl get svc | grep -c pending
kubectl get events --field-selector reason=SyncLoadBalancerFailed -o jsonpath='{.items[0].message}'`,
    ).then((shown) =>
      expect(shown).toMatch(
        /\n1\nError syncing load balancer: failed to ensure load balancer: operation error Elastic Load Balancing: CreateLoadBalancer, https response error StatusCode: 400, RequestID: [0-9a-f-]{36}, TooManyAccessPointsException: Exceeded quota of account \d{12}$/,
      ),
    );
  });
});

describe('[CL5] a balancer goes', () => {
  it('with its Service, which waits for it', async () => {
    const workspace = await expose();
    await after(workspace, READY_MS);
    const name = hostname(workspace);
    await run(workspace, 'kubectl delete svc web --wait=false');
    await after(workspace, 1000);
    expect(service(workspace)?.metadata.deletionTimestamp).toBeDefined();
    await after(workspace, 5000);
    expect(service(workspace)).toBeUndefined();
    expect(events(workspace).slice(2)).toEqual(['DeletingLoadBalancer', 'DeletedLoadBalancer']);
    expect(addressesOf(workspace, name)).toEqual([]);
  });

  it('with the type, and another comes with it', async () => {
    const workspace = await expose();
    await after(workspace, 5000);
    const name = hostname(workspace);
    await run(workspace, `kubectl patch svc web -p '{"spec":{"type":"NodePort"}}'`);
    await after(workspace, 5000);
    expect(service(workspace)?.metadata.finalizers).toBeUndefined();
    expect(service(workspace)?.status).toEqual({ loadBalancer: {} });
    await run(workspace, `kubectl patch svc web -p '{"spec":{"type":"LoadBalancer"}}'`);
    await after(workspace, 5000);
    expect(hostname(workspace).slice(0, 32)).toBe(name.slice(0, 32));
    expect(hostname(workspace)).not.toBe(name);
  });

  it('while it is being made', async () => {
    const workspace = await expose();
    await after(workspace, 500);
    await run(workspace, 'kubectl delete svc web --wait=false');
    await after(workspace, 10_000);
    expect(service(workspace)).toBeUndefined();
    expect(events(workspace)).toContain('DeletedLoadBalancer');
  });

  it('not when the finalizer was taken by hand', async () => {
    const workspace = await expose();
    await after(workspace, READY_MS);
    const name = hostname(workspace);
    await run(
      workspace,
      `kubectl delete svc web --wait=false; kubectl patch svc web --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`,
    );
    await after(workspace, 60_000);
    expect(addressesOf(workspace, name)).not.toEqual([]);
  });
});

describe('[CL9] a classic balancer', () => {
  it('HTTP: the instance sees the balancer, and is told of the client', async () => {
    const workspace = await expose({ 'backend-protocol': 'http' }, { externalTrafficPolicy: 'Local' });
    await after(workspace, READY_MS);
    const asked = ask(workspace);
    expect(bodyOf(asked)).toContain('X-Forwarded-For: 203.0.113.10');
    expect(bodyOf(asked)).toContain('X-Forwarded-Proto: http');
    expect(bodyOf(asked)).toMatch(/RemoteAddr: 192\.168\.5[123]\.\d+:/);
  });

  it.each([
    [
      'HTTP: 503 of its own',
      { 'backend-protocol': 'http' },
      '503 Service Unavailable: Back-end server is at capacity',
    ],
    ['TCP: closed', {}, 'closed empty-reply'],
  ])('without healthy targets, %s', async (_, annotations, expected) => {
    const workspace = await expose(annotations as Record<string, string>, { selector: { app: 'nobody' } });
    await after(workspace, READY_MS);
    const asked = ask(workspace);
    expect(said(asked)).toBe(expected);
    expect(effects(asked).at(-1)).toMatch(/^classic load balancer a\w+: no healthy target in us-east-1a: /);
  });

  it('TLS ends at it', async () => {
    const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
    const workspace = await expose({ 'ssl-cert': certificate, 'backend-protocol': 'http' });
    await after(workspace, READY_MS);
    const get = { kind: 'http', method: 'GET', path: '/', host: 'x', headers: {}, body: '' } as const;
    expect(said(ask(workspace, internet, 80, get))).toBe('closed tls-mismatch');
    const trusting = { serverName: 'x', trust: { host: 'nobody.test' } };
    expect(said(ask(workspace, internet, 80, { ...get, tls: trusting }))).toBe('untrusted');
    const own = { serverName: 'shop.example.com', trust: { host: 'shop.example.com' } };
    const secure = ask(workspace, internet, 80, { ...get, tls: own });
    expect(said(secure)).toBe('200 OK');
    expect(bodyOf(secure)).toContain('X-Forwarded-Proto: https');
  });
});

describe('[CL10] a network balancer', () => {
  it('keeps the client’s address', async () => {
    const workspace = await expose({ type: 'nlb' }, { externalTrafficPolicy: 'Local' });
    await after(workspace, READY_MS);
    expect(hostname(workspace)).toMatch(/^a[0-9a-f]{31}-[0-9a-f]{16}\.elb\.us-east-1\.amazonaws\.com$/);
    expect(bodyOf(ask(workspace))).toContain('RemoteAddr: 203.0.113.10:');
  });

  it('unless it is told otherwise', async () => {
    const workspace = await expose(
      { type: 'nlb', 'target-group-attributes': 'preserve_client_ip.enabled=false' },
      { externalTrafficPolicy: 'Local' },
    );
    await after(workspace, READY_MS);
    expect(bodyOf(ask(workspace))).toMatch(/RemoteAddr: 192\.168\.5[123]\.\d+:/);
  });

  it('fails open', async () => {
    const workspace = await expose(
      { type: 'nlb', 'cross-zone-load-balancing-enabled': 'true' },
      { selector: { app: 'nobody' } },
    );
    await after(workspace, 150_000);
    const asked = ask(workspace);
    expect(said(asked)).toBe('refused');
    expect(asked.trace.map(({ detail }) => detail).join()).toContain('fails open');
  });
});

describe('[CL8], [CL11] only nodes with a Pod get traffic under Local, in their zones', () => {
  it('one Pod: one zone in the DNS, always its node', async () => {
    const workspace = await expose({}, { externalTrafficPolicy: 'Local' });
    await after(workspace, READY_MS);
    expect(addressesOf(workspace, hostname(workspace))).toHaveLength(1);
    for (let round = 0; round < 5; round += 1) expect(said(ask(workspace))).toBe('200 OK');
  });

  it('internal: a name of its own, private addresses, for the office only', async () => {
    const workspace = await expose({ internal: 'true' });
    await after(workspace, READY_MS);
    expect(hostname(workspace)).toMatch(/^internal-a/);
    for (const ip of addressesOf(workspace, hostname(workspace))) expect(ip).toMatch(/^192\.168\.5[123]\./);
    expect(said(ask(workspace, office))).toBe('200 OK');
    expect(said(ask(workspace))).toBe('dropped');
  });
});

describe('[CL12] source ranges', () => {
  it.each([
    ['classic', {}, ['203.0.113.0/24'], '200 OK'],
    ['classic', {}, ['198.51.100.0/24'], 'dropped'],
    ['network', { type: 'nlb' }, ['203.0.113.10/32'], '200 OK'],
    ['network', { type: 'nlb' }, ['198.51.100.0/24'], 'dropped'],
  ])('%s %j %j: %s', async (_, annotations, loadBalancerSourceRanges, expected) => {
    const workspace = await expose(annotations as Record<string, string>, { loadBalancerSourceRanges });
    await after(workspace, READY_MS);
    const asked = ask(workspace);
    expect(said(asked)).toBe(expected);
    if (expected === 'dropped')
      expect(asked.trace.at(-1)?.object).toMatchObject({
        name: 'web',
        field: 'spec.loadBalancerSourceRanges',
      });
  });
});

describe('[CL13] nodes', () => {
  it('one that is off fails its checks; one that goes is told to the balancer', async () => {
    const workspace = await expose();
    await run(workspace, 'kubectl scale deployment web --replicas=6');
    await after(workspace, READY_MS);
    expect(addressesOf(workspace, hostname(workspace))).toHaveLength(3);
    workspace.faults.inject({ kind: 'node-down', node: 'worker-1' });
    await after(workspace, 70_000);
    expect(addressesOf(workspace, hostname(workspace))).toHaveLength(2);
    await run(workspace, 'kubectl delete node worker-2');
    await after(workspace, 3000);
    expect(events(workspace)).toContain('UpdatedLoadBalancer');
    expect(addressesOf(workspace, hostname(workspace))).toHaveLength(1);
  });
});

describe('[CL15] forks and snapshots', () => {
  it('go on alike, in the middle of a call and of checks', async () => {
    for (const ms of [1000, 20_000, READY_MS]) {
      const workspace = await expose();
      await after(workspace, ms);
      const copy = workspace.fork();
      const restored = restoreWorkspace(JSON.parse(JSON.stringify(workspace.snapshot())), OPTIONS);
      for (const each of [workspace, copy, restored]) {
        await after(each, READY_MS);
        ask(each);
      }
      expect(JSON.stringify(restored.snapshot())).toBe(JSON.stringify(workspace.snapshot()));
      expect(JSON.stringify(copy.snapshot())).toBe(JSON.stringify(workspace.snapshot()));
    }
  });

  it('a fork goes its own way', async () => {
    const workspace = await expose();
    await after(workspace, READY_MS);
    const copy = workspace.fork();
    await run(copy, 'kubectl delete svc web');
    expect(said(ask(workspace))).toBe('200 OK');
  });
});

describe('[CL14] every hop tells its object', () => {
  it('from the name to the Pod', async () => {
    const workspace = await expose();
    await after(workspace, READY_MS);
    const balancerHops = ask(workspace).trace.filter(({ at }) => at.includes('load balancer'));
    expect(
      balancerHops.map(({ object }) => `${object?.resource}/${object?.name} ${object?.field ?? ''}`),
    ).toEqual([
      'services/web spec.ports[].nodePort',
      expect.stringMatching(/^nodes\/worker-\d spec\.providerID$/),
      'services/web ',
    ]);
  });
});
