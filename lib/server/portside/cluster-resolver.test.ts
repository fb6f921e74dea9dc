import { execFile, execFileSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe.skipIf(!hasDig)('[V12] dig reads it', () => {
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
