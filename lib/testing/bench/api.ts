import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { serveSandbox } from '../conformance/served-sandbox';
import { duration, type Figure, printFigures } from '../figures';

const PODS = 1_000;
const CONNECTIONS = 8;
const WATCHERS = 100;
const JSON_TYPE = 'application/json';

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('a socket has an address');
  return address.port;
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const watching = new Agent({ keepAlive: true, maxSockets: WATCHERS });

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly type?: string;
  readonly body?: unknown;
}

/** A Pod that no scheduler looks at: what is measured is the API, not what it sets going. */
const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'bench', tier: 'backend' } },
  spec: {
    schedulerName: 'nobody',
    containers: [
      {
        name: 'web',
        image: 'nginx:1.27',
        ports: [{ name: 'http', containerPort: 80 }],
        env: [{ name: 'MODE', value: 'production' }],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5 },
      },
    ],
  },
});

/** Sends a request over a connection kept alive, and reads the whole answer; resolves with its size. */
function send(server: string, { method, path, type = JSON_TYPE, body }: Call): Promise<number> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers =
    text === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const sent = request(`${server}${path}`, { method, headers, agent }, (answer) => {
      let size = 0;
      answer.on('data', (piece: Buffer) => {
        size += piece.length;
      });
      answer.on('end', () => {
        const { statusCode = 0 } = answer;
        if (statusCode < 300) resolve(size);
        else reject(new Error(`${method} ${path}: ${statusCode}`));
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

interface Load {
  readonly perSecond: number;
  readonly times: readonly number[];
  /** Bytes of the last answer. */
  readonly size: number;
}

/** So many requests, as many at a time as there are connections. */
async function load(server: string, rounds: number, call: (round: number) => Call): Promise<Load> {
  const times: number[] = [];
  let size = 0;
  let next = 0;
  const worker = async () => {
    while (next < rounds) {
      const round = next;
      next += 1;
      const began = performance.now();
      size = await send(server, call(round));
      times.push((performance.now() - began) * 1000);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return { perSecond: rounds / ((performance.now() - began) / 1000), times, size };
}

function percentiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => duration(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return `p50 ${at(0.5)}, p99 ${at(0.99)}`;
}

const figure = (what: string, { perSecond, times }: Load): Figure => ({
  what,
  value: `${Math.round(perSecond).toLocaleString('en')}/s, ${percentiles(times)}`,
});

const POD_PATH = '/api/v1/namespaces/default/pods';

async function requests(server: string): Promise<readonly Figure[]> {
  const create = await load(server, PODS, (round) => ({
    method: 'POST',
    path: POD_PATH,
    body: pod(`pod-${String(round).padStart(4, '0')}`),
  }));
  const one = (round: number) => `${POD_PATH}/pod-${String((round * 7) % PODS).padStart(4, '0')}`;
  const get = (round: number): Call => ({ method: 'GET', path: one(round) });
  await load(server, 500, get);
  const gets = await load(server, 5_000, get);
  const list = (): Call => ({ method: 'GET', path: POD_PATH });
  await load(server, 10, list);
  const lists = await load(server, 100, list);
  const patches = await load(server, 2_000, (round) => ({
    method: 'PATCH',
    path: one(round),
    type: 'application/strategic-merge-patch+json',
    body: { metadata: { annotations: { round: String(round) } } },
  }));
  const afterWrites = await load(server, 100, (round) =>
    round % CONNECTIONS === 0
      ? { method: 'PATCH', path: one(round), type: 'application/merge-patch+json', body: label(round) }
      : list(),
  );
  return [
    figure('create a Pod', create),
    figure('get a Pod', gets),
    figure(`list ${PODS.toLocaleString('en')} Pods (${(lists.size / 1e6).toFixed(1)} MB)`, lists),
    figure(`the same, with a write for each ${CONNECTIONS - 1} lists`, afterWrites),
    figure('patch a Pod (strategic merge)', patches),
  ];
}

const label = (round: number) => ({ metadata: { labels: { round: String(round) } } });

/** A watch of all Pods; `onEvent` hears of each line. */
function openWatch(server: string, onEvent: (line: string) => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const path = `${server}${POD_PATH}?watch=true&resourceVersion=0&resourceVersionMatch=NotOlderThan&sendInitialEvents=false`;
    const sent = request(path, { agent: watching }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`watch: ${answer.statusCode}`));
      createInterface({ input: answer }).on('line', onEvent);
      resolve(answer);
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Writes one after another, each told to every watcher before the next. */
async function fanOut(server: string): Promise<Figure> {
  const times: number[] = [];
  let sentAt = 0;
  let heard = 0;
  let all = () => {};
  const watches = await Promise.all(
    Array.from({ length: WATCHERS }, () =>
      openWatch(server, () => {
        times.push((performance.now() - sentAt) * 1000);
        heard += 1;
        if (heard === WATCHERS) all();
      }),
    ),
  );
  const rounds = 200;
  const began = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    heard = 0;
    const everyone = new Promise<void>((resolve) => {
      all = resolve;
    });
    sentAt = performance.now();
    await send(server, {
      method: 'PATCH',
      path: `${POD_PATH}/pod-0000`,
      type: 'application/merge-patch+json',
      body: label(PODS + round),
    });
    await everyone;
  }
  const perSecond = (rounds * WATCHERS) / ((performance.now() - began) / 1000);
  for (const watch of watches) watch.destroy();
  return figure(`events told to ${WATCHERS} watchers, from sending the write`, {
    perSecond,
    times,
    size: 0,
  });
}

/** From starting `portside sandbox --serve` to its being ready; the bundle is there already, as after any first run. */
async function ready(): Promise<Figure> {
  await (await serveSandbox(await freePort())).stop();
  const port = await freePort();
  const began = performance.now();
  const sandbox = await serveSandbox(port);
  await send(sandbox.server, { method: 'GET', path: '/readyz' });
  const took = (performance.now() - began) * 1000;
  await sandbox.stop();
  return { what: '`portside sandbox --serve` is ready', value: duration(took), goal: '< 2 s' };
}

/** How fast one served cluster answers over HTTP. */
async function benchApi(): Promise<void> {
  const start = await ready();
  const sandbox = await serveSandbox(await freePort());
  try {
    const figures = [start, ...(await requests(sandbox.server)), await fanOut(sandbox.server)];
    const [cpu] = cpus();
    printFigures(
      `API (${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}; one server process, the client another; ` +
        `HTTP on the loopback, ${CONNECTIONS} connections kept alive, no TLS)`,
      figures,
    );
  } finally {
    agent.destroy();
    watching.destroy();
    await sandbox.stop();
  }
}

benchApi().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
