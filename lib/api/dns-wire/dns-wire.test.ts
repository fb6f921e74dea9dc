import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import type { DnsAnswer, DnsQuery, DnsRecord } from '../network';
import { dnsClassName, dnsClassNumber, dnsCode, dnsTypeName, dnsTypeNumber } from './codes';
import { isDomainName, labelText } from './domain-name';
import { dnsAnswerBytes, dnsQueryBytes, fitDnsAnswer } from './fit-answer';
import { encodeDnsQuery, encodeDnsResponse } from './message';

const NAME = 'kubernetes.default.svc.cluster.local.';
const query: DnsQuery = { name: NAME, type: 'A' };
const empty: DnsAnswer = {
  code: 'NOERROR',
  authoritative: true,
  answers: [],
  authority: [],
  additional: [],
};
const record = (type: string, data: string, name = NAME): DnsRecord => ({ name, type, ttl: 30, data });
/** A decoder that is not ours reads what ours wrote. */
const read = (bytes: Uint8Array) => decode(Buffer.from(bytes));

describe('messages', () => {
  it.each([
    ['A', '10.96.0.1', '10.96.0.1'],
    ['AAAA', 'fd00::1', 'fd00::1'],
    ['AAAA', '::ffff:10.0.0.1', '::ffff:a00:1'],
    ['CNAME', 'a.example.com.', 'a.example.com'],
    ['PTR', NAME, NAME.slice(0, -1)],
    ['NS', 'ns.dns.cluster.local.', 'ns.dns.cluster.local'],
    ['TXT', '"1.1.0"', [Buffer.from('1.1.0')]],
    ['TXT', '"v=spf1 -all" "b\\"c"', [Buffer.from('v=spf1 -all'), Buffer.from('b"c')]],
    ['MX', '10 mail.example.com.', { preference: 10, exchange: 'mail.example.com' }],
    ['SRV', `0 100 443 ${NAME}`, { priority: 0, weight: 100, port: 443, target: NAME.slice(0, -1) }],
    ['HINFO', '"ANY obsoleted" "See RFC 8482"', { cpu: 'ANY obsoleted', os: 'See RFC 8482' }],
    ['CAA', '0 issue "pki.example"', { flags: 0, tag: 'issue', value: 'pki.example', issuerCritical: false }],
  ])('%s %s is written so that others read it', (type, data, expected) => {
    const answer = { ...empty, answers: [record(type, data)] };
    const [got] = read(encodeDnsResponse({ id: 7, query: { name: NAME, type }, answer })).answers ?? [];
    expect(got).toMatchObject({ name: NAME.slice(0, -1), type, ttl: 30, data: expected });
  });

  it.each([
    ['A', '10.96.0'],
    ['A', '10.96.0.256'],
    ['AAAA', 'fd00::1::2'],
    ['AAAA', '1:2:3'],
    ['SRV', '0 x 80 a.'],
    ['LOC', 'somewhere'],
    ['TXT', `"${'x'.repeat(256)}"`],
    ['CNAME', `${'x'.repeat(64)}.example.`],
    ['CNAME', 'a..b.'],
  ])('%s %s cannot be written', (type, data) => {
    const answer = { ...empty, answers: [record(type, data)] };
    expect(() => encodeDnsResponse({ id: 7, query, answer })).toThrow(
      expect.objectContaining({ name: 'DnsFormatError' }),
    );
  });

  it('flags, sections and EDNS come back', () => {
    const edns = { size: 1232, dnssecOk: true, options: [{ code: 10, data: '0011223344556677' }] };
    const answer: DnsAnswer = {
      ...empty,
      code: 'NXDOMAIN',
      recursionAvailable: true,
      authority: [record('SOA', 'ns.dns.cluster.local. hostmaster.cluster.local. 7 7200 1800 86400 30')],
      edns,
    };
    const got = read(encodeDnsResponse({ id: 0xbeef, query: { ...query, checkingDisabled: true }, answer }));
    expect(got).toMatchObject({ id: 0xbeef, type: 'response', rcode: 'NXDOMAIN', opcode: 'QUERY' });
    const { flag_aa, flag_ra, flag_rd, flag_tc, flag_cd } = got;
    expect([flag_aa, flag_ra, flag_rd, flag_tc, flag_cd]).toEqual([true, true, true, false, true]);
    expect(got.authorities?.[0]).toMatchObject({ type: 'SOA', data: { serial: 7, minimum: 30 } });
    expect(got.additionals?.[0]).toMatchObject({ type: 'OPT', udpPayloadSize: 1232, flag_do: true });
    expect(got.additionals?.[0]).toMatchObject({ options: [{ code: 10 }] });
  });

  it('a query comes back, with its size as CoreDNS logs it', () => {
    const edns = { size: 1232, options: [{ code: 10, data: '0011223344556677' }] };
    expect(read(encodeDnsQuery(5, { ...query, edns }))).toMatchObject({
      id: 5,
      type: 'query',
      flag_rd: true,
      questions: [{ name: NAME.slice(0, -1), type: 'A', class: 'IN' }],
    });
    expect(dnsQueryBytes(query)).toBe(54);
    expect(dnsQueryBytes({ ...query, edns })).toBe(77);
    expect(dnsAnswerBytes(query, { ...empty, answers: [record('A', '10.96.0.1')] })).toBe(106);
  });
});

