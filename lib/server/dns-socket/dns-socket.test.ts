import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { type DecodedPacket, decode, encode, type Packet } from 'dns-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DnsAnswer, type DnsQuery, fitDnsAnswer } from '../../api';
import { type DnsServer, serveDns } from './index';

const HOST = '127.0.0.1';
const records = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name, type: 'A', ttl: 30, data: `10.244.1.${index + 1}` }));

/** One address for most names; forty for many.test; nothing for silent.test. */
const asked: string[] = [];
function answerTo(query: DnsQuery, protocol: 'UDP' | 'TCP'): DnsAnswer | undefined {
  asked.push(`${query.name} ${query.class} ${query.type} ${protocol}`);
  if (query.name === 'silent.test.') return undefined;
  const count = query.name === 'many.test.' ? 40 : 1;
  const { edns } = query;
  const answer: DnsAnswer = {
    code: query.name === 'bad.test.' ? 'NXDOMAIN' : 'NOERROR',
    authoritative: true,
    answers:
      query.name === 'unwritable.test.'
        ? [{ name: 'a..b.', type: 'A', ttl: 1, data: '10.0.0.1' }]
        : records(query.name, count),
    authority: [],
    additional: [],
    edns,
  };
  return query.name === 'unwritable.test.' ? answer : fitDnsAnswer(query, answer, protocol);
}

let server: DnsServer;
beforeAll(async () => {
  server = await serveDns({ port: 0, host: HOST, resolve: async (...args) => answerTo(...args) });
});
afterAll(() => server.close());

const RD = 0x0100;
const question = (name: string, more: Partial<Packet> = {}): Buffer =>
  encode({ type: 'query', id: 7, flags: RD, questions: [{ type: 'A', name }], ...more });
const withSize = (udpPayloadSize: number): Partial<Packet> => ({
  additionals: [
    {
      type: 'OPT',
      name: '.',
      udpPayloadSize,
      extendedRcode: 0,
      ednsVersion: 0,
      flags: 0,
      flag_do: false,
      options: [],
    },
  ],
});

/** Sends bytes over UDP; undefined when nothing comes back soon. */
function overUdp(bytes: Buffer, patienceMs = 2_000): Promise<DecodedPacket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const give = (packet: DecodedPacket | undefined) => {
      clearTimeout(timer);
      socket.close();
      resolve(packet);
    };
    const timer = setTimeout(() => give(undefined), patienceMs);
    socket.on('message', (message) => give(decode(message)));
    socket.on('error', reject);
    socket.send(bytes, server.port, HOST);
  });
}

const framed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Sends bytes over one TCP connection; resolves with the messages that came until `count` are there or it closed. */
function overTcp(chunks: readonly Buffer[], count: number): Promise<readonly DecodedPacket[]> {
  return new Promise((resolve, reject) => {
    const found: DecodedPacket[] = [];
    let rest: Buffer = Buffer.alloc(0);
    const socket = connect(server.port, HOST, () => {
      for (const chunk of chunks) socket.write(chunk);
    });
    socket.on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
        found.push(decode(rest.subarray(2, 2 + rest.readUInt16BE(0))));
        rest = rest.subarray(2 + rest.readUInt16BE(0));
      }
      if (found.length === count) socket.destroy();
    });
    socket.on('close', () => resolve(found));
    socket.on('error', reject);
  });
}

describe('[V12] DNS over UDP', () => {
  it('answers with the question, the id and the bits of the query, names as they were spelled', async () => {
    const got = await overUdp(question('Web.Test'));
    expect(got).toMatchObject({ id: 7, type: 'response', rcode: 'NOERROR', flag_aa: true, flag_rd: true });
    expect(got?.questions).toEqual([{ name: 'Web.Test', type: 'A', class: 'IN' }]);
    expect(got?.answers).toMatchObject([{ name: 'Web.Test', type: 'A', ttl: 30, data: '10.244.1.1' }]);
  });

  it('says NXDOMAIN, and leaves RD as it was', async () => {
    const got = await overUdp(question('bad.test', { flags: 0 }));
    expect(got).toMatchObject({ rcode: 'NXDOMAIN', flag_rd: false });
  });

  it.each([
    ['without EDNS', {}, 26, true],
    ['with room for 1232 bytes', withSize(1232), 40, false],
  ])('truncates at what the client takes: %s', async (_, more, count, truncated) => {
    const got = await overUdp(question('many.test', more));
    expect(got?.flag_tc).toBe(truncated);
    expect(got?.answers?.length).toBeGreaterThanOrEqual(count);
    expect(got?.additionals?.length).toBe(truncated ? 0 : 1);
  });

  it.each([
    [
      'two questions',
      question('a.test', {
        questions: [
          { type: 'A', name: 'a.test' },
          { type: 'A', name: 'b.test' },
        ],
      }),
      'FORMERR',
      'QUERY',
    ],
    ['no question', question('a.test', { questions: [] }), 'FORMERR', 'QUERY'],
    ['a question cut off', question('a.test').subarray(0, 20), 'FORMERR', 'QUERY'],
    [
      'a pointer as the question',
      Buffer.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 0x0c, 0, 1, 0, 1]),
      'FORMERR',
      'QUERY',
    ],
    [
      'an additional section that is not there',
      Buffer.concat([question('a.test').subarray(0, 11), Buffer.from([1]), question('a.test').subarray(12)]),
      'FORMERR',
      'QUERY',
    ],
    ['an update', question('a.test', { flags: 5 << 11 }), 'NOTIMP', 'UPDATE'],
    ['an unknown opcode', question('a.test', { flags: 9 << 11 }), 'NOTIMP', 'OPCODE_9'],
  ])('refuses %s', async (_, bytes, rcode, opcode) => {
    const got = await overUdp(bytes);
    expect(got).toMatchObject({ id: 7, type: 'response', rcode, opcode, answers: [] });
  });

  it.each([
    ['half a header', question('a.test').subarray(0, 8)],
    ['a response', question('a.test', { type: 'response' })],
    ['what nobody answers', question('silent.test')],
  ])('keeps silent about %s', async (_, bytes) => {
    expect(await overUdp(bytes, 200)).toBeUndefined();
  });

  it('an answer that no message can hold is a failure, not a crash', async () => {
    expect(await overUdp(question('unwritable.test'))).toMatchObject({ rcode: 'SERVFAIL', answers: [] });
  });
});

describe('[V12] DNS over TCP, on the same port', () => {
  it('gives what was too much for UDP', async () => {
    const [got] = await overTcp([framed(question('many.test'))], 1);
    expect(got).toMatchObject({ flag_tc: false });
    expect(got?.answers).toHaveLength(40);
  });

  it('answers many queries on one connection in their order, however they are cut up', async () => {
    const names = ['a.test', 'b.test', 'many.test', 'c.test'];
    const bytes = Buffer.concat(names.map((name) => framed(question(name))));
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.subarray(index * 7, index * 7 + 7),
    );
    const got = await overTcp(chunks, names.length);
    expect(got.map(({ questions }) => questions?.[0]?.name)).toEqual(names);
  });

  it('closes when there is no answer, and after an empty message', async () => {
    expect(await overTcp([framed(question('silent.test'))], 1)).toEqual([]);
    expect(await overTcp([framed(Buffer.alloc(0))], 1)).toEqual([]);
  });
});

it('[V12] a port that is taken is refused', async () => {
  await expect(
    serveDns({ port: server.port, host: HOST, resolve: async () => undefined }),
  ).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
