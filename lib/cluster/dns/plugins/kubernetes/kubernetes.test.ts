import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DnsAnswer, Stored } from '../../../../api';
import { anObject, aService, aSlice, dataOf, shown, startMachine } from '../../dns-machine.test-support';
import { isUnder } from '../../names';

const ZONE = 'cluster.local';
const pod = (name: string, ip: string, more: object = {}) =>
  anObject('pods', 'default', name, { status: { podIP: ip }, ...more });

const OBJECTS: readonly Stored[] = [
  anObject('namespaces', '', 'default'),
  anObject('namespaces', '', 'kube-system', { labels: { team: 'infra' } }),
  aService(
    'default',
    'web',
    {
      clusterIP: '10.96.1.1',
      clusterIPs: ['10.96.1.1'],
      ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    },
    { labels: { tier: 'front' } },
  ),
  aService('default', 'plain', { clusterIP: '10.96.1.2', ports: [{ port: 80 }] }),
  aService('default', 'db', { clusterIP: 'None', ports: [{ name: 'sql', port: 3306 }] }),
  aSlice(
    'default',
    'db',
    [
      { addresses: ['10.244.1.5'], hostname: 'db-0', targetRef: { kind: 'Pod', name: 'db-0' } },
      { addresses: ['10.244.2.5'], targetRef: { kind: 'Pod', name: 'db-1' } },
      { addresses: ['10.244.2.6'], conditions: { ready: false } },
    ],
    [{ name: 'sql', port: 3306, protocol: 'TCP' }],
  ),
  aService('default', 'empty', { clusterIP: '10.96.1.3', ports: [{ port: 80 }] }),
  aService('default', 'alias', { type: 'ExternalName', externalName: `web.default.svc.${ZONE}` }),
  aService('default', 'outside', { type: 'ExternalName', externalName: 'example.com' }),
  aService('default', 'nowhere', { type: 'ExternalName', externalName: 'nosuch.example.com' }),
  aService('default', 'looped', { type: 'ExternalName', externalName: `looped.default.svc.${ZONE}` }),
  aService('default', 'ring-a', { type: 'ExternalName', externalName: `ring-b.default.svc.${ZONE}` }),
  aService('default', 'ring-b', { type: 'ExternalName', externalName: `ring-a.default.svc.${ZONE}` }),
  aService('default', 'numeric', { type: 'ExternalName', externalName: '203.0.113.7' }),
  aService('kube-system', 'kube-dns', {
    clusterIP: '10.96.0.10',
    ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
  }),
  aSlice(
    'kube-system',
    'kube-dns',
    [{ addresses: ['10.244.0.2'] }],
    [{ name: 'dns', port: 53, protocol: 'UDP' }],
  ),
  pod('web-1', '10.244.1.7'),
  pod('leaving', '10.244.1.8', { metadata: {} }),
];

const corefile = (options = '', zones = `${ZONE} in-addr.arpa ip6.arpa`) =>
  `.:53 {\n kubernetes ${zones} {\n pods insecure\n fallthrough in-addr.arpa ip6.arpa\n ${options}\n }\n forward . /etc/resolv.conf\n}\n`;
const machine = (options = '') => startMachine({ corefile: corefile(options), objects: OBJECTS });
const brief = (answer: DnsAnswer) => [answer.code, ...dataOf(answer)];

