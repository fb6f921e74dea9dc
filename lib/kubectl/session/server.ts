import type { Client, VersionInfo } from '../../api';
import { isRecord } from '../../base';
import { text } from '../flags';
import type { CommandEnv, ParsedArgs } from '../seams';
import { ExitError, fail, unreachable } from './failures';
import { contextField, type Kubeconfig } from './kubeconfig';
import { logLine } from './log-line';

/** The API could not be reached to be asked what it serves. */
export class DiscoveryFailure extends ExitError {
  override name = 'DiscoveryFailure';
  /** What client-go found. */
  readonly found: string;
  private readonly line: string;
  private readonly last: string;
  constructor(line: string, last: string, found: string) {
    super(1, `${line}${last}`);
    this.line = line;
    this.last = last;
    this.found = found;
  }

  /** The same after so many tries. */
  after(tries: number): ExitError {
    return new ExitError(1, `${this.line.repeat(tries)}${this.last}`);
  }
}

/** Without a context kubectl tries localhost:8080, where nobody listens. */
export const NO_SERVER = 'http://localhost:8080';

/** The server that the flags and the kubeconfig name (clientcmd); '' when none is named. */
export function serverOf(args: ParsedArgs, config: Kubeconfig, context: string): string {
  const asked = text(args, 'cluster');
  const name = asked || contextField(config, context, 'cluster');
  const entry = config.clusters.find((each) => each.name === name);
  const given = text(args, 'server');
  if (asked !== '' && !entry && given === '') throw fail(`no server found for cluster "${asked}"`);
  const cluster = isRecord(entry?.cluster) ? entry.cluster : {};
  const server = given || (typeof cluster.server === 'string' ? cluster.server : '');
  return server === '' || server.includes('://') ? server.replace(/\/+$/, '') : `http://${server}`;
}

/** What kubectl prints at last, and what client-go found, by which it told of each try. */
interface Fault {
  readonly last: ExitError;
  readonly found: string;
}

/** Whether the API answers at an address, asked from this machine; undefined when it does. */
async function faultOf(env: CommandEnv, server: string): Promise<Fault | undefined> {
  const answer =
    server === NO_SERVER
      ? 'dial tcp 127.0.0.1:8080: connect: connection refused'
      : await env.fetch?.(`${server}/version`);
  if (answer === undefined) return undefined;
  if (typeof answer === 'string') {
    // The kubeconfig's authority is the one that the server's certificate is of.
    if (answer.includes('unknown authority')) return undefined;
    return { last: unreachable(server, answer), found: `Get "${server}/api?timeout=32s": ${answer}` };
  }
  if (isVersion(answer.body)) return undefined;
  const [reason, found] = answer.status.startsWith('404')
    ? ['NotFound', 'the server could not find the requested resource']
    : ['BadRequest', 'the server rejected our request for an unknown reason'];
  return { last: new ExitError(1, `Error from server (${reason}): ${found}`), found };
}

function isVersion(body: string): boolean {
  try {
    const parsed = JSON.parse(body) as Partial<VersionInfo> | null;
    return typeof parsed?.gitVersion === 'string';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** A client that looks first whether the API is at `server` at all, and fails as client-go does where it is not. */
export function clientAt(client: Client, env: CommandEnv, server: string): Client {
  let asked: Promise<Fault | undefined> | undefined;
  const look = () => {
    asked ??= faultOf(env, server);
    return asked;
  };
  const check = async (): Promise<void> => {
    const fault = await look();
    if (fault) throw fault.last;
  };
  const then = async <T>(work: () => Promise<T>): Promise<T> => {
    await check();
    return work();
  };
  async function* stream<T>(work: () => AsyncIterable<T>): AsyncGenerator<T> {
    await check();
    yield* work();
  }
  return {
    ...client,
    get: (...args) => then(() => client.get(...args)),
    list: (...args) => then(() => client.list(...args)),
    table: (...args) => then(() => client.table(...args)),
    watch: (...args) => stream(() => client.watch(...args)),
    watchTable: (...args) => stream(() => client.watchTable(...args)),
    create: (...args) => then(() => client.create(...args)),
    update: (...args) => then(() => client.update(...args)),
    patch: (...args) => then(() => client.patch(...args)),
    delete: (...args) => then(() => client.delete(...args)),
    deleteCollection: (...args) => then(() => client.deleteCollection(...args)),
    logs: (...args) => stream(() => client.logs(...args)),
    connect: (...args) => then(() => client.connect(...args)),
    exec: (...args) => then(() => client.exec(...args)),
    attach: (...args) => then(() => client.attach(...args)),
    forward: (...args) => then(() => client.forward(...args)),
    version: () => then(() => client.version()),
    raw: (path) => then(() => client.raw(path)),
    async resources() {
      const fault = await look();
      if (!fault) return client.resources();
      const line = `memcache.go:265] "Unhandled Error" err=${JSON.stringify(`couldn't get current server API group list: ${fault.found}`)}`;
      throw new DiscoveryFailure(logLine({ env }, 'E', line), fault.last.message, fault.found);
    },
  };
}
