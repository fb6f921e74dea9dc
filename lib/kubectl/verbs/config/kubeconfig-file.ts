import { printYaml } from '../../../base';
import { text } from '../../flags';
import type { Manual } from '../../manual';
import type { Command, CommandEnv, ParsedArgs } from '../../seams';
import {
  type Kubeconfig,
  kubeconfigPath,
  type NamedEntry,
  readKubeconfig,
  usageFailure,
} from '../../session';

/** What a subcommand does with the file. */
type Run = (args: ParsedArgs, env: CommandEnv, config: Kubeconfig, path: string) => Promise<void>;

/** A subcommand of `config` that takes so many arguments. */
export function command(manual: Manual, least: number, most: number, run: Run): Command<ParsedArgs> {
  return {
    ...manual,
    options(args) {
      const count = args.positional.length;
      if (count >= least && count <= most) return args;
      return usageFailure(`config ${manual.name}`, `unexpected args: [${args.positional.join(' ')}]`);
    },
    async run(args, env) {
      const path = kubeconfigPath(env, text(args, 'kubeconfig'));
      await run(args, env, readKubeconfig(env, path), path);
      return 0;
    },
  };
}

/** clientcmd keeps maps: what it writes is in the order of names. */
const listed = (entries: readonly NamedEntry[]) =>
  entries.length === 0 ? null : entries.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** The file's fields, as `config view` prints and `set-context` writes them. */
export function asFile(config: Kubeconfig): Readonly<Record<string, unknown>> {
  return {
    apiVersion: config.apiVersion,
    clusters: listed(config.clusters),
    contexts: listed(config.contexts),
    'current-context': config.currentContext,
    kind: config.kind,
    users: listed(config.users),
  };
}

/** Writes the file, and the folder it is in. */
export function write(env: CommandEnv, path: string, config: Kubeconfig): void {
  const folder = path.slice(0, path.lastIndexOf('/'));
  if (folder !== '' && !env.files.stat(folder)) env.files.mkdir(folder);
  env.files.write(path, printYaml({ ...asFile(config), preferences: config.preferences }));
}