describe('[D1] names of the cluster', () => {
  const dns = machine();
  it.each([
    [`web.default.svc.${ZONE}`, ['NOERROR', '10.96.1.1']],
    [`web.default.svc.${ZONE} AAAA`, ['NOERROR']],
    [`db.default.svc.${ZONE}`, ['NOERROR', '10.244.1.5', '10.244.2.5']],
    [`db-0.db.default.svc.${ZONE}`, ['NOERROR', '10.244.1.5']],
    [`10-244-2-5.db.default.svc.${ZONE}`, ['NOERROR', '10.244.2.5']],
    [`10-244-1-5.db.default.svc.${ZONE}`, ['NXDOMAIN']],
    [
      `_sql._tcp.db.default.svc.${ZONE} SRV`,
      ['NOERROR', `0 50 3306 db-0.db.default.svc.${ZONE}.`, `0 50 3306 10-244-2-5.db.default.svc.${ZONE}.`],
    ],
    [`_http._tcp.web.default.svc.${ZONE} SRV`, ['NOERROR', `0 100 80 web.default.svc.${ZONE}.`]],
    [`_http._udp.web.default.svc.${ZONE} SRV`, ['NXDOMAIN']],
    [`_http._tcp.plain.default.svc.${ZONE} SRV`, ['NXDOMAIN']],
    [`default.svc.${ZONE}`, ['NOERROR']],
    [`nosuch.svc.${ZONE}`, ['NXDOMAIN']],
    [`svc.${ZONE}`, ['NOERROR']],
    [`nosuch.default.svc.${ZONE}`, ['NXDOMAIN']],
    [`*.default.svc.${ZONE}`, ['NXDOMAIN']],
    [`web.default.${ZONE}`, ['NXDOMAIN']],
    [`a.b.c.web.default.svc.${ZONE}`, ['NXDOMAIN']],
    [`10-1-2-3.default.pod.${ZONE}`, ['NOERROR', '10.1.2.3']],
    [`10-1-2-300.default.pod.${ZONE}`, ['NXDOMAIN']],
    [`fd00--1.default.pod.${ZONE} AAAA`, ['NOERROR', 'fd00::1']],
    ['1.1.96.10.in-addr.arpa PTR', ['NOERROR', `web.default.svc.${ZONE}.`]],
    ['5.1.244.10.in-addr.arpa PTR', ['NOERROR', `db-0.db.default.svc.${ZONE}.`]],
    ['6.2.244.10.in-addr.arpa PTR', ['NXDOMAIN']],
    [`dns-version.${ZONE} TXT`, ['NOERROR', '"1.1.0"']],
    [`web.default.svc.${ZONE} TXT`, ['NOERROR']],
    [`nosuch.default.svc.${ZONE} TXT`, ['NXDOMAIN']],
    [`web.default.svc.${ZONE} MX`, ['NOERROR']],
    [`web.default.svc.${ZONE} HINFO`, ['NOERROR']],
    [`web.default.svc.${ZONE} ANY`, ['NOERROR']],
    [`nosuch.default.svc.${ZONE} ANY`, ['NXDOMAIN']],
    [`${ZONE} NS`, ['NOERROR', `kube-dns.kube-system.svc.${ZONE}.`]],
    [`ns.dns.${ZONE}`, ['NOERROR', '10.96.0.10']],
    [`${ZONE} AXFR`, ['REFUSED']],
  ])('%s', (query, expected) => {
    expect(brief(dns.ask(query))).toEqual(expected);
  });

  it('the authority of the zone goes with what is empty; the answer keeps the spelling', () => {
    const answer = dns.ask(`NoSuch.Default.Svc.Cluster.Local`);
    expect(answer).toMatchObject({ code: 'NXDOMAIN', authoritative: true });
    expect(answer.authority[0]).toMatchObject({ name: 'Cluster.Local.', type: 'SOA', ttl: 5 });
    expect(answer.authority[0]?.data).toMatch(
      /^ns\.dns\.Cluster\.Local\. hostmaster\.Cluster\.Local\. \d+ 7200 1800 86400 5$/,
    );
    expect(dns.ask('WEB.default.svc.cluster.LOCAL').answers[0]?.name).toBe('WEB.default.svc.cluster.LOCAL.');
  });

  it('addresses of an SRV’s targets come along', () => {
    const { additional } = dns.ask(`_sql._tcp.db.default.svc.${ZONE} SRV`);
    expect(additional.map(({ name, data }) => `${name} ${data}`)).toEqual([
      `db-0.db.default.svc.${ZONE}. 10.244.1.5`,
      `10-244-2-5.db.default.svc.${ZONE}. 10.244.2.5`,
    ]);
  });
});

describe('[D3] ExternalName', () => {
  const dns = machine();
  const owner = (name: string) => `${name}.default.svc.${ZONE}.`;
  it.each([
    ['alias', [`${owner('alias')} CNAME ${owner('web')}`, `${owner('web')} A 10.96.1.1`]],
    [
      'outside',
      [
        `${owner('outside')} CNAME example.com.`,
        'example.com. A 23.192.228.80',
        'example.com. A 23.192.228.84',
      ],
    ],
    ['nowhere', [`${owner('nowhere')} CNAME nosuch.example.com.`]],
    ['looped', []],
    ['ring-a', []],
    ['numeric', []],
  ])('%s', (name, expected) => {
    expect(shown(dns.ask(owner(name)))).toEqual(expected);
  });

  it('a CNAME is not followed when it is what was asked for', () => {
    expect(shown(dns.ask(`${owner('outside')} CNAME`))).toEqual([`${owner('outside')} CNAME example.com.`]);
  });
});

