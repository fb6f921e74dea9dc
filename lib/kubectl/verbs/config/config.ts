import { alignTabs, isRecord } from '../../../base';
import { bool, text } from '../../flags';
import {
  configCurrentContextManual,
  configDeleteContextManual,
  configGetClustersManual,
  configGetContextsManual,
  configGetUsersManual,
  configManual,
  configRenameContextManual,
  configSetContextManual,
  configUseContextManual,
  configViewManual,
  type Manual,
} from '../../manual';
import { objectPrinter, TABLE_TABS } from '../../printers';
import { fail, type Kubeconfig, type NamedEntry, openSession, throwAll, usageFailure } from '../../session';
import { commandGroup } from '../group';
import { deleteCluster, deleteUser, setCluster } from './clusters';
import { asFile, command, write } from './kubeconfig-file';
import { setProperty, unsetProperty } from './properties';
import { setCredentials } from './set-credentials';

/** Subcommands that look at no argument take any number. */
const ANY = Number.MAX_SAFE_INTEGER;
const HIDDEN = {
  'certificate-authority-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'client-key-data': 'DATA+OMITTED',
  token: 'REDACTED',
  password: 'REDACTED',
} as const;

function hideSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideSecrets);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key in HIDDEN ? HIDDEN[key as keyof typeof HIDDEN] : hideSecrets(each),
    ]),
  );
}

const configView = command(configViewManual, 0, 0, async (args, env, config) => {
  // A file that is not there is an empty one to look at.
  const given = new Set([...args.given].filter((name) => name !== 'kubeconfig' && name !== 'context'));
  const { context: _context, ...flags } = args.flags;
  const raw = bool(args, 'raw') || bool(args, 'flatten');
  const asked = text(args, 'context') || config.currentContext;
  const shown = bool(args, 'minify') ? minified({ ...config, currentContext: asked }) : config;
  const file = asFile(shown);
  // Only its printer is wanted: who would be asking, and whether that one can, is nothing to this.
  const session = openSession(
    { ...args, given, flags: { output: 'yaml', ...flags, kubeconfig: '/dev/null' } },
    env,
  );
  await session.out(objectPrinter(session)(raw ? file : hideSecrets(file)));
});

function minified(config: Kubeconfig): Kubeconfig {
  const context = config.contexts.find((each) => each.name === config.currentContext);
  if (!context) throw fail(`cannot locate context ${config.currentContext}`);
  const inner = isRecord(context.context) ? context.context : {};
  return {
    ...config,
    contexts: [context],
    clusters: config.clusters.filter((each) => each.name === inner.cluster),
    users: config.users.filter((each) => each.name === inner.user),
  };
}

const currentContext = command(configCurrentContextManual, 0, ANY, async (_args, env, config) => {
  if (config.currentContext === '') throw fail('current-context is not set');
  await env.streams.stdout.write(`${config.currentContext}\n`);
});

const field = (entry: NamedEntry, name: string): string => {
  const inner = entry.context;
  const value = isRecord(inner) ? inner[name] : undefined;
  return typeof value === 'string' ? value : '';
};

const getContexts = command(configGetContextsManual, 0, ANY, async (args, env, config) => {
  const names = args.positional.length === 0 ? config.contexts.map((each) => each.name) : args.positional;
  const missing = names.filter((name) => !config.contexts.some((each) => each.name === name));
  const found = names.toSorted().flatMap((name) => config.contexts.filter((each) => each.name === name));
  if (text(args, 'output') === 'name') {
    for (const { name } of found) await env.streams.stdout.write(`${name}\n`);
    throwAll(missing.map((name) => fail(`context ${name} not found`)));
    return;
  }
  const rows = found.map((each) =>
    [
      each.name === config.currentContext ? '*' : '',
      each.name,
      field(each, 'cluster'),
      field(each, 'user'),
      field(each, 'namespace'),
    ].join('\t'),
  );
  const head = bool(args, 'no-headers')
    ? []
    : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'].join('\t')];
  await env.streams.stdout.write(alignTabs(`${[...head, ...rows].join('\n')}\n`, TABLE_TABS));
  throwAll(missing.map((name) => fail(`context ${name} not found`)));
});

const names = (manual: Manual, list: (config: Kubeconfig) => readonly NamedEntry[]) =>
  command(manual, 0, ANY, async (_args, env, config) => {
    const lines = list(config)
      .map((each) => `${each.name}\n`)
      .sort();
    await env.streams.stdout.write(`NAME\n${lines.join('')}`);
  });

const useContext = command(configUseContextManual, 1, 1, async (args, env, config, path) => {
  const [name = ''] = args.positional;
  if (!config.contexts.some((each) => each.name === name))
    throw fail(`no context exists with the name: "${name}"`);
  write(env, path, { ...config, currentContext: name });
  await env.streams.stdout.write(`Switched to context "${name}".\n`);
});

const setContext = command(configSetContextManual, 0, 1, async (args, env, config, path) => {
  const current = bool(args, 'current');
  const [given] = args.positional;
  if (current && given !== undefined) throw usageFailure('config set-context', `Unexpected args: [${given}]`);
  const name = current ? config.currentContext : (given ?? '');
  if (name === '')
    throw current
      ? fail('no current context is set')
      : fail('you must specify a non-empty context name or --current');
  const entry = config.contexts.find((each) => each.name === name);
  const inner: Record<string, unknown> = isRecord(entry?.context)
    ? { ...entry.context }
    : { cluster: '', user: '' };
  for (const key of ['cluster', 'user', 'namespace']) if (args.given.has(key)) inner[key] = text(args, key);
  const changed = { context: inner, name };
  const contexts = entry
    ? config.contexts.map((each) => (each === entry ? changed : each))
    : [...config.contexts, changed];
  write(env, path, { ...config, contexts });
  await env.streams.stdout.write(`Context "${name}" ${entry ? 'modified' : 'created'}.\n`);
});

const renameContext = command(configRenameContextManual, 2, 2, async (args, env, config, path) => {
  const [from = '', to = ''] = args.positional;
  const entry = config.contexts.find((each) => each.name === from);
  if (!entry) throw fail(`cannot rename the context "${from}", it's not in ${path}`);
  if (config.contexts.some((each) => each.name === to)) {
    throw fail(`cannot rename the context "${from}", the context "${to}" already exists in ${path}`);
  }
  const contexts = config.contexts.map((each) => (each === entry ? { ...each, name: to } : each));
  write(env, path, {
    ...config,
    contexts,
    currentContext: config.currentContext === from ? to : config.currentContext,
  });
  await env.streams.stdout.write(`Context "${from}" renamed to "${to}".\n`);
});

const deleteContext = command(configDeleteContextManual, 1, 1, async (args, env, config, path) => {
  const [name = ''] = args.positional;
  if (!config.contexts.some((each) => each.name === name)) {
    throw fail(`cannot delete context ${name}, not in ${path}`);
  }
  if (config.currentContext === name) {
    await env.streams.stderr.write(
      'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
    );
  }
  write(env, path, { ...config, contexts: config.contexts.filter((each) => each.name !== name) });
  await env.streams.stdout.write(`deleted context ${name} from ${path}\n`);
});

/** `kubectl config …`. */
export const config = commandGroup(configManual, 'config', [
  currentContext,
  deleteCluster,
  deleteContext,
  deleteUser,
  names(configGetClustersManual, (each) => each.clusters),
  getContexts,
  names(configGetUsersManual, (each) => each.users),
  renameContext,
  setProperty,
  setCluster,
  setContext,
  setCredentials,
  unsetProperty,
  useContext,
  configView,
]);
