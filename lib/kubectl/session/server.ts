import { type Client, pathOf, type ResourceRef, type VersionInfo } from '../../api';
import { isRecord } from '../../base';
import { text } from '../flags';
import type { CommandEnv, ParsedArgs } from '../seams';
import { ExitError, fail, unreachable } from './failures';
import { contextField, type Kubeconfig } from './kubeconfig';
import { logLine } from './log-line';

/** A request that did not reach the API: what kubectl prints of it, and what client-go found. */
export class Unreachable extends ExitError {
  override name = 'Unreachable';
  /** `Post "https://…": dial tcp …`. */
  readonly found: string;
  constructor(message: string, found: string) {
    super(1, message);
    this.found = found;
  }
}

/** The API could not be reached to be asked what it serves. */
export class DiscoveryFailure extends ExitError {
  override name = 'DiscoveryFailure';
  /** What client-go found. */
  readonly found: string;
  /** What is printed at last. */
  readonly last: string;
  /** The line of one try. */
  readonly line: string;
  constructor(line: string, last: string, found: string, tries = 1) {
    super(1, `${line.repeat(tries)}${last}`);
    this.line = line;
    this.last = last;
    this.found = found;
  }

  /** The same after so many tries. */
  after(tries: number): DiscoveryFailure {
    return new DiscoveryFailure(this.line, this.last, this.found, tries);
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
  /** What the connection came to: `dial tcp …`; absent where something answered. */
  readonly why?: string;
}

/** Whether the API answers at an address, asked from this machine; undefined when it does. */
async function faultOf(env: CommandEnv, server: string, timeout: string): Promise<Fault | undefined> {
  const answer =
    server === NO_SERVER
      ? 'dial tcp 127.0.0.1:8080: connect: connection refused'
      : await env.fetch?.(`${server}/version`);
  if (answer === undefined) return undefined;
  if (typeof answer === 'string') {
    // The kubeconfig's authority is the one that the server's certificate is of.
    if (answer.includes('unknown authority')) return undefined;
    const found = `Get "${server}/api?timeout=${timeout}": ${answer}`;
    return { last: unreachable(server, answer), found, why: answer };
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

/** The path and query by which an object is made. */
function createPath(
  ref: ResourceRef,
  namespace: string,
  options: Parameters<Client['create']>[3] = {},
): string {
  const { name, subresource, dryRun, fieldManager, fieldValidation } = options;
  const path = pathOf(ref, namespace, name, subresource);
  const query = [
    ...(dryRun === true ? ['dryRun=All'] : []),
    ...(fieldManager === undefined ? [] : [`fieldManager=${fieldManager}`]),
    ...(fieldValidation === undefined ? [] : [`fieldValidation=${fieldValidation}`]),
  ];
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** A client that looks first whether the API is at `server` at all, and fails as client-go does where it is not. */
export function clientAt(client: Client, env: CommandEnv, server: string, timeout: string): Client {
  let asked: Promise<Fault | undefined> | undefined;
  const look = () => {
    asked ??= faultOf(env, server, timeout);
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
    async create(ref, namespace, object, options) {
      const fault = await look();
      if (fault?.why !== undefined) {
        const url = `${server}${createPath(ref, namespace, options)}`;
        throw new Unreachable(fault.last.message, `Post ${JSON.stringify(url)}: ${fault.why}`);
      }
      if (fault) throw fault.last;
      return client.create(ref, namespace, object, options);
    },
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
