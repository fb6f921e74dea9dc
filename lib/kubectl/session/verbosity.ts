import type { Client, Status } from '../../api';
import { int } from '../flags';
import type { CommandEnv, ParsedArgs } from '../seams';
import { logLine } from './log-line';
import { loggingClient } from './logging-client';

/** Features of client-go that its log names first, in whatever order Go's map has them. */
const GATES = [
  ['ClientsAllowCBOR', false],
  ['ClientsPreferCBOR', false],
  ['InOrderInformers', true],
  ['InOrderInformersBatchProcess', true],
  ['InformerResourceVersion', true],
  ['WatchListClient', true],
] as const;

/** From here on requests are told of. */
const REQUESTS = 6;
/** From here on a refusal is shown as the server wrote it. */
const REFUSALS = 4;

interface Place {
  readonly server: string;
  /** The file that the configuration was read from; undefined where there is none. */
  readonly kubeconfig: string | undefined;
}

/** The client with what `-v` wants told of it: features, the configuration's file, each request. */
export function verboseClient(client: Client, args: ParsedArgs, env: CommandEnv, place: Place): Client {
  const level = int(args, 'v', 0);
  if (level < 1) return client;
  let begun = false;
  const line = (what: string): Promise<void> => env.streams.stderr.write(logLine({ env }, 'I', what));
  const begin = async (): Promise<void> => {
    if (begun) return;
    begun = true;
    if (level >= REQUESTS && place.kubeconfig !== undefined)
      await line(`loader.go:405] Config loaded from file:  ${place.kubeconfig}`);
    for (const [gate, on] of GATES)
      await line(`envvar.go:172] "Feature gate default state" feature="${gate}" enabled=${on}`);
  };
  const logged =
    level < REQUESTS
      ? client
      : loggingClient(client, { level, server: place.server, now: () => env.timer.now(), write: line });
  return beginning(logged, begin);
}

/** The client, before whose first request something is said. */
function beginning(client: Client, begin: () => Promise<void>): Client {
  const first = async <T>(work: () => Promise<T>): Promise<T> => {
    await begin();
    return work();
  };
  async function* streamed<T>(work: () => AsyncIterable<T>): AsyncGenerator<T> {
    await begin();
    yield* work();
  }
  return {
    ...client,
    get: (...args) => first(() => client.get(...args)),
    list: (...args) => first(() => client.list(...args)),
    table: (...args) => first(() => client.table(...args)),
    watch: (...args) => streamed(() => client.watch(...args)),
    watchTable: (...args) => streamed(() => client.watchTable(...args)),
    create: (...args) => first(() => client.create(...args)),
    update: (...args) => first(() => client.update(...args)),
    patch: (...args) => first(() => client.patch(...args)),
    delete: (...args) => first(() => client.delete(...args)),
    logs: (...args) => streamed(() => client.logs(...args)),
    resources: () => first(() => client.resources()),
    version: () => first(() => client.version()),
    raw: (...args) => first(() => client.raw(...args)),
  };
}

/** A refusal as the server wrote it, where `-v` asks for so much; what is invalid is told field by field in any case. */
export function refusalLine(status: Status, args: ParsedArgs, env: CommandEnv): string {
  if (int(args, 'v', 0) < REFUSALS || status.reason === 'Invalid') return '';
  const { message, reason, details, code } = status;
  const shown = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details,
    code,
  };
  return logLine(
    { env },
    'I',
    `helpers.go:246] server response object: %s[${JSON.stringify(shown, null, 2)}]`,
  );
}
