import type { Answer, ApiResource, Client, Credentials } from '../../api';
import { parseDuration } from '../../base';
import type { DryRun } from '../flags';
import { dryRunOf, text } from '../flags';
import type { CommandEnv, ParsedArgs } from '../seams';
import { changeCause } from './change-cause';
import { credentialsOf } from './credentials';
import { ExitError, fail } from './failures';
import { heedingClient } from './heeding-client';
import { contextField, isFile, kubeconfigPath, loadKubeconfig } from './kubeconfig';
import { clientAt, DiscoveryFailure, NO_SERVER, serverOf } from './server';
import { verboseClient } from './verbosity';

/** One run of a command: its world, its arguments, and where its output goes. */
export interface Session {
  readonly env: CommandEnv;
  readonly args: ParsedArgs;
  readonly client: Client;
  /** Who is asking; nothing stands for the client's own user. */
  readonly credentials: Credentials;
  readonly namespace: string;
  /** `-n` was given: objects of other namespaces are refused. */
  readonly namespaceGiven: boolean;
  readonly dryRun: DryRun;
  /** With `--record`: the command line, to be noted on what it changes. */
  readonly changeCause: string | undefined;
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  /** Prints warnings, each text once a run. */
  warn(warnings: readonly string[]): Promise<void>;
  /** Prints an answer's warnings and passes the answer's object on. */
  heed<T>(answer: Answer<T>): Promise<T>;
  /** What is served; where the API cannot be reached, the failure after so many tries that are each told. */
  resources(tries?: number): Promise<readonly ApiResource[]>;
}

const BAD_TIMEOUT =
  'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)';

/** How many times client-go tells that discovery failed before kubectl gives up, as a rule. */
const DISCOVERY_TRIES = 5;

/** Where the cluster's API is, as the kubeconfig of this machine has it. */
const OWN_SERVER = 'https://192.168.50.10:6443';

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
  const given = text(args, 'server') !== '' || text(args, 'cluster') !== '';
  const timeout = text(args, 'request-timeout', '0');
  if (!/^(\d+|(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)$/.test(timeout)) throw fail(BAD_TIMEOUT);
  const dryRun = dryRunOf(args);
  if (typeof dryRun !== 'string') throw fail(dryRun.error);
  const credentials = credentialsOf(args, env, config, context);
  const server =
    context === '' && !given && (found || env.environment.KUBECONFIG)
      ? NO_SERVER
      : serverOf(args, config, context);
  const asked = credentials ? env.client.as(credentials) : env.client;
  const reached =
    server === '' || server === OWN_SERVER ? asked : clientAt(asked, env, server, discoveryTimeout(timeout));
  const place = {
    server: server || OWN_SERVER,
    kubeconfig: found ? kubeconfigPath(env, flag) : undefined,
  };
  const client = verboseClient(reached, args, env, place);
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
    credentials: credentials ?? {},
    namespace: text(args, 'namespace') || contextField(config, context, 'namespace') || 'default',
    namespaceGiven: text(args, 'namespace') !== '',
    dryRun,
    changeCause: changeCause(args.path ?? '', args),
    out: (chunk) => env.streams.stdout.write(chunk),
    err: (chunk) => env.streams.stderr.write(chunk),
    warn,
    async heed(answer) {
      await warn(answer.warnings);
      return answer.object;
    },
    resources(tries = DISCOVERY_TRIES) {
      known ??= client.resources().catch((error: unknown) => {
        throw error instanceof DiscoveryFailure ? error.after(tries) : error;
      });
      return known;
    },
  };
  return session;
}

/** How long discovery waits, as its URL has it: 32 seconds unless asked otherwise. */
function discoveryTimeout(given: string): string {
  if (/^0[a-zµ]*$/.test(given)) return '32s';
  return /^\d+$/.test(given) ? `${given}s` : given;
}

/** How long a request may take by --request-timeout; 0 is without end. */
export function timeoutMs(args: ParsedArgs): number {
  const timeout = text(args, 'request-timeout', '0');
  if (/^\d+$/.test(timeout)) return Number(timeout) * 1000;
  const parsed = parseDuration(timeout);
  return typeof parsed === 'number' ? parsed : 0;
}

/** The write options that a dry run and a field manager ask for. */
export function writeOptions(
  session: Session,
  fieldManager: string,
): { readonly fieldManager: string; readonly dryRun?: boolean } {
  const manager = text(session.args, 'field-manager') || fieldManager;
  return session.dryRun === 'server' ? { fieldManager: manager, dryRun: true } : { fieldManager: manager };
}