describe('[D7] options of the kubernetes plugin', () => {
  it.each([
    ['pods disabled', `10-244-1-7.default.pod.${ZONE}`, ['NXDOMAIN']],
    ['pods verified', `10-244-1-7.default.pod.${ZONE}`, ['NOERROR', '10.244.1.7']],
    ['pods verified', `10-244-1-99.default.pod.${ZONE}`, ['NXDOMAIN']],
    ['ttl 7', `web.default.svc.${ZONE}`, ['NOERROR', '10.96.1.1']],
    ['namespaces kube-system', `web.default.svc.${ZONE}`, ['NXDOMAIN']],
    ['namespaces kube-system', `kube-dns.kube-system.svc.${ZONE}`, ['NOERROR', '10.96.0.10']],
    ['namespaces kube-system', '1.1.96.10.in-addr.arpa PTR', ['NXDOMAIN']],
    ['namespace_labels team=infra', `web.default.svc.${ZONE}`, ['NXDOMAIN']],
    ['namespace_labels team=infra', `kube-dns.kube-system.svc.${ZONE}`, ['NOERROR', '10.96.0.10']],
    ['labels tier=front', `web.default.svc.${ZONE}`, ['NOERROR', '10.96.1.1']],
    ['labels tier in (back)', `web.default.svc.${ZONE}`, ['NXDOMAIN']],
    ['endpoint_pod_names', `db-1.db.default.svc.${ZONE}`, ['NOERROR', '10.244.2.5']],
    ['noendpoints', `db.default.svc.${ZONE}`, ['NXDOMAIN']],
    ['noendpoints', `web.default.svc.${ZONE}`, ['NOERROR', '10.96.1.1']],
    ['ignore empty_service', `empty.default.svc.${ZONE}`, ['NXDOMAIN']],
    ['ignore empty_service', `kube-dns.kube-system.svc.${ZONE}`, ['NOERROR', '10.96.0.10']],
  ])('%s: %s', (options, query, expected) => {
    expect(brief(machine(options).ask(query))).toEqual(expected);
  });

  it('the TTL is the Corefile’s: 5 when it says nothing', () => {
    const ttl = (options: string) => machine(options).ask(`web.default.svc.${ZONE}`).answers[0]?.ttl;
    expect([ttl(''), ttl('ttl 30'), ttl('ttl 0')]).toEqual([5, 30, 0]);
  });
});

describe('[D4] what is not the cluster’s', () => {
  it.each([
    ['example.com', 'NOERROR'],
    ['nosuch.example', 'NXDOMAIN'],
    ['4.4.8.8.in-addr.arpa PTR', 'NOERROR'],
  ])('%s is asked of others', (query, code) => {
    expect(machine().ask(query).code).toBe(code);
  });

  it('a missing name of the cluster is never asked of others', () => {
    const { outcome, trace } = machine().traced(`nosuch.default.svc.${ZONE}`);
    expect(outcome?.code).toBe('NXDOMAIN');
    expect(trace.some(({ at }) => at === 'wire')).toBe(false);
  });

  it('without a plugin that goes on, the server fails, and says why', () => {
    const dns = startMachine({ corefile: `.:53 {\n errors\n kubernetes ${ZONE}\n}\n`, objects: OBJECTS });
    expect(dns.ask('example.com')).toMatchObject({ code: 'SERVFAIL', authoritative: false });
    expect(dns.log.at(-1)).toBe(
      '[ERROR] plugin/errors: 2 example.com. A: plugin/kubernetes: no next plugin found',
    );
  });
});

describe('[D8] every decision tells the object and field behind it', () => {
  it.each([
    [
      `web.default.svc.${ZONE}`,
      { resource: 'services', namespace: 'default', name: 'web', field: 'spec.clusterIP' },
    ],
    [
      `db-0.db.default.svc.${ZONE}`,
      {
        resource: 'endpointslices.discovery.k8s.io',
        namespace: 'default',
        name: 'db-abcde',
        field: 'endpoints[0].addresses',
      },
    ],
    [
      `outside.default.svc.${ZONE}`,
      { resource: 'services', namespace: 'default', name: 'outside', field: 'spec.externalName' },
    ],
    [`nosuch.default.svc.${ZONE}`, { resource: 'services', namespace: 'default', name: 'nosuch' }],
    [`web.nosuch.svc.${ZONE}`, { resource: 'namespaces', namespace: '', name: 'nosuch' }],
  ])('%s', (query, object) => {
    const { trace } = machine().traced(query);
    expect(trace[0]).toMatchObject({ at: 'DNS', rule: expect.stringContaining('kubernetes '), object });
  });
});

const label = fc.constantFrom(
  'web',
  'db',
  'alias',
  'outside',
  'nowhere',
  'default',
  'kube-system',
  'svc',
  'pod',
  '_http',
  '_tcp',
  'db-0',
  '10-1-2-3',
  'x',
);
const type = fc.constantFrom('A', 'AAAA', 'SRV', 'CNAME', 'TXT', 'PTR', 'NS', 'SOA', 'MX', 'ANY', 'HINFO');

it('[D9] records of an answer belong to the name asked for, or to its chain of CNAMEs', () => {
  const dns = machine();
  fc.assert(
    fc.property(fc.array(label, { maxLength: 5 }), type, (labels, of) => {
      const name = [...labels, ZONE].join('.');
      const { answers, authority, additional } = dns.ask(`${name} ${of}`);
      const names = new Set([`${name}.`]);
      for (const { name: owner, type: kind, data } of answers) {
        expect(names).toContain(owner);
        if (kind === 'CNAME') names.add(data);
      }
      for (const { name: owner } of authority) expect(isUnder(`${name}.`, owner)).toBe(true);
      for (const { name: owner } of additional) expect(isUnder(owner, `${ZONE}.`)).toBe(true);
    }),
  );
});
