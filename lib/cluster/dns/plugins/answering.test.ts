import { describe, expect, it } from 'vitest';
import type { DnsAnswer } from '../../../api';
import { anObject, aService, aSlice, dataOf, shown, startMachine } from '../dns-machine.test-support';

/** Plugins that are a file each. */
const OBJECTS = [
  anObject('namespaces', '', 'default'),
  aService('default', 'web', {
    clusterIP: '10.96.1.1',
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  }),
  aService('default', 'db', { clusterIP: 'None', ports: [{ name: 'sql', port: 3306 }] }),
  aSlice(
    'default',
    'db',
    [1, 2, 3, 4].map((n) => ({ addresses: [`10.244.${n}.5`] })),
    [{ name: 'sql', port: 3306, protocol: 'TCP' }],
  ),
];
const WEB = 'web.default.svc.cluster.local';
const DB = 'db.default.svc.cluster.local';
const machine = (lines: string, tail = 'forward . /etc/resolv.conf') =>
  startMachine({
    corefile: `.:53 {\n ${lines}\n kubernetes cluster.local\n ${tail}\n}\n`,
    objects: OBJECTS,
  });
const brief = ({ code, answers }: DnsAnswer) => [code, ...answers.map(({ type, data }) => `${type} ${data}`)];

describe('[D15] loadbalance', () => {
  const orders = (lines: string) => {
    const dns = machine(lines);
    return new Set(Array.from({ length: 200 }, () => dataOf(dns.ask(DB)).join(' ')));
  };
  it('shuffles addresses, each order as likely; without it they stay', () => {
    expect(orders('').size).toBe(1);
    expect(orders('loadbalance').size).toBe(24);
    expect(orders('loadbalance round_robin').size).toBe(24);
  });

  it('prefers subnets', () => {
    const dns = machine('loadbalance {\n prefer 10.244.3.0/24\n}');
    for (let times = 0; times < 20; times += 1) expect(dataOf(dns.ask(DB))[0]).toBe('10.244.3.5');
  });

  it('the same chance gives the same order', () => {
    const run = () => {
      const dns = machine('loadbalance');
      return Array.from({ length: 5 }, () => dataOf(dns.ask(DB)).join(' '));
    };
    expect(run()).toEqual(run());
  });
});

