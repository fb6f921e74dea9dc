import { describe, expect, it } from 'vitest';
import type { Delivery, DnsAnswer, Request } from '../../../../api';
import { dataOf, dnsReply, startMachine } from '../../dns-machine.test-support';

type Behaviour = 'answers' | 'silent' | 'refuses' | 'unreachable' | 'fails' | 'denies' | 'truncates';

const deliveries: Readonly<
  Record<Exclude<Behaviour, 'answers' | 'fails' | 'denies' | 'truncates'>, Delivery>
> = {
  silent: { kind: 'dropped' },
  refuses: { kind: 'refused', latencyMs: 1 },
  unreachable: { kind: 'unreachable', why: 'host', latencyMs: 3050 },
};

/** Upstreams by address that behave as they are told, and a machine that forwards to them. */
function machine(corefile: string, upstreams: Record<string, Behaviour>) {
  const asked: string[] = [];
  const servers = (address: string, request: Request) => {
    const behaviour = upstreams[address];
    if (behaviour === undefined || request.kind !== 'dns') return undefined;
    if (request.query.type !== 'NS') asked.push(address);
    if (behaviour in deliveries) return deliveries[behaviour as keyof typeof deliveries];
    const { name, type } = request.query;
    const codes = { fails: 'SERVFAIL', denies: 'NXDOMAIN' } as const;
    const answer: DnsAnswer = {
      code: codes[behaviour as 'fails'] ?? 'NOERROR',
      authoritative: false,
      recursionAvailable: true,
      truncated: behaviour === 'truncates',
      answers: behaviour === 'answers' ? [{ name, type, ttl: 60, data: address.replace(/:.*/, '') }] : [],
      authority: [],
      additional: [],
    };
    return dnsReply(answer);
  };
  return { dns: startMachine({ corefile, servers }), asked, upstreams };
}
const block = (lines: string) => `.:53 {\n errors\n ${lines}\n}\n`;

