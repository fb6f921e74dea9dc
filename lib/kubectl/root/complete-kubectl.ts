import type { Pod } from '../../api';
import { StatusError } from '../../api';
import { parseFlags, standAlone, text } from '../flags';
import { GLOBAL_FLAGS } from '../manual';
import { findResource } from '../resources';
import { type Command, type CompleteKubectl, type Flag, type ParsedArgs, UsageError } from '../seams';
import { contextField, loadKubeconfig } from '../session';
import { findCommand } from './find-command';
import { ROOT_COMMANDS } from './root-commands';

type World = Parameters<CompleteKubectl>[1];

/** Where completion stands: the world, the namespace meant, and the words before the one being typed. */
interface Spot {
  readonly world: World;
  readonly namespace: string;
  readonly path: string;
  readonly words: readonly string[];
  readonly last: string;
}

const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces' };
const PODS = { group: '', version: 'v1', resource: 'pods' };
/** Commands whose first word is a Pod, or a type and name. */
const POD_COMMANDS = new Set(['logs', 'exec', 'attach', 'port-forward']);
const NODE_COMMANDS = new Set(['cordon', 'uncordon', 'drain']);
const TYPE_COMMANDS = new Set([
  'get',
  'describe',
  'delete',
  'edit',
  'label',
  'annotate',
  'patch',
  'wait',
  'explain',
  'expose',
  'scale',
  'taint',
  'set image',
  'set env',
  'set resources',
  'set selector',
  'set serviceaccount',
]);
const ROLLOUT_TYPES = ['daemonset', 'deployment', 'statefulset'];
const SCALE_TYPES = ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'];
const OUTPUTS = [
  'custom-columns',
  'custom-columns-file',
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'wide',
  'yaml',
];

/** Completes the last word; see the seam. A server that refuses leaves nothing to offer. */
export const completeKubectl: CompleteKubectl = async (argv, world) => {
  const last = argv.at(-1) ?? '';
  try {
    const offered = await candidates(argv.slice(0, -1), last, world);
    return [...new Set(offered)].filter((each) => each.startsWith(last)).sort();
  } catch (error) {
    if (error instanceof StatusError || error instanceof UsageError) return [];
    throw error;
  }
};

async function candidates(before: readonly string[], last: string, world: World): Promise<readonly string[]> {
  const { command, path, words } = findCommand(ROOT_COMMANDS, before);
  const flags = [...(command?.flags ?? []).filter(({ hidden }) => !hidden), ...GLOBAL_FLAGS];
  const pending = pendingFlag(before, flags);
  const args = parseFlags(pending ? words.slice(0, -1) : words, flags);
  const parsed: ParsedArgs | undefined = args instanceof UsageError ? undefined : args;
  const spot = { world, namespace: namespaceOf(world, parsed), path, words: parsed?.positional ?? [], last };
  if (pending) return flagValues(pending, spot);
  if (last.startsWith('-')) return flagWords(flags, last, spot);
  if (parsed?.afterDash) return [];
  const children = command ? (command.subcommands ?? []) : ROOT_COMMANDS;
  if (children.length > 0 && spot.words.length === 0)
    return children.map((each: Command<unknown>) => each.name);
  return wordsFor(spot);
}

/** The flag that waits for its value, when the word before the last is one. */
function pendingFlag(before: readonly string[], flags: readonly Flag[]): Flag | undefined {
  const word = before.at(-1) ?? '';
  if (!word.startsWith('-') || word.includes('=') || before.includes('--')) return undefined;
  const flag = flags.find(
    (each) => word === `--${each.name}` || (each.short !== undefined && word === `-${each.short}`),
  );
  return flag && standAlone(flag) === undefined ? flag : undefined;
}

async function flagWords(flags: readonly Flag[], last: string, spot: Spot): Promise<readonly string[]> {
  const equals = last.indexOf('=');
  if (equals >= 0) {
    const flag = flags.find((each) => `--${each.name}` === last.slice(0, equals));
    if (!flag) return [];
    return (await flagValues(flag, spot)).map((value) => `${last.slice(0, equals)}=${value}`);
  }
  return flags.map((each) => (standAlone(each) === undefined ? `--${each.name}=` : `--${each.name}`));
}

async function flagValues(flag: Flag, spot: Spot): Promise<readonly string[]> {
  switch (flag.name) {
    case 'namespace':
      return namesOf(spot, NAMESPACES, '');
    case 'output':
      return OUTPUTS;
    case 'dry-run':
      return ['client', 'none', 'server'];
    case 'container':
      return containers(spot);
    case 'context':
      return readConfig(spot.world).contexts.map((each) => each.name);
    default:
      return [];
  }
}

const readConfig = (world: World) => {
  const env = { environment: {}, cwd: world.cwd };
  return loadKubeconfig({ ...env, files: world.files }, '');
};

function namespaceOf(world: World, args: ParsedArgs | undefined): string {
  const given = args ? text(args, 'namespace') : '';
  if (given !== '') return given;
  const config = readConfig(world);
  return contextField(config, config.currentContext, 'namespace') || 'default';
}

async function namesOf(
  spot: Spot,
  ref: { readonly group: string; readonly version: string; readonly resource: string },
  namespace: string,
): Promise<readonly string[]> {
  const list = await spot.world.client.list(ref, namespace);
  return list.items.map((each) => each.metadata.name);
}

async function containers(spot: Spot): Promise<readonly string[]> {
  const [pod = ''] = spot.words;
  const object = await spot.world.client.get(PODS, spot.namespace, pod.replace(/^pods?\//, ''));
  const { spec } = object as unknown as Pod;
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((each) => each.name);
}

async function wordsFor(spot: Spot): Promise<readonly string[]> {
  const { path, words, last } = spot;
  const [slashType, slashName] = last.split('/');
  if (slashName !== undefined) {
    return (await objectNames(spot, slashType ?? '')).map((name) => `${slashType}/${name}`);
  }
  if (path === 'config use-context' || path === 'config set-context')
    return readConfig(spot.world).contexts.map((each) => each.name);
  if (NODE_COMMANDS.has(path)) return objectNames(spot, 'nodes');
  if (POD_COMMANDS.has(path))
    return words.length === 0 ? [...(await objectNames(spot, 'pods')), ...typePrefixes()] : [];
  if (path.startsWith('rollout '))
    return words.length === 0 ? ROLLOUT_TYPES : objectNames(spot, words[0] ?? '');
  if (!TYPE_COMMANDS.has(path)) return [];
  if (words.length === 0) return path === 'scale' ? SCALE_TYPES : typeNames(spot);
  if ((words[0] ?? '').includes('/')) return [];
  return (await objectNames(spot, words[0] ?? '')).filter((name) => !words.slice(1).includes(name));
}

const typePrefixes = () => ['deployment/', 'job/', 'replicaset/', 'service/'];

/** Types as words; after "pods,", the next of the list. */
async function typeNames(spot: Spot): Promise<readonly string[]> {
  const comma = spot.last.lastIndexOf(',');
  const head = comma < 0 ? '' : spot.last.slice(0, comma + 1);
  const known = await spot.world.client.resources();
  return known.map((each) => head + (each.group === '' ? each.resource : `${each.resource}.${each.group}`));
}

async function objectNames(spot: Spot, type: string): Promise<readonly string[]> {
  const resource = findResource(await spot.world.client.resources(), type.split(',')[0] ?? '');
  if (!resource) return [];
  return namesOf(spot, resource, resource.namespaced ? spot.namespace : '');
}
