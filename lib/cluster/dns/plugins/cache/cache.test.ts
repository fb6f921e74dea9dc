import { describe, expect, it } from 'vitest';
import type { DnsAnswer, Request } from '../../../../api';
import { dnsReply, type Machine, startMachine } from '../../dns-machine.test-support';

/** An upstream that counts what it is asked, and answers with a number that grows. */
function counted(cache: string, more = '') {
  const asked: string[] = [];
  let answer: (name: string) => Partial<DnsAnswer> | undefined = () => ({});
  const servers = (address: string, request: Request) => {
    if (request.kind !== 'dns' || !address.endsWith(':53')) return undefined;
    const { name, type } = request.query;
    asked.push(`${name} ${type}`);
    const special = answer(name);
    if (special === undefined) return { kind: 'dropped' as const };
    const data = `10.0.${Math.floor(asked.length / 250)}.${asked.length % 250}`;
    return dnsReply({
      code: 'NOERROR',
      authoritative: false,
      recursionAvailable: true,
      answers: [{ name, type: 'A', ttl: 300, data }],
      authority: [],
      additional: [],
      ...special,
    });
  };
  const dns = startMachine({ corefile: `.:53 {\n ${cache}\n forward . 10.0.0.53\n ${more}\n}\n`, servers });
  return {
    dns,
    asked,
    become(next: typeof answer) {
      answer = next;
    },
  };
}
const SOA = { name: 'example.', type: 'SOA', ttl: 60, data: 'a. b. 1 2 3 4 60' };
const one = (dns: Machine, query = 'a.example') => {
  const { answers } = dns.ask(query);
  return answers[0] && `${answers[0].data} ${answers[0].ttl}`;
};

describe('[D11] cache', () => {
  it('gives an answer again with what is left of its time, and asks anew after', () => {
    const { dns, asked } = counted('cache 30');
    expect(one(dns)).toBe('10.0.0.1 30');
    dns.advance(12_000);
    expect(one(dns)).toBe('10.0.0.1 18');
    dns.advance(17_999);
    expect(one(dns)).toBe('10.0.0.1 1');
    dns.advance(1);
    expect(one(dns)).toBe('10.0.0.2 30');
    expect(asked).toEqual(['a.example A', 'a.example A']);
  });

  it('by name and type, whatever the spelling; the answer keeps that of the first', () => {
    const { dns, asked } = counted('cache');
    one(dns, 'a.example');
    one(dns, 'A.EXAMPLE');
    one(dns, 'a.example AAAA');
    expect(asked).toEqual(['a.example A', 'a.example AAAA']);
  });

  it('what comes from it is marked as authoritative, as CoreDNS does', () => {
    const { dns } = counted('cache');
    const flags = () => {
      const { authoritative, recursionAvailable } = dns.ask('a.example');
      return [authoritative, recursionAvailable];
    };
    expect([flags(), flags()]).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it.each([
    ['cache', 300],
    ['cache 3600', 300],
    ['cache 30', 30],
    ['cache {\n success 5000 20\n}', 20],
    ['cache {\n success 5000 3600 600\n}', 600],
    ['cache 30 a.example', 30],
    ['cache 30 b.example', 300],
  ])('%s: times between its bounds', (config, ttl) => {
    expect(counted(config).dns.ask('a.example').answers[0]?.ttl).toBe(ttl);
  });

  it.each([
    ['cache 30', { code: 'NXDOMAIN' as const, answers: [], authority: [SOA] }, 2],
    ['cache 30', { answers: [], authority: [SOA] }, 2],
    ['cache 30', { code: 'REFUSED' as const, answers: [] }, 3],
    ['cache 30', { truncated: true }, 3],
    ['cache 30 {\n disable denial\n}', { code: 'NXDOMAIN' as const, answers: [], authority: [SOA] }, 3],
    [
      'cache 30 {\n disable denial b.example\n}',
      { code: 'NXDOMAIN' as const, answers: [], authority: [SOA] },
      2,
    ],
    ['cache 30 {\n disable success example\n}', {}, 3],
    ['cache {\n denial 5000 40\n}', { code: 'NXDOMAIN' as const, answers: [], authority: [SOA] }, 2],
  ])('%s keeps or does not keep %j', (config, answer, asks) => {
    const { dns, asked, become } = counted(config);
    become(() => answer);
    dns.ask('a.example');
    dns.ask('a.example');
    dns.advance(50_000);
    dns.ask('a.example');
    expect(asked).toHaveLength(asks);
  });

  it('a SERVFAIL of the upstream is kept for five seconds; silence is not kept at all', () => {
    const { dns, asked, become } = counted('cache');
    become(() => ({ code: 'SERVFAIL', answers: [] }));
    dns.ask('a.example');
    dns.advance(4000);
    dns.ask('a.example');
    expect(asked).toHaveLength(1);
    dns.advance(1000);
    dns.ask('a.example');
    expect(asked).toHaveLength(2);
    become(() => undefined);
    const silent = counted('cache');
    silent.become(() => undefined);
    expect(silent.dns.ask('a.example').code).toBe('SERVFAIL');
    silent.become(() => ({}));
    expect(silent.dns.ask('a.example').code).toBe('NOERROR');
  });

  it('keepttl, prefetch and stale answers', () => {
    const kept = counted('cache 30 {\n keepttl\n}');
    one(kept.dns);
    kept.dns.advance(20_000);
    expect(one(kept.dns)).toBe('10.0.0.1 30');

    const early = counted('cache 30 {\n prefetch 2 1m 50%\n}');
    one(early.dns);
    early.dns.advance(20_000);
    one(early.dns);
    expect(early.asked).toHaveLength(1);
    one(early.dns);
    expect(early.asked).toHaveLength(2);
    early.dns.advance(20_000);
    expect(one(early.dns)).toBe('10.0.0.2 10');

    const stale = counted('cache 30 {\n serve_stale 1h verify\n}');
    one(stale.dns);
    stale.dns.advance(60_000);
    stale.become(() => undefined);
    expect(one(stale.dns)).toBe('10.0.0.1 0');
    stale.become(() => ({}));
    expect(one(stale.dns)).toMatch(/^10\.0\.0\.\d+ 30$/);
  });

  it('no more is kept than there is room for', () => {
    const { dns, asked } = counted('cache 30 {\n success 1\n}');
    for (let index = 0; index < 1100; index += 1) dns.ask(`n${index}.example`);
    const before = asked.length;
    for (let index = 0; index < 1100; index += 1) dns.ask(`n${index}.example`);
    // 256 shards of four.
    expect(asked.length - before).toBeGreaterThanOrEqual(76);
    const kept = Object.values(dns.state.memory).flatMap((shard) =>
      typeof shard === 'object' && shard !== null ? Object.keys(shard) : [],
    );
    expect(kept.length).toBeLessThanOrEqual(1024);
  });

  it('[D12] survives as data: what is restored goes on alike', () => {
    const { dns, asked } = counted('cache 30');
    one(dns);
    dns.advance(10_000);
    dns.restore();
    expect(one(dns)).toBe('10.0.0.1 20');
    expect(asked).toHaveLength(1);
  });
});
