import { describe, expect, it } from 'vitest';
import { anObject } from '../dns/dns-machine.test-support';
import { aBackend, anIngress, startIngress } from './ingress-machine.test-support';

const ingress = anIngress('main', { 'a.example.com': ['/'] });
const WEB = aBackend('web', ['10.244.1.1']);
const said = ({ log }: { readonly log: readonly string[] }) => log.join('\n');
const updates = ({ actions }: ReturnType<typeof startIngress>) =>
  actions.flatMap((action) =>
    action.verb === 'update' && action.subresource === 'status'
      ? [
          JSON.stringify(
            (action.object as unknown as { status: { loadBalancer: object } }).status.loadBalancer,
          ),
        ]
      : [],
  );

describe('[IN10] its account’s rights', () => {
  it('what it may not list it asks for again and again, and nginx does not run', () => {
    const machine = startIngress({ objects: [...WEB, ingress], forbidden: ['list secrets'] });
    expect(said(machine)).toContain(
      '"Failed to watch" err="failed to list *v1.Secret: secrets is forbidden: User \\"x\\" cannot list resource \\"secrets\\""',
    );
    expect(
      machine.send(10_254, { kind: 'http', method: 'GET', path: '/healthz', host: '', headers: {}, body: '' })
        .reply,
    ).toMatchObject({ status: 500 });
    machine.forbidden = [];
    machine.advance(30_000);
    expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.1:8080/');
  });

  it('without IngressClasses it goes by annotations alone', () => {
    const annotated = anIngress(
      'main',
      { 'a.example.com': ['/'] },
      { annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
    );
    const machine = startIngress({
      objects: [...WEB, annotated],
      forbidden: ['list ingressclasses.networking.k8s.io'],
    });
    expect(said(machine)).toContain('IngressClass feature will be disabled');
    expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.1:8080/');
  });

  it('a status that it may not write is told, and traffic goes on', () => {
    const machine = startIngress({
      objects: [...WEB, ingress],
      forbidden: ['update ingresses.networking.k8s.io/status'],
    });
    expect(said(machine)).toContain('error updating ingress rule: ingresses.networking.k8s.io is forbidden');
    expect(updates(machine)).toEqual([]);
    expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.1:8080/');
  });

  it('without the right to its Service it ends', () => {
    const machine = startIngress({
      args: ['--publish-service=ingress-nginx/x'],
      forbidden: ['get services'],
    });
    expect(machine.exitCode).toBe(255);
    expect(said(machine)).toContain('restrictive Authorization mode');
  });
});

describe('[IN11] its start', () => {
  it.each([
    [['--no-such-flag'], 'unknown flag: --no-such-flag'],
    [['--update-status=maybe'], 'invalid argument "maybe" for "--update-status" flag'],
    [['--publish-service=a/b', '--publish-status-address=1.2.3.4'], 'are mutually exclusive'],
    [['--publish-service=a/b'], 'no service with name b found in namespace a: services "b" not found'],
    [['--publish-service=b'], "invalid format (namespace/name) found in 'b'"],
  ])('%j ends it', (args, message) => {
    const machine = startIngress({ args });
    expect(machine.exitCode).toBe(255);
    expect(said(machine)).toContain(message);
  });

  it('waits for the API server, and gives up after ten attempts', () => {
    const machine = startIngress();
    const late = startIngress();
    late.reachable = false;
    expect(machine.exitCode).toBeUndefined();
    const cut = startIngress({ objects: WEB });
    cut.reachable = false;
    cut.advance(60_000);
    expect(said(cut)).toContain('dial tcp 10.96.0.1:443: i/o timeout');
    expect(cut.exitCode).toBeUndefined();
  });

  it('goes on from its own JSON', () => {
    const machine = startIngress({ objects: [...WEB, ingress] });
    machine.restore();
    expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.1:8080/');
  });
});

describe('[IN12] following changes', () => {
  it('tells of each Ingress, and reloads', () => {
    const machine = startIngress({ objects: WEB });
    machine.objects = [...machine.objects, ingress];
    machine.advance(5000);
    expect(machine.events()).toEqual([
      'RELOAD NGINX reload triggered due to a change in configuration',
      'Sync Scheduled for sync',
      'RELOAD NGINX reload triggered due to a change in configuration',
    ]);
    expect(said(machine)).toContain('"Found valid IngressClass" ingress="default/main" ingressclass="nginx"');
  });

  it('endpoints are handed over without a reload, not more often than every 3.3 seconds', () => {
    const machine = startIngress({ objects: [...WEB, ingress] });
    machine.objects = [
      ...machine.objects.filter(({ kind }) => kind !== 'endpointslices.discovery.k8s.io'),
      ...aBackend('web', ['10.244.1.2']).slice(1),
    ];
    const reloads = machine.events().length;
    machine.advance(0);
    expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.1:8080/');
    machine.advance(3500);
    expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.2:8080/');
    expect(machine.events()).toHaveLength(reloads);
  });

  it('without the API server it serves what it has', () => {
    const machine = startIngress({ objects: [...WEB, ingress] });
    machine.reachable = false;
    machine.objects = [];
    machine.advance(60_000);
    expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.1:8080/');
  });
});

describe('[IN13] statuses', () => {
  it('the leader writes the address of its nodes, then every minute', () => {
    const machine = startIngress({ objects: [...WEB, ingress] });
    expect(updates(machine)).toEqual(['{"ingress":[{"ip":"192.168.50.11"}]}']);
    const later = startIngress({ objects: WEB });
    later.objects = [...later.objects, ingress];
    later.advance(20_000);
    expect(updates(later)).toEqual([]);
    later.advance(60_000);
    expect(updates(later)).toEqual(['{"ingress":[{"ip":"192.168.50.11"}]}']);
  });

  it.each([
    [
      'of a load balancer',
      { type: 'LoadBalancer' },
      { loadBalancer: { ingress: [{ ip: '192.168.50.240' }] } },
      '[{"ip":"192.168.50.240"}]',
    ],
    [
      'of a load balancer’s host name',
      { type: 'LoadBalancer' },
      { loadBalancer: { ingress: [{ hostname: 'a.elb.amazonaws.com' }] } },
      '[{"hostname":"a.elb.amazonaws.com"}]',
    ],
    [
      'of a node port: the cluster IP',
      { type: 'NodePort', clusterIP: '10.96.1.1' },
      {},
      '[{"ip":"10.96.1.1"}]',
    ],
    ['of external IPs', { type: 'NodePort', externalIPs: ['1.2.3.4'] }, {}, '[{"ip":"1.2.3.4"}]'],
  ])('%s of the published Service', (_, spec, status, expected) => {
    const service = anObject('services', 'ingress-nginx', 'front', { spec, status });
    const machine = startIngress({
      objects: [...WEB, ingress, service],
      args: ['--publish-service=ingress-nginx/front'],
    });
    expect(updates(machine)).toEqual([`{"ingress":${expected}}`]);
  });

  it('who does not hold the lease writes nothing, until its holder has been gone for its time', () => {
    const lease = anObject('leases.coordination.k8s.io', 'ingress-nginx', 'ingress-nginx-leader', {
      spec: { holderIdentity: 'gone', leaseTransitions: 0 },
    });
    const machine = startIngress({ objects: [...WEB, ingress, lease] });
    expect(updates(machine)).toEqual([]);
    machine.advance(31_000);
    expect(updates(machine)).toEqual(['{"ingress":[{"ip":"192.168.50.11"}]}']);
    expect(said(machine)).toContain(
      '"Successfully acquired lease" lock="ingress-nginx/ingress-nginx-leader"',
    );
  });

  it('the last one to go takes the address away', () => {
    const machine = startIngress({ objects: [...WEB, ingress] });
    const written = { ...ingress, status: { loadBalancer: { ingress: [{ ip: '192.168.50.11' }] } } };
    machine.objects = machine.objects.map((each) => (each === ingress ? written : each));
    machine.stop();
    machine.advance(100);
    expect(updates(machine).at(-1)).toBe('{"ingress":[]}');
    expect(said(machine)).toContain('"Received SIGTERM, shutting down"');
  });
});