describe('compression', () => {
  it('names point back, even into the data of an SRV record, and the spelling stays', () => {
    const answers = [record('SRV', `0 50 80 A.${NAME}`), record('SRV', `0 50 80 b.${NAME}`)];
    const additional = [record('A', '10.1.1.1', `A.${NAME}`), record('A', '10.1.1.2', `b.${NAME}`)];
    const answer = { ...empty, answers, additional };
    const plain = encodeDnsResponse({ id: 1, query, answer });
    const short = encodeDnsResponse({ id: 1, query, answer: { ...answer, compressed: true } });
    expect(short.length).toBeLessThan(plain.length - 100);
    expect(read(short)).toEqual(read(plain));
    expect(read(short).additionals?.map(({ name }) => name)).toEqual([
      `A.${NAME.slice(0, -1)}`,
      `b.${NAME.slice(0, -1)}`,
    ]);
  });
});

describe('fitting', () => {
  const many = (count: number) => ({
    ...empty,
    answers: Array.from({ length: count }, (_, index) => record('A', `10.244.1.${index + 1}`)),
  });

  it.each([
    ['few records are sent plain', 5, undefined, 'UDP', 5, false, false],
    ['more are compressed', 12, undefined, 'UDP', 12, true, false],
    ['too many are cut, and marked', 40, undefined, 'UDP', 28, true, true],
    ['a client that takes more gets more', 40, 1232, 'UDP', 40, true, false],
    ['a size below 512 counts as 512', 40, 100, 'UDP', 27, true, true],
    ['over TCP there is room', 200, undefined, 'TCP', 200, false, false],
    ['what would be broken up is compressed', 40, 4096, 'UDP', 40, true, false],
  ] as const)('%s', (_, count, size, protocol, kept, compressed, truncated) => {
    const edns = size === undefined ? {} : { edns: { size } };
    const answer = fitDnsAnswer({ ...query, ...edns }, { ...many(count), ...edns }, protocol);
    expect([answer.answers.length, answer.compressed, answer.truncated ?? false]).toEqual([
      kept,
      compressed,
      truncated,
    ]);
    const limit = protocol === 'TCP' ? 65_535 : Math.max(512, size ?? 0);
    expect(dnsAnswerBytes({ ...query, ...edns }, answer)).toBeLessThanOrEqual(limit);
  });

  it('cut exactly at the limit', () => {
    // 12 bytes of header, 42 of question, 16 for each compressed record: 28 fit into 512, and leave 10.
    expect(dnsAnswerBytes(query, fitDnsAnswer(query, many(40), 'UDP'))).toBe(12 + 42 + 28 * 16);
  });
});

describe('numbers and names', () => {
  it.each([
    ['SRV', 33],
    ['ANY', 255],
    ['TYPE65280', 65_280],
  ])('type %s is %i', (name, number) => {
    expect(dnsTypeNumber(name)).toBe(number);
    expect(dnsTypeName(number)).toBe(name);
  });

  it('classes, codes and what is none', () => {
    expect([dnsClassNumber('CH'), dnsClassName(3), dnsClassName(9)]).toEqual([3, 'CH', 'CLASS9']);
    expect([dnsCode('nxdomain'), dnsCode('nope')]).toEqual(['NXDOMAIN', undefined]);
    expect([dnsTypeNumber('NOPE'), dnsTypeNumber('TYPE70000')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['a.example.', true],
    ['.', true],
    ['_http._tcp.web.default.svc.cluster.local', true],
    [`${'a.'.repeat(127)}`, true],
    [`${'a.'.repeat(128)}`, false],
    ['a..b', false],
    ['', false],
    [`${'x'.repeat(64)}.example.`, false],
  ])('%s is a name: %s', (name, expected) => {
    expect(isDomainName(name)).toBe(expected);
  });

  it('labels are shown with what is no plain character escaped', () => {
    expect(labelText(Uint8Array.from([0x61, 0x2e, 0x62, 0x00, 0xff]))).toBe('a\\.b\\000\\255');
  });
});
