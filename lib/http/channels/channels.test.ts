import { describe, expect, it } from 'vitest';
import { type ExecStreams, internalError } from '../../api';
import { createUpgradeHandler } from '../handler';
import { createRunningPod, inProcess } from '../in-process.test-support';
import type { MessageSocket } from './message-socket';

type Run = (streams: ExecStreams) => Promise<number>;

/** The client's end of a socket, and what it has seen. */
function createLine() {
  const sent: string[] = [];
  let paused = false;
  let takes = true;
  const waiting: (() => void)[] = [];
  let hear: (message: Uint8Array) => void = () => {};
  let hang: () => void = () => {};
  const socket: MessageSocket = {
    async send(message) {
      sent.push(`${message[0]}:${new TextDecoder().decode(message.subarray(1))}`);
      if (!takes) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    onMessage: (listener) => {
      hear = listener;
    },
    onClose: (listener) => {
      hang = listener;
    },
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
    close: (code) => sent.push(`closed ${code}`),
  };
  return {
    socket,
    sent,
    say: (channel: number, payload: string | readonly number[]) =>
      hear(Uint8Array.from([channel, ...(typeof payload === 'string' ? Buffer.from(payload) : payload)])),
    hangUp: () => hang(),
    /** Until called again nobody takes what is sent. */
    block() {
      takes = !takes;
      if (takes) for (const go of waiting.splice(0)) go();
    },
    get paused() {
      return paused;
    },
  };
}

const upgradeRequest = (query: string, protocols = 'v5.channel.k8s.io', method = 'GET', pod = 'p') =>
  new Request(`http://cluster/api/v1/namespaces/default/pods/${pod}/exec?${query}`, {
    method,
    headers: { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-protocol': protocols },
  });

async function ask(run: Run, request: Request) {
  const client = inProcess(async (_target, streams) => run(streams));
  await createRunningPod(client, 'p');
  return createUpgradeHandler(() => client)(request);
}

async function converse(run: Run, query: string, protocols?: string) {
  const upgrade = await ask(run, upgradeRequest(query, protocols));
  if (upgrade.kind === 'refused') throw new Error(await upgrade.response.text());
  const line = createLine();
  return { ...line, protocol: upgrade.protocol, line, over: upgrade.serve(line.socket) };
}

const echo: Run = async ({ stdin, stdout }) => {
  for (let text = await stdin?.read(); text !== undefined; text = await stdin?.read())
    await stdout.write(text);
  return 0;
};
const statusOf = (sent: readonly string[]) =>
  JSON.parse(sent.find((each) => each.startsWith('3:'))?.slice(2) ?? '{}');
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('[H8] exec over channels', () => {
  it('carries output, and the end on the error channel', async () => {
    const run: Run = async ({ stdout, stderr }) => {
      await stdout.write('out\n');
      await stderr.write('err\n');
      return 0;
    };
    const { sent, over, protocol } = await converse(run, 'command=x&stdout=1&stderr=true');
    await over;
    expect(protocol).toBe('v5.channel.k8s.io');
    expect(sent).toEqual(['1:', '1:out\n', '2:err\n', '3:{"metadata":{},"status":"Success"}', 'closed 1000']);
  });

  it('tells how a process ended', async () => {
    const { sent, over } = await converse(async () => 3, 'command=x&stderr=1');
    await over;
    expect(sent[0]).toBe('2:');
    expect(statusOf(sent)).toEqual({
      metadata: {},
      status: 'Failure',
      message: 'command terminated with non-zero exit code: command terminated with exit code 3',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
  });

  it('tells what the node has against it', async () => {
    const run: Run = async () => {
      throw internalError('unable to upgrade connection: container not found ("c")');
    };
    const { sent, over } = await converse(run, 'command=x&stdout=1');
    await over;
    expect(statusOf(sent)).toMatchObject({
      status: 'Failure',
      reason: 'InternalError',
      message: 'Internal error occurred: unable to upgrade connection: container not found ("c")',
      code: 500,
    });
  });

  it('refuses to run what nobody would hear of', async () => {
    const { sent, over } = await converse(async () => 0, 'command=x');
    await over;
    expect(sent[0]).toBe('3:');
    expect(statusOf(sent.slice(1)).message).toBe(
      'Internal error occurred: unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr',
    );
  });

  it('v5 ends stdin and leaves the rest open; characters may come in pieces', async () => {
    const { sent, say, over } = await converse(echo, 'command=cat&stdin=1&stdout=1');
    say(0, 'a\n');
    say(0, [0xc3]);
    say(0, [0xa9]);
    say(255, [0]);
    await over;
    expect(sent.filter((each) => each.startsWith('1:')).join('')).toBe('1:1:a\né');
  });

  it('v4 knows no such end', async () => {
    const { sent, say, over, hangUp } = await converse(
      echo,
      'command=cat&stdin=1&stdout=1',
      'v4.channel.k8s.io',
    );
    say(255, [0]);
    say(0, 'a');
    await turn();
    expect(sent).toEqual(['1:', '1:a']);
    hangUp();
    await over;
  });

  it('a terminal has one screen, and its size reaches the process', async () => {
    const sizes: unknown[] = [];
    let ready = () => {};
    const resized = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const run: Run = async ({ stderr, onResize, tty }) => {
      onResize?.((size) => {
        sizes.push(size);
        if (sizes.length === 2) ready();
      });
      await resized;
      await stderr.write('err');
      return tty ? 0 : 1;
    };
    const { sent, say, over } = await converse(run, 'command=x&stdin=1&stdout=1&tty=1');
    await turn();
    say(4, '{"Width":100,"Height":40}\n');
    say(4, 'nonsense');
    say(4, '{"Width":0,"Height":0}');
    say(4, '{"Width":80,"Height":24}');
    await over;
    expect(sizes).toEqual([
      { columns: 100, rows: 40 },
      { columns: 80, rows: 24 },
    ]);
    expect(sent).toContain('1:err');
  });

  it('a client that goes away calls the process off', async () => {
    let cancelled = false;
    const run: Run = ({ cancel }) =>
      new Promise((resolve) => {
        cancel.onCancel(() => {
          cancelled = true;
          resolve(137);
        });
      });
    const { hangUp, over } = await converse(run, 'command=x&stdout=1');
    await turn();
    hangUp();
    await over;
    expect(cancelled).toBe(true);
  });

  it('long output is cut into messages, and waits for whoever takes it', async () => {
    let written = false;
    const run: Run = async ({ stdout }) => {
      await stdout.write('x'.repeat(100_000));
      written = true;
      return 0;
    };
    const upgrade = await ask(run, upgradeRequest('command=x&stdout=1'));
    if (upgrade.kind === 'refused') throw new Error('refused');
    const line = createLine();
    line.block();
    const over = upgrade.serve(line.socket);
    await turn();
    expect(line.sent.length).toBe(1);
    line.block();
    line.block();
    await turn();
    expect(written).toBe(false);
    line.block();
    await over;
    const sizes = line.sent.filter((each) => each.startsWith('1:x')).map((each) => each.length - 2);
    expect(sizes).toEqual([32768, 32768, 32768, 1696]);
  });

  it('input that nobody reads makes the other end wait', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const run: Run = async (streams) => {
      await gate;
      return echo(streams);
    };
    const { line, say, over } = await converse(run, 'command=cat&stdin=1&stdout=1');
    for (let count = 0; count < 3; count += 1) say(0, 'y'.repeat(32 * 1024));
    expect(line.paused).toBe(true);
    go();
    await turn();
    expect(line.paused).toBe(false);
    say(255, [0]);
    await over;
  });
});

describe('[H8] refusals before the upgrade are ordinary answers', () => {
  const refusal = async (request: Request) => {
    const upgrade = await ask(async () => 0, request);
    if (upgrade.kind === 'accepted') return 'accepted';
    const text = await upgrade.response.text();
    return `${upgrade.response.status} ${text === '' ? '' : JSON.parse(text).message}`;
  };

  it.each([
    ['a Pod of nobody', upgradeRequest('stdout=1', undefined, 'GET', 'q'), '404 pods "q" not found'],
    [
      'a container of nobody',
      upgradeRequest('container=x&stdout=1'),
      '400 container x is not valid for pod p',
    ],
    ['a subprotocol of nobody', upgradeRequest('stdout=1', 'v9.channel.k8s.io'), '403 '],
    [
      'no WebSocket',
      new Request(upgradeRequest('stdout=1'), { headers: { upgrade: 'SPDY/3.1' } }),
      '400 Upgrade request required',
    ],
    [
      'another method',
      upgradeRequest('stdout=1', undefined, 'PUT'),
      '405 the server does not allow this method on the requested resource',
    ],
    ['POST', upgradeRequest('stdout=1', undefined, 'POST'), 'accepted'],
    [
      'the newest of several protocols',
      upgradeRequest('stdout=1', 'v4.channel.k8s.io, v5.channel.k8s.io'),
      'accepted',
    ],
  ])('%s', async (_what, request, expected) => {
    expect(await refusal(request)).toBe(expected);
  });

  it('a path that is no connection is served as ever', async () => {
    const upgrade = await ask(async () => 0, new Request('http://cluster/readyz'));
    expect(upgrade.kind === 'refused' && (await upgrade.response.text())).toBe('ok');
  });
});
