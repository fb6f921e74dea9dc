import type { Delivery } from '../../api';
import { isAddress } from '../network-tools/http-request';
import { createKernel, type Io, type ProcessStart, type RawProgram, runFound, say } from '../process';
import type { Machine } from '../seams';
import { internetMachine, nodeMachine } from './node-machine';

/** Options of ssh that take a value. */
const VALUED = /^-[bcDEeFIiJLlmOopQRSWw]$/;
const USAGE =
  'usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-i identity_file] [-l login_name]\n           [-o option] [-p port] destination [command [argument ...]]\n';
/** How long connecting into silence takes. */
const PATIENCE_MS = 130_000;
const FAILED = 255;
const SSH_PORT = 22;
/** A machine on the internet, from which nodes and load balancers can be tried from outside. */
const INTERNET = 'internet';
const OUTSIDE_HOST = 'vantage.example.net';
const OUTSIDE_IP = '203.0.113.10';

interface Destination {
  readonly host: string;
  readonly port: number;
  readonly command: string;
  readonly quiet: boolean;
}

function readArguments(args: readonly string[]): Destination | undefined {
  const words = [...args];
  let port = SSH_PORT;
  let quiet = false;
  let host: string | undefined;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-p') port = Number(words.shift());
    else if (VALUED.test(word)) words.shift();
    else if (word.startsWith('-')) quiet ||= word.includes('q');
    else {
      host = word.slice(word.indexOf('@') + 1);
      break;
    }
  }
  return host === undefined || host === '' ? undefined : { host, port, quiet, command: words.join(' ') };
}

/** ssh HOST [COMMAND]: a shell as root on a node, or one command there; the admin machine's key opens every node. */
export const ssh: RawProgram = async (start) => {
  const asked = readArguments(start.argv.slice(1));
  if (asked === undefined) {
    await say(start.io, USAGE);
    return FAILED;
  }
  const fail = async (text: string) => {
    await say(start.io, `${text}\n`);
    return FAILED;
  };
  const { world, machine } = start.kernel;
  const { host, port } = asked;
  // The admin machine's ~/.ssh/config has a name for the machine outside.
  const looked = world.network.lookup(machine.vantage, host === INTERNET ? OUTSIDE_HOST : host).outcome;
  await world.timer.sleep(looked.latencyMs, start.io.signal);
  const [ip] = looked.addresses;
  if (ip === undefined) return fail(`ssh: Could not resolve hostname ${host}: Name or service not known`);
  const { outcome } = world.network.send({
    from: machine.vantage,
    to: { ip, port },
    protocol: 'TCP',
    request: { kind: 'connect' },
  });
  const waitMs = outcome.kind === 'dropped' ? PATIENCE_MS : outcome.latencyMs;
  await world.timer.sleep(waitMs, start.io.signal);
  if (start.io.signal.cancelled) return 128 + start.io.signal.number;
  const failure = failureOf(outcome);
  if (failure !== undefined) return fail(`ssh: connect to host ${host} port ${port}: ${failure}`);
  if (outcome.kind === 'delivered' && ip === OUTSIDE_IP)
    return logIn(start, asked, internetMachine(world), OUTSIDE_HOST);
  const node = outcome.kind === 'delivered' && port === SSH_PORT ? outcome.server.node : undefined;
  if (node === undefined || (outcome.kind === 'delivered' && outcome.server.pod !== undefined))
    return fail(
      `kex_exchange_identification: Connection closed by remote host\nConnection closed by ${ip} port ${port}`,
    );
  return logIn(start, asked, await nodeMachine(machine, world, node), isAddress(host) ? host : node);
};

function failureOf(outcome: Delivery): string | undefined {
  switch (outcome.kind) {
    case 'dropped':
      return 'Connection timed out';
    case 'refused':
      return 'Connection refused';
    case 'unreachable':
      return 'No route to host';
    case 'delivered':
      return undefined;
  }
}

/** Starts a shell on a machine: for one command, for standard input, or for a person at a terminal. */
async function logIn(
  start: ProcessStart,
  asked: Destination,
  machine: Machine,
  shown: string,
): Promise<number> {
  const { kernel, io } = start;
  const inner = createKernel(machine, kernel.world, kernel);
  const run = (argv: readonly string[], own: Io) =>
    runFound(
      { kernel: inner, argv, io: own, cwd: machine.home, environment: machine.environment },
      { kind: 'tool', name: 'bash' },
    );
  if (asked.command !== '') return run(['bash', '-c', asked.command], io);
  const terminal = io.fds.get(0)?.reader?.terminal;
  if (terminal === undefined) {
    await say(io, 'Pseudo-terminal will not be allocated because stdin is not a terminal.\n');
    return run(['bash'], io);
  }
  await io.fds
    .get(1)
    ?.writer?.write(
      `Linux ${machine.hostname} 6.1.0-13-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 x86_64\n`,
    );
  const status = await run(['-bash'], io);
  if (!asked.quiet) await say(io, `Connection to ${shown} closed.\n`);
  return status;
}
