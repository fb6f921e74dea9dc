import { execFile, execFileSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api';
import { type DnsServer, serveDns } from '../dns-socket';
import { createWallHost } from '../kube-api';
import { log } from '../log';
import { clusterResolver } from './cluster-resolver';
import { sandboxWorkspace } from './sandbox-workspace';

const HOST = '127.0.0.1';
const ZONE = 'cluster.local';
const START_MS = 60_000;

let host: ReturnType<typeof createWallHost>;
let server: DnsServer;
beforeAll(async () => {
  const workspace = await sandboxWorkspace({ seed: 1, nodes: 3, images: 'catalogue', startAt: Date.now() });
  host = createWallHost(workspace, (error) => log('error', 'sandbox-failed', { error }));
  server = await serveDns({ port: 0, host: HOST, resolve: clusterResolver(host) });
}, START_MS);
afterAll(async () => {
  await server.close();
  host.close();
});

function resolver(): Resolver {
  const made = new Resolver({ timeout: 300, tries: 1 });
  made.setServers([`${HOST}:${server.port}`]);
  return made;
}

describe('[V12] the served DNS is the cluster’s', () => {
  it('addresses, services, pointers, texts', async () => {
    const names = resolver();
    expect(await names.resolve4(`kubernetes.default.svc.${ZONE}`)).toEqual(['10.96.0.1']);
    expect(await names.resolveSrv(`_dns-tcp._tcp.kube-dns.kube-system.svc.${ZONE}`)).toEqual([
      { priority: 0, weight: 100, port: 53, name: `kube-dns.kube-system.svc.${ZONE}` },
    ]);
    expect(await names.reverse('10.96.0.10')).toEqual([`kube-dns.kube-system.svc.${ZONE}`]);
    expect(await names.resolveTxt(`dns-version.${ZONE}`)).toEqual([['1.1.0']]);
  });

  it.each([
    [`nosuch.default.svc.${ZONE}`, 'ENOTFOUND'],
    [`default.svc.${ZONE}`, 'ENODATA'],
  ])('%s gives %s', async (name, code) => {
    await expect(resolver().resolve4(name)).rejects.toMatchObject({ code });
  });
});

const dig = promisify(execFile);
const hasDig = (() => {
  try {
    execFileSync('dig', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const SERVICE = { apiVersion: 'v1', kind: 'Service' } as const;
const SERVICES = [
  { spec: { ports: [{ name: 'http', port: 80 }], clusterIP: '10.96.77.1' }, metadata: { name: 'web' } },
  { spec: { type: 'ExternalName', externalName: `web.default.svc.${ZONE}` }, metadata: { name: 'chain' } },
  { spec: { type: 'ExternalName', externalName: `chain.default.svc.${ZONE}` }, metadata: { name: 'chains' } },
  { spec: { type: 'ExternalName', externalName: 'example.com' }, metadata: { name: 'outside' } },
  {
    spec: { clusterIP: 'None', ports: [{ name: 'http', port: 80 }] },
    metadata: { name: 'many' },
  },
] as const;
/** More addresses than 512 bytes hold. */
const MANY = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'many-1', labels: { 'kubernetes.io/service-name': 'many' } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  endpoints: Array.from({ length: 40 }, (_, index) => ({
    addresses: [`192.168.70.${index + 1}`],
    ...(index === 0 ? { hostname: 'first' } : {}),
  })),
};

/** Skipped only where dig (bind9-dnsutils) is not installed. */
describe.skipIf(!hasDig)('[V12] dig reads it', () => {
  beforeAll(async () => {
    const { client } = await host.present();
    const services = { group: '', version: 'v1', resource: 'services' };
    for (const service of SERVICES)
      await client.create(services, 'default', { ...SERVICE, ...service } as KubeObject);
    const slices = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };
    await client.create(slices, 'default', MANY as KubeObject);
    const workspace = await host.present();
    await workspace.advanceTo(workspace.now + 1000);
  });

  const ask = async (...args: readonly string[]) => {
    const { stdout } = await dig('dig', [
      `@${HOST}`,
      '-p',
      String(server.port),
      '+tries=1',
      '+time=2',
      ...args,
    ]);
    return stdout;
  };

  it.each([
    [
      [`kubernetes.default.svc.${ZONE}`],
      [/status: NOERROR/, /flags: qr aa rd;/, /IN\s+A\s+10\.96\.0\.1\n/, /\(UDP\)/],
    ],
    [
      [`kubernetes.default.svc.${ZONE}`, '+tcp'],
      [/10\.96\.0\.1/, /\(TCP\)/],
    ],
    [
      [`_https._tcp.kubernetes.default.svc.${ZONE}`, 'SRV'],
      [
        /SRV\s+0 100 443 kubernetes\.default\.svc\.cluster\.local\.\n/,
        /ADDITIONAL SECTION:\nkubernetes.*10\.96\.0\.1/,
      ],
    ],
    [['-x', '10.96.0.1'], [/IN\s+PTR\s+kubernetes\.default\.svc\.cluster\.local\.\n/]],
    [
      [`nosuch.default.svc.${ZONE}`],
      [/status: NXDOMAIN/, /SOA\s+ns\.dns\.cluster\.local\. hostmaster\.cluster\.local\. /],
    ],
    [
      [`kubernetes.default.svc.${ZONE}`, 'AAAA'],
      [/status: NOERROR/, /ANSWER: 0, AUTHORITY: 1/],
    ],
    [
      [`kubernetes.default.svc.${ZONE}`, 'ANY'],
      [/status: NOERROR/, /ANSWER: 0, AUTHORITY: 1/, /\(TCP\)/],
    ],
    [
      [`chains.default.svc.${ZONE}`],
      [
        /ANSWER: 3/,
        /^chains\.default\S+\s+\d+\s+IN\s+CNAME\s+chain\.default\.svc\.cluster\.local\.\n/m,
        /^chain\.default\S+\s+\d+\s+IN\s+CNAME\s+web\.default\.svc\.cluster\.local\.\n/m,
        /^web\.default\S+\s+\d+\s+IN\s+A\s+10\.96\.77\.1\n/m,
      ],
    ],
    [
      [`outside.default.svc.${ZONE}`],
      [/CNAME\s+example\.com\.\n/, /^example\.com\.\s+30\s+IN\s+A\s+23\.192\.228\.8\d\n/m],
    ],
    [
      [`outside.default.svc.${ZONE}`, 'CNAME'],
      [/ANSWER: 1,/, /CNAME\s+example\.com\.\n/],
    ],
    [[`dns-version.${ZONE}`, 'TXT'], [/IN\s+TXT\s+"1\.1\.0"\n/]],
    [
      [`web.default.svc.${ZONE}`, 'TXT'],
      [/status: NOERROR/, /ANSWER: 0, AUTHORITY: 1/],
    ],
    [[`WEB.Default.svc.${ZONE}`], [/^WEB\.Default\.svc\.cluster\.local\.\s+30\s+IN\s+A\s+10\.96\.77\.1\n/m]],
    [[`*.default.svc.${ZONE}`], [/status: NXDOMAIN/]],
    [[`default.svc.${ZONE}`], [/status: NOERROR/, /ANSWER: 0, AUTHORITY: 1/]],
    [
      [ZONE, 'SOA'],
      [/SOA\s+ns\.dns\.cluster\.local\. hostmaster\.cluster\.local\. \d+ 7200 1800 86400 30\n/],
    ],
    [
      [ZONE, 'NS'],
      [/NS\s+kube-dns\.kube-system\.svc\.cluster\.local\.\n/, /A\s+10\.96\.0\.10\n/],
    ],
    [
      [`_http._tcp.many.default.svc.${ZONE}`, 'SRV', '+tcp'],
      [/ANSWER: 40,/, /SRV\s+0 2 80 first\.many\.default/, /SRV\s+0 2 80 192-168-70-2\.many\.default/],
    ],
    [[`first.many.default.svc.${ZONE}`], [/IN\s+A\s+192\.168\.70\.1\n/]],
    [['-x', '192.168.70.2'], [/PTR\s+192-168-70-2\.many\.default\.svc\.cluster\.local\.\n/]],
    [['-x', '10.244.250.9'], [/status: NXDOMAIN/]],
    [[`web.default.svc.${ZONE}`, '+bufsize=1400'], [/EDNS: version: 0, flags:; udp: 1400/]],
    [[`web.default.svc.${ZONE}`, '+edns=1', '+noednsneg'], [/status: BADVERS/]],
    [[`web.default.svc.${ZONE}`, '+opcode=STATUS'], [/status: NOTIMP/]],
    // Cut to 512 bytes, it is asked again over TCP; unless dig is told not to.
    [
      [`many.default.svc.${ZONE}`, '+noedns'],
      [/ANSWER: 40,/, /\(TCP\)/],
    ],
    [
      [`many.default.svc.${ZONE}`, '+noedns', '+ignore'],
      [/flags: qr aa tc rd;/, /\(UDP\)/],
    ],
  ])('dig %j', async (args, expected) => {
    const shown = await ask(...args);
    for (const each of expected) expect(shown).toMatch(each);
    expect(shown).not.toMatch(/malformed|extra bytes|Warning: Message parser/i);
  });
});

it(
  '[V12] without CoreDNS there is no answer',
  async () => {
    const { client } = await host.present();
    const ref = { group: 'apps', version: 'v1', resource: 'deployments' };
    const body = { spec: { replicas: 0 } };
    await client.patch(ref, 'kube-system', 'coredns', 'merge', body);
    const workspace = await host.present();
    await workspace.advanceTo(workspace.now + 60_000);
    await expect(resolver().resolve4(`kubernetes.default.svc.${ZONE}`)).rejects.toMatchObject({
      code: 'ETIMEOUT',
    });
  },
  START_MS,
);
