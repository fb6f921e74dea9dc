import { deepEqual, isRecord, printYaml } from '../../../base';
import { text } from '../../flags';
import type { Manual } from '../../manual';
import { helpPage } from '../../root/help';
import type { Command, CommandEnv, ParsedArgs, UsageError } from '../../seams';
import {
  absolutePath,
  fail,
  type Kubeconfig,
  kubeconfigPath,
  kubeconfigPaths,
  loadKubeconfig,
  type NamedEntry,
  readKubeconfig,
  usageFailure,
} from '../../session';

/** What a subcommand does with the file. */
type Run = (args: ParsedArgs, env: CommandEnv, config: Kubeconfig, path: string) => Promise<void>;

/** A subcommand of `config` that takes so many arguments. */
export function command(manual: Manual, least: number, most: number, run: Run): Command<ParsedArgs> {
  const isCounted = ({ positional }: ParsedArgs) => positional.length >= least && positional.length <= most;
  const whole: Command<ParsedArgs> = {
    ...manual,
    options: (args) => (isCounted(args) ? args : (REFUSED[manual.name]?.(args) ?? args)),
    async run(args, env) {
      if (!isCounted(args)) return showHelp(whole, args, env);
      const flag = text(args, 'kubeconfig');
      await run(args, env, loadKubeconfig(env, flag), kubeconfigPath(env, flag));
      return 0;
    },
  };
  return whole;
}

const typed = ({ positional }: ParsedArgs): string => `[${positional.join(' ')}]`;

/** Subcommands that refuse a wrong number of arguments in a line. */
const REFUSED: Readonly<Record<string, (args: ParsedArgs) => UsageError>> = {
  view: (args) => usageFailure('config view', `unexpected arguments: ${typed(args)}`),
  'delete-user': () => usageFailure('config delete-user', 'user to delete is required'),
};
/** And those that are content with showing their help. */
const CONTENT = ['delete-cluster', 'delete-context'];

/** The others show their help, and then what they were given. */
async function showHelp(subcommand: Command<ParsedArgs>, args: ParsedArgs, env: CommandEnv): Promise<number> {
  await env.streams.stdout.write(helpPage(subcommand as Command<unknown>, `config ${subcommand.name}`));
  if (CONTENT.includes(subcommand.name)) return 0;
  throw fail(`${subcommand.name === 'set-credentials' ? 'u' : 'U'}nexpected args: ${typed(args)}`);
}

/** clientcmd keeps maps: what it writes is in the order of names. */
const listed = (entries: readonly NamedEntry[]) =>
  entries.length === 0 ? null : entries.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** A context names its cluster and its user, if only as nothing. */
const wholeContext = (entry: NamedEntry): NamedEntry => ({
  ...entry,
  context: { cluster: '', user: '', ...(isRecord(entry.context) ? entry.context : {}) },
});

/** The file's fields, as `config view` prints and `set-context` writes them. */
export function asFile(config: Kubeconfig): Readonly<Record<string, unknown>> {
  return {
    apiVersion: config.apiVersion,
    clusters: listed(config.clusters),
    contexts: listed(config.contexts.map(wholeContext)),
    'current-context': config.currentContext,
    kind: config.kind,
    users: listed(config.users),
  };
}

const LISTS = ['clusters', 'contexts', 'users'] as const;

/**
 * Writes what is now: a changed or removed entry to the file that it is in, a new one to `path` (clientcmd.ModifyConfig).
 */
export function write(env: CommandEnv, path: string, config: Kubeconfig): void {
  const paths = kubeconfigPaths(env, '');
  if (paths.length < 2 || !paths.includes(path)) {
    writeFile(env, path, config);
    return;
  }
  const before = loadKubeconfig(env, '');
  const context = config.currentContext;
  const files = paths.map((each) => ({ path: each, held: readKubeconfig(env, each) }));
  const current = files.find(({ held }) => held.currentContext !== '')?.path ?? path;
  for (const { path: each, held } of files) {
    let next = held;
    for (const list of LISTS) {
      const isNew = ({ name }: NamedEntry) => !before[list].some((other) => other.name === name);
      const owned = (name: string) =>
        files.find((file) => file.held[list].some((other) => other.name === name))?.path === each;
      const kept = held[list].flatMap((entry) => {
        if (!owned(entry.name)) return [entry];
        const now = config[list].find(({ name }) => name === entry.name);
        return now === undefined ? [] : [now];
      });
      // What was only given another name stays in its file.
      const homeOf = (entry: NamedEntry) =>
        files.find(({ held: other }) =>
          other[list].some(
            (old) =>
              !config[list].some(({ name }) => name === old.name) &&
              deepEqual({ ...old, name: entry.name }, entry),
          ),
        )?.path ?? path;
      const added = config[list].filter((entry) => isNew(entry) && homeOf(entry) === each);
      next = { ...next, [list]: [...kept, ...added] };
    }
    if (each === current && before.currentContext !== context) next = { ...next, currentContext: context };
    if (!deepEqual(next, held)) writeFile(env, each, next);
  }
}

/** Writes one file, and the folder it is in. */
function writeFile(env: CommandEnv, path: string, config: Kubeconfig): void {
  const whole = absolutePath(path, env.cwd);
  const folder = whole.slice(0, whole.lastIndexOf('/'));
  if (folder !== '' && !env.files.stat(folder)) env.files.mkdir(folder);
  const { preferences } = config;
  const said = Object.keys(preferences).length === 0 ? {} : { preferences };
  env.files.write(whole, printYaml({ ...asFile(config), ...said }));
}