describe('[D16] log', () => {
  it.each([
    [WEB, 'UDP', `"A IN ${WEB}. udp 47 false 512" NOERROR qr,aa,rd 92`],
    [`${WEB} AAAA`, 'UDP', `"AAAA IN ${WEB}. udp 47 false 512" NOERROR qr,aa,rd 140`],
    [
      { name: 'NoSuch.cluster.local', type: 'A', edns: { size: 1232 } },
      'UDP',
      '"A IN nosuch.cluster.local. udp 49 false 1232" NXDOMAIN qr,aa,rd 131',
    ],
    [
      { name: WEB, type: 'A', edns: { size: 1232, dnssecOk: true } },
      'TCP',
      `"A IN ${WEB}. tcp 58 true 65535" NOERROR qr,aa,rd 92`,
    ],
    ['example.com', 'UDP', '"A IN example.com. udp 29 false 512" NOERROR qr,rd,ra 83'],
  ] as const)('%j over %s', (query, protocol, expected) => {
    const dns = machine('log');
    dns.ask(query, { protocol });
    const line = dns.log.at(-1) ?? '';
    expect(line).toMatch(/^\[INFO\] 10\.244\.1\.9:\d{5} - \d{1,5} "/);
    expect(line.replace(/^.*? - \d+ /, '').replace(/ [\d.]+s$/, '')).toBe(expected);
    expect(line).toMatch(/ 0\.\d{4,9}s$/);
  });

  it('what nobody wrote has no code, and takes as long as it took', () => {
    const dns = startMachine({ corefile: '.:53 {\n log\n errors\n forward . 10.0.0.1\n}\n' });
    dns.ask('a.example');
    expect(dns.log.at(-2)).toMatch(/"A IN a\.example\. udp 27 false 512" - - 0 6\.\d+s$/);
    expect(dns.log.at(-1)).toMatch(/^\[ERROR\] plugin\/errors: 2 a\.example\. A: read udp /);
  });

  it.each([
    ['log example.com', [WEB, 'example.com'], 1],
    ['log . {\n class denial\n}', [WEB, 'nosuch.cluster.local'], 1],
    ['log . {\n class success error\n}', [WEB, 'nosuch.cluster.local'], 1],
    ['log cluster.local example.com "{type} {name}"', [WEB, 'example.com'], 2],
  ])('%s', (lines, queries, count) => {
    const dns = machine(lines);
    const before = dns.log.length;
    for (const query of queries) dns.ask(query);
    expect(dns.log.length - before).toBe(count);
  });

  it('a format of one’s own', () => {
    const dns = machine('log . "{remote} {type} {name} {rcode} {>opcode} {/meta} {x}"');
    dns.ask(WEB);
    expect(dns.log.at(-1)).toBe(`[INFO] 10.244.1.9 A ${WEB}. NOERROR 0 - {x}`);
  });
});

describe('[D17] errors', () => {
  const failing = (lines: string) =>
    startMachine({ corefile: `.:53 {\n ${lines}\n kubernetes cluster.local\n}\n`, objects: OBJECTS });
  const told = (lines: readonly string[]) => lines.filter((line) => line.includes('plugin/errors'));

  it('without it nothing is said', () => {
    const dns = failing('');
    dns.ask('example.com');
    expect(told(dns.log)).toEqual([]);
  });

  it('consolidate counts, and tells when the period is over', () => {
    const dns = failing('errors {\n consolidate 1m ".* no next plugin found$" warning\n}');
    for (let times = 0; times < 3; times += 1) dns.ask('example.com');
    expect(told(dns.log)).toEqual([]);
    dns.advance(60_000);
    dns.ask(WEB);
    expect(told(dns.log)).toEqual([
      "[WARNING] plugin/errors: 3 errors like '.* no next plugin found$' occurred in last 1m0s",
    ]);
  });
});

describe('[D18] template', () => {
  it.each([
    [
      'template IN A example {\n answer "{{ .Name }} 60 IN A 10.1.1.1"\n}',
      'a.example',
      ['NOERROR', 'A 10.1.1.1'],
    ],
    [
      'template IN A example {\n match ^ip-(?P<a>\\d+)-(?P<b>\\d+)[.]\n answer "{{ .Name }} 60 IN A 10.1.{{ .Group.a }}.{{ .Group.b }}"\n fallthrough\n}',
      'ip-3-4.example',
      ['NOERROR', 'A 10.1.3.4'],
    ],
    [
      'template IN A example {\n match ^ip-(\\d+)[.]\n answer "{{ .Name }} A 10.1.1.{{ index .Match 1 }}"\n}',
      'ip-9.example',
      ['NOERROR', 'A 10.1.1.9'],
    ],
    [
      'template IN A example {\n match ^ip\n answer "{{ .Name }} A 10.1.1.1"\n}',
      'other.example',
      ['SERVFAIL'],
    ],
    [
      'template IN A example {\n match ^ip\n answer "{{ .Name }} A 10.1.1.1"\n fallthrough\n}',
      'other.example',
      ['NXDOMAIN'],
    ],
    ['template ANY ANY example {\n rcode NXDOMAIN\n}', 'a.example MX', ['NXDOMAIN']],
    ['template IN AAAA . {\n rcode NOERROR\n}', 'example.com AAAA', ['NOERROR']],
    [
      'template IN CNAME example {\n answer "{{ .Name }} 60 IN CNAME web.default.svc.cluster.local"\n}',
      'a.example CNAME',
      ['NOERROR', `CNAME ${WEB}.`],
    ],
    [
      'template IN A example {\n answer "{{ .Name }} 60 IN CNAME web.default.svc.cluster.local"\n}',
      'a.example',
      ['NOERROR', `CNAME ${WEB}.`, 'A 10.96.1.1'],
    ],
    ['template IN A example {\n answer "not a record"\n}', 'a.example', ['SERVFAIL']],
    ['template IN A example {\n answer "{{ .Name }} A 10.1.1.300"\n}', 'a.example', ['SERVFAIL']],
  ])('%j: %s', (lines, query, expected) => {
    expect(brief(machine(lines).ask(query))).toEqual(expected);
  });
});

describe('[D19] small ones', () => {
  it.each([
    ['any', `${WEB} ANY`, ['NOERROR', 'HINFO "ANY obsoleted" "See RFC 8482"']],
    ['any', WEB, ['NOERROR', 'A 10.96.1.1']],
    ['local', 'localhost', ['NOERROR', 'A 127.0.0.1']],
    ['local', 'localhost AAAA', ['NOERROR', 'AAAA ::1']],
    ['local', 'localhost.default.svc.cluster.local', ['NOERROR', 'A 127.0.0.1']],
    ['local', '1.0.0.127.in-addr.arpa PTR', ['NOERROR', 'PTR localhost.']],
    ['local', '2.0.0.127.in-addr.arpa PTR', ['NXDOMAIN']],
    ['acl {\n block net 10.244.1.0/24\n}', WEB, ['REFUSED']],
    ['acl {\n filter type A net 10.244.1.9\n}', WEB, ['NOERROR']],
    ['acl {\n allow net 10.244.1.0/24\n block\n}', WEB, ['NOERROR', 'A 10.96.1.1']],
    ['acl example.com {\n block\n}', WEB, ['NOERROR', 'A 10.96.1.1']],
  ])('%s: %s', (lines, query, expected) => {
    expect(brief(machine(lines).ask(query))).toEqual(expected);
  });

  it('acl drops in silence', () => {
    expect(machine('acl {\n drop type A\n}').traced(WEB).outcome).toBeUndefined();
  });

  it('chaos answers class CH; without it such questions go on', () => {
    const ask = (lines: string, name: string) =>
      shown(machine(lines).ask({ name, type: 'TXT', class: 'CH' }));
    expect(ask('chaos', 'version.bind')).toEqual(['version.bind. TXT "CoreDNS-1.13.1"']);
    expect(ask('chaos mine me you', 'authors.bind')).toEqual([
      'authors.bind. TXT "me"',
      'authors.bind. TXT "you"',
    ]);
    expect(ask('chaos', 'hostname.bind')).toEqual(['hostname.bind. TXT "coredns-1"']);
    expect(ask('', 'version.bind')).toEqual(['version.bind. TXT "unbound 1.19.2"']);
    const closed = startMachine({ corefile: '. {\n kubernetes cluster.local\n}\n' });
    expect(closed.ask({ name: 'version.bind', type: 'TXT', class: 'CH' }).code).toBe('REFUSED');
  });

  it('header, minimal and whoami', () => {
    expect(machine('header {\n response clear aa\n response set ra\n}').ask(WEB)).toMatchObject({
      authoritative: false,
      recursionAvailable: true,
    });
    const srv = `_sql._tcp.${DB} SRV`;
    expect(machine('').ask(srv).additional).toHaveLength(4);
    expect(machine('minimal').ask(srv).additional).toEqual([]);
    const me = startMachine({ corefile: '. {\n whoami\n}\n' }).ask('a.example');
    expect(me.additional).toMatchObject([
      { name: 'a.example.', type: 'A', data: '10.244.1.9' },
      { name: '_udp.a.example.', type: 'SRV', data: expect.stringMatching(/^0 0 \d+ \.$/) },
    ]);
  });
});