describe('[D14] forward', () => {
  it.each([
    ['forward . 10.0.0.1', 'a.example', ['10.0.0.1']],
    ['forward . 10.0.0.1:5353', 'a.example', ['10.0.0.1']],
    ['forward a.example 10.0.0.1\n forward . 10.0.0.2', 'x.a.example', ['10.0.0.1']],
    ['forward a.example 10.0.0.1\n forward . 10.0.0.2', 'b.example', ['10.0.0.2']],
    ['forward . 10.0.0.1 {\n except b.example\n}\n forward b.example 10.0.0.2', 'x.b.example', ['10.0.0.2']],
    ['forward . /etc/coredns/upstreams', 'a.example', ['10.0.0.2']],
  ])('%s: %s', (lines, query, expected) => {
    const { dns } = machine(block(lines), {
      '10.0.0.1:53': 'answers',
      '10.0.0.1:5353': 'answers',
      '10.0.0.2:53': 'answers',
    });
    dns.files['/etc/coredns/upstreams'] = 'nameserver 10.0.0.2\n';
    const fresh = lines.includes('/etc/coredns')
      ? startMachine({
          corefile: block(lines),
          files: { '/etc/coredns/upstreams': 'nameserver 10.0.0.2\n' },
          servers: (address) =>
            address === '10.0.0.2:53'
              ? dnsReply({
                  code: 'NOERROR',
                  authoritative: false,
                  answers: [{ name: query, type: 'A', ttl: 1, data: '10.0.0.2' }],
                  authority: [],
                  additional: [],
                })
              : undefined,
        })
      : dns;
    expect(dataOf(fresh.ask(query))).toEqual(expected);
  });

  it('the flags are those of the upstream', () => {
    const { dns } = machine(block('forward . 10.0.0.1'), { '10.0.0.1:53': 'answers' });
    expect(dns.ask('a.example')).toMatchObject({ authoritative: false, recursionAvailable: true });
  });

  it.each([
    [
      'silent',
      6000,
      /^\[ERROR\] plugin\/errors: 2 a\.example\. A: read udp 10\.244\.0\.2:\d+->10\.0\.0\.1:53: i\/o timeout$/,
    ],
    [
      'refuses',
      1002,
      /^\[ERROR\] plugin\/errors: 2 a\.example\. A: read udp 10\.244\.0\.2:\d+->10\.0\.0\.1:53: read: connection refused$/,
    ],
    ['unreachable', 6100, /: read: no route to host$/],
  ] as const)('an upstream that %s', (behaviour, ms, line) => {
    const { dns } = machine(block('forward . 10.0.0.1'), { '10.0.0.1:53': behaviour });
    const { outcome, latencyMs } = dns.traced('a.example');
    expect(outcome).toMatchObject({ code: 'SERVFAIL', authoritative: false });
    expect(latencyMs).toBe(ms + 1);
    expect(dns.log.at(-1)).toMatch(line);
  });

  it('one that is known to be down is given up after one try, and found again once it is back', () => {
    const { dns, asked, upstreams } = machine(block('forward . 10.0.0.1'), { '10.0.0.1:53': 'silent' });
    dns.ask('a.example');
    expect(asked).toHaveLength(3);
    expect(dns.traced('a.example').latencyMs).toBe(2001);
    upstreams['10.0.0.1:53'] = 'answers';
    expect(dataOf(dns.ask('a.example'))).toEqual(['10.0.0.1']);
  });

  it('the next upstream is tried after an error, and the dead one left out from then on', () => {
    const { dns, asked } = machine(block('forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}'), {
      '10.0.0.1:53': 'silent',
      '10.0.0.2:53': 'answers',
    });
    expect(dataOf(dns.ask('a.example'))).toEqual(['10.0.0.2']);
    expect(dataOf(dns.ask('b.example'))).toEqual(['10.0.0.2']);
    expect(asked).toEqual(
      ['10.0.0.1:53', '10.0.0.2:53', '10.0.0.1:53', '10.0.0.2:53'].filter((_, at) => at !== 2),
    );
  });

  it('policies', () => {
    const upstreams = {
      '10.0.0.1:53': 'answers',
      '10.0.0.2:53': 'answers',
      '10.0.0.3:53': 'answers',
    } as const;
    const order = (policy: string) => {
      const { dns } = machine(block(`forward . 10.0.0.1 10.0.0.2 10.0.0.3 {\n ${policy}\n}`), {
        ...upstreams,
      });
      return Array.from({ length: 30 }, () => dataOf(dns.ask('a.example'))[0]?.at(-1)).join('');
    };
    expect(order('policy sequential')).toBe('1'.repeat(30));
    expect(order('policy round_robin')).toBe('231'.repeat(10));
    expect([...new Set(order(''))].sort()).toEqual(['1', '2', '3']);
  });

  it.each([
    ['forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n failover SERVFAIL\n}', 'fails', 'NOERROR'],
    ['forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}', 'fails', 'SERVFAIL'],
    ['forward . 10.0.0.1 {\n next NXDOMAIN\n}\n forward . 10.0.0.2', 'denies', 'NOERROR'],
    ['forward . 10.0.0.1\n forward . 10.0.0.2', 'denies', 'NXDOMAIN'],
  ] as const)('%s, the first %s', (lines, behaviour, code) => {
    const { dns } = machine(block(lines), { '10.0.0.1:53': behaviour, '10.0.0.2:53': 'answers' });
    expect(dns.ask('a.example').code).toBe(code);
  });

  it('tells whom it asked, and how the packet went', () => {
    const { dns } = machine(block('forward . 10.0.0.1'), { '10.0.0.1:53': 'answers' });
    const { trace } = dns.traced('a.example');
    expect(trace.map(({ rule, effect }) => `${rule}: ${effect}`)).toEqual([
      'forward . (Corefile:3): asks 10.0.0.1:53',
      '10.0.0.1:53: delivered',
    ]);
  });
});
