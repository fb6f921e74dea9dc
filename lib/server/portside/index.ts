import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { CloudProvider } from '../../api';
import { LabError } from '../../labs';
import { StartError } from '../app-error';
import { wholeNumber } from './flag-values';
import { labCommand } from './lab-commands';
import { runSandbox } from './run-sandbox';
import type { ProxyMode } from './sandbox-workspace';
import { userCommand } from './user-commands';

/** Virtual time at which a sandbox is found running; fixed, so that a script's output depends on its seed alone. */
export { SANDBOX_START } from './sandbox-workspace';
export { provePieces } from './share-out';

/** The `portside` command: runs one command line and resolves with its exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  let status = 0;
  const program = new Command('portside')
    .description('Learn Kubernetes Services on simulated clusters: sandboxes, and proof that labs are right.')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError(true)
    .exitOverride();
  program.addCommand(
    sandboxCommand((code) => {
      status = code;
    }),
  );
  program.addCommand(
    labCommand((code) => {
      status = code;
    }),
  );
  program.addCommand(
    userCommand((code) => {
      status = code;
    }),
  );
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    // Commander has printed its own complaint, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof LabError || error instanceof StartError) {
      process.stderr.write(`portside: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

function sandboxCommand(end: (status: number) => void): Command {
  return new Command('sandbox')
    .description('Open a shell on a fresh simulated cluster, run a script in one, or serve its API.')
    .option('--run <file>', 'run a script instead of a prompt; - reads it from standard input')
    .option('--serve <port>', "serve the cluster's API at http://127.0.0.1:<port>/ until stopped", portNumber)
    .option('--dns <port>', "with --serve: also serve the cluster's DNS there, over UDP and TCP", portNumber)
    .option('--lab <slug>', "start from a lab's state")
    .option('--seed <n>', 'what chance starts from: same seed, same script, same output', wholeNumber, 1)
    .option('--nodes <n>', 'how many nodes, the control plane included (1 to 10)', nodeCount, 3)
    .option(
      '--images <which>',
      '"catalogue", or "any": a name of no catalogue listens on its declared ports',
      images,
      'catalogue',
    )
    .option('--cloud <which>', '"none" (on premises), or "aws": LoadBalancers get an address', cloud, 'none')
    .option('--proxy <mode>', 'how kube-proxy writes its rules: "iptables" or "ipvs"', proxy, 'iptables')
    .addHelpText(
      'after',
      "\nExamples:\n  portside sandbox\n  echo 'kubectl get nodes' | portside sandbox --run -\n  portside sandbox --lab clusterip --seed 7\n  portside sandbox --serve 8001",
    )
    .exitOverride()
    .action(async (options) => end(await runSandbox(options)));
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port < 1 || port > 65_535) throw new InvalidArgumentError('It must be a port between 1 and 65535.');
  return port;
}

function nodeCount(text: string): number {
  const count = wholeNumber(text);
  if (count < 1 || count > 10) throw new InvalidArgumentError('It must be between 1 and 10.');
  return count;
}

function images(text: string): 'catalogue' | 'any' {
  if (text === 'catalogue' || text === 'any') return text;
  throw new InvalidArgumentError('It must be "catalogue" or "any".');
}

function proxy(text: string): ProxyMode {
  if (text === 'iptables' || text === 'ipvs') return text;
  throw new InvalidArgumentError('It must be "iptables" or "ipvs".');
}

function cloud(text: string): CloudProvider {
  if (text === 'none' || text === 'aws') return text;
  throw new InvalidArgumentError('It must be "none" or "aws".');
}
