import type { Answer, ApiResource, Client } from '../../api';
import { formatTime } from '../../base';
import type { DryRun } from '../flags';
import { dryRunOf, text } from '../flags';
import type { CommandEnv, ParsedArgs } from '../seams';
import { credentialsOf } from './credentials';
import { ExitError, fail } from './failures';
import { heedingClient } from './heeding-client';
import { contextField, isFile, kubeconfigPath, loadKubeconfig } from './kubeconfig';

/** One run of a command: its world, its arguments, and where its output goes. */
export interface Session {
  readonly env: CommandEnv;
  readonly args: ParsedArgs;
  readonly client: Client;
  readonly namespace: string;
  /** `-n` was given: objects of other namespaces are refused. */
  readonly namespaceGiven: boolean;
  readonly dryRun: DryRun;
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  /** Prints an answer's warnings, each text once a run, and passes the answer's object on. */
  heed<T>(answer: Answer<T>): Promise<T>;
  resources(): Promise<readonly ApiResource[]>;
}

const BAD_TIMEOUT =
  'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)';

/** Starts a run: settles who asks, and the namespace by `-n`, the kubeconfig's context, or "default". */
export function openSession(args: ParsedArgs, env: CommandEnv): Session {
  const flag = text(args, 'kubeconfig');
  const found = isFile(env, kubeconfigPath(env, flag));
  if (!found && args.given.has('kubeconfig'))
    throw fail(`stat ${text(args, 'kubeconfig')}: no such file or directory`);
  const config = loadKubeconfig(env, flag);
  const context = text(args, 'context') || config.currentContext;
  if (args.given.has('context') && !config.contexts.some((each) => each.name === context)) {
    throw new ExitError(1, `Error in configuration: context was not found for specified context: ${context}`);
  }
  const timeout = text(args, 'request-timeout', '0');
  if (!/^(\d+|(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)$/.test(timeout)) throw fail(BAD_TIMEOUT);
  const dryRun = dryRunOf(args);
  if (typeof dryRun !== 'string') throw fail(dryRun.error);
  const credentials = credentialsOf(args, env, config, context);
  const client = credentials ? env.client.as(credentials) : env.client;
  const warned = new Set<string>();
  let known: Promise<readonly ApiResource[]> | undefined;
  const warn = async (warnings: readonly string[]): Promise<void> => {
    for (const warning of warnings) {
      if (warned.has(warning)) continue;
      warned.add(warning);
      await session.err(`Warning: ${warning}\n`);
    }
  };
  const session: Session = {
    env,
    args,
    client: heedingClient(client, warn),
    namespace: text(args, 'namespace') || contextField(config, context, 'namespace') || 'default',
    namespaceGiven: text(args, 'namespace') !== '',
    dryRun,
    out: (chunk) => env.streams.stdout.write(chunk),
    err: (chunk) => env.streams.stderr.write(chunk),
    async heed(answer) {
      await warn(answer.warnings);
      return answer.object;
    },
    resources() {
      if (found && context === '') throw refusedConnection(env);
      known ??= client.resources();
      return known;
    },
  };
  return session;
}

/** How many times client-go tells that discovery failed before kubectl gives up. */
const DISCOVERY_TRIES = 5;

/** Without a context kubectl tries localhost:8080, where nobody listens. */
function refusedConnection(env: CommandEnv): ExitError {
  const what = `memcache.go:265] "Unhandled Error" err="couldn't get current server API group list: Get \\"http://localhost:8080/api?timeout=32s\\": dial tcp 127.0.0.1:8080: connect: connection refused"`;
  const said = logLine({ env }, 'E', what).repeat(DISCOVERY_TRIES);
  return new ExitError(
    1,
    `${said}The connection to the server localhost:8080 was refused - did you specify the right host or port?`,
  );
}

/** The write options that a dry run and a field manager ask for. */
export function writeOptions(
  session: Session,
  fieldManager: string,
): { readonly fieldManager: string; readonly dryRun?: boolean } {
  const manager = text(session.args, 'field-manager') || fieldManager;
  return session.dryRun === 'server' ? { fieldManager: manager, dryRun: true } : { fieldManager: manager };
}

/** A line of kubectl's own log (klog): its moment, the process, the file and line that speaks, and what it says. */
export function logLine({ env }: Pick<Session, 'env'>, severity: 'E' | 'W', what: string): string {
  const stamp = formatTime(env.timer.now());
  return `${severity}${stamp.slice(5, 7)}${stamp.slice(8, 10)} ${stamp.slice(11, 19)}.000000    1000 ${what}\n`;
}
