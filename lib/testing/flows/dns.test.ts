import { describe, expect, it } from 'vitest';
import type { Service, Vantage } from '../../api';
import { type Flow, SERVICES, startFlow } from './flow.test-support';

const NS = 'default';
const both = ['UDP', 'TCP'] as const;

/** What a query is answered with, over either protocol the same. */
function answered(flow: Flow, from: Vantage, name: string, type: string): readonly string[] {
  const [udp, tcp] = both.map((protocol) =>
    (flow.dig(from, name, type, protocol)?.answers ?? []).map((each) => `${each.type} ${each.data}`).sort(),
  );
  expect(tcp).toEqual(udp);
  return udp ?? [];
}

async function fixture() {
  const flow = await startFlow();
  const client = await flow.client();
  const labels = { app: 'dns' };
  await flow.pod('server', { labels, ports: [{ name: 'http', containerPort: 8080 }] });
  const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }];
  await flow.service('headless', { clusterIP: 'None', selector: labels, ports });
  const regular = await flow.service('regular', { selector: labels, ports });
  await flow.advance(3000);
  return { flow, client, ip: regular.spec?.clusterIP ?? '' };
}

const reversed = (ip: string) => `${ip.split('.').reverse().join('.')}.in-addr.arpa.`;

describe('DNS', () => {
  it('[F19] the cluster itself resolves', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    expect(answered(flow, client, 'kubernetes.default.svc.cluster.local', 'A')).toEqual(['A 10.96.0.1']);
  });

  it('[F20] /etc/hosts names the Pod itself', async () => {
    const flow = await startFlow();
    const spec = { hostname: 'dns-querier-1', subdomain: 'dns-test-service' };
    await flow.pod('querier', { args: ['pause'], spec });
    const from: Vantage = { kind: 'pod', namespace: NS, name: 'querier' };
    const [own] = flow.workspace.network.addresses(from);
    for (const name of ['dns-querier-1', `dns-querier-1.dns-test-service.${NS}.svc.cluster.local`])
      expect(flow.workspace.network.lookup(from, name).outcome.addresses).toEqual([own]);
  });

  it.each([
    ['[F21] fully qualified', `.${NS}.svc.cluster.local`],
    ['[F22] partial, by the search list', ''],
    ['[F22] with the namespace', `.${NS}`],
    ['[F22] with svc', `.${NS}.svc`],
  ])('%s', async (_, suffix) => {
    const { flow, client, ip } = await fixture();
    const [podIP] = flow.workspace.network.addresses({ kind: 'pod', namespace: NS, name: 'server' });
    const dashed = (podIP ?? '').replaceAll('.', '-');
    const domain = `${NS}.svc.cluster.local.`;
    expect(answered(flow, client, `headless${suffix}`, 'A')).toEqual([`A ${podIP}`]);
    expect(answered(flow, client, `regular${suffix}`, 'A')).toEqual([`A ${ip}`]);
    if (suffix !== '') {
      expect(answered(flow, client, `_http._tcp.headless${suffix}`, 'SRV')).toEqual([
        `SRV 0 100 8080 ${dashed}.headless.${domain}`,
      ]);
      expect(answered(flow, client, `_http._tcp.regular${suffix}`, 'SRV')).toEqual([
        `SRV 0 100 80 regular.${domain}`,
      ]);
    }
    expect(answered(flow, client, reversed(ip), 'PTR')).toEqual([`PTR regular.${domain}`]);
  });

  it('[F23] [F24] hostnames and subdomains', async () => {
    const flow = await startFlow();
    const name = 'dns-test-service-2';
    await flow.service(name, { clusterIP: 'None', selector: { app: 'hosts' }, ports: [{ port: 80 }] });
    const spec = { hostname: 'dns-querier-2', subdomain: name };
    await flow.pod('querier', { args: ['pause'], labels: { app: 'hosts' }, spec });
    await flow.advance(3000);
    const from: Vantage = { kind: 'pod', namespace: NS, name: 'querier' };
    const [own = ''] = flow.workspace.network.addresses(from);
    for (const host of ['dns-querier-2', `dns-querier-2.${name}.${NS}.svc.cluster.local`])
      expect(flow.workspace.network.lookup(from, host).outcome.addresses).toEqual([own]);
    expect(answered(flow, from, `dns-querier-2.${name}.${NS}.svc.cluster.local`, 'A')).toEqual([`A ${own}`]);
    expect(answered(flow, from, `${name}.${NS}.svc.cluster.local`, 'A')).toEqual([`A ${own}`]);
  });

  it('[F25] ExternalName is a CNAME, follows its change, and becomes an address', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    const name = 'dns-test-service-3';
    const full = `${name}.${NS}.svc.cluster.local`;
    await flow.service(name, { type: 'ExternalName', externalName: 'foo.example.com' });
    await flow.advance(3000);
    expect(answered(flow, client, full, 'CNAME')).toEqual(['CNAME foo.example.com.']);
    const patch = (spec: object) => flow.workspace.client.patch(SERVICES, NS, name, 'merge', { spec });
    await patch({ externalName: 'bar.example.com' });
    // The cache plugin keeps what it has answered for up to 30 s.
    await flow.advance(35_000);
    expect(answered(flow, client, full, 'CNAME')).toEqual(['CNAME bar.example.com.']);
    await patch({ type: 'ClusterIP', externalName: null, ports: [{ port: 80, protocol: 'TCP' }] });
    await flow.advance(35_000);
    expect(answered(flow, client, full, 'A')).toEqual([
      `A ${flow.get<Service>('services', name)?.spec?.clusterIP}`,
    ]);
  });

  it('[F26] name servers of its own', async () => {
    const flow = await startFlow();
    const dnsConfig = { nameservers: ['1.1.1.1'], searches: ['resolv.conf.local'] };
    await flow.pod('own', { args: ['pause'], spec: { dnsPolicy: 'None', dnsConfig } });
    expect(flow.workspace.network.resolvConf({ kind: 'pod', namespace: NS, name: 'own' })).toMatchObject({
      nameservers: ['1.1.1.1'],
      search: ['resolv.conf.local'],
    });
  });
});
