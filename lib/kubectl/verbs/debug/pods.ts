import type { Pod, Stored } from '../../../api';
import type { Random } from '../../../base';
import { bool, list, text } from '../../flags';
import type { ParsedArgs } from '../../seams';
import { fail, type Session } from '../../session';
import { allContainers } from '../pick-pod';
import {
  type DebugPod,
  type DebugStyle,
  type Fields,
  profiledContainer,
  profiledCopy,
  profiledNodePod,
} from './profiles';

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

const suffix = (random: Random): string =>
  Array.from({ length: SUFFIX_LENGTH }, () => LETTERS[Math.floor(random.next() * LETTERS.length)]).join('');

/** The name of a new debugging container: as asked, or drawn so that no other has it, and told. */
export async function debuggerName(session: Session, pod: Pod): Promise<string> {
  const asked = text(session.args, 'container');
  if (asked !== '') return asked;
  const taken = new Set(allContainers(pod).map(({ name }) => name));
  let name = '';
  while (name === '' || taken.has(name)) name = `debugger-${suffix(session.env.random)}`;
  if (!bool(session.args, 'quiet')) await session.out(`Defaulting debug container name to ${name}.\n`);
  return name;
}

const envOf = (args: ParsedArgs): readonly Fields[] =>
  list(args, 'env').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) throw fail(`${pair} must be formatted as key=value`);
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });

/** The container that the flags ask for. */
export function debuggerContainer(
  args: ParsedArgs,
  profile: string,
  style: DebugStyle,
  name: string,
): Fields {
  const words = args.afterDash ?? [];
  const env = envOf(args);
  const pull = text(args, 'image-pull-policy');
  return profiledContainer(profile, style, {
    name,
    image: text(args, 'image'),
    ...(words.length === 0 ? {} : { [bool(args, 'arguments-only') ? 'args' : 'command']: words }),
    ...(env.length === 0 ? {} : { env }),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    resources: {},
    ...(bool(args, 'stdin') ? { stdin: true } : {}),
    terminationMessagePolicy: 'File',
    ...(bool(args, 'tty') ? { tty: true } : {}),
  });
}

/** The Pod that shows a node from inside. */
export function nodeDebugger(session: Session, profile: string, node: string): DebugPod {
  const { args, env } = session;
  const container = text(args, 'container', 'debugger') || 'debugger';
  return profiledNodePod(profile, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `node-debugger-${node}-${suffix(env.random)}` },
    spec: {
      containers: [debuggerContainer(args, profile, 'node', container)],
      nodeName: node,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  });
}

/** A copy of a Pod with a debugging container, or with one of its own changed; '' where there is none to attach to. */
export async function debuggedCopy(
  session: Session,
  profile: string,
  pod: Stored<Pod>,
): Promise<{ readonly pod: DebugPod; readonly container: string }> {
  const { args } = session;
  const { ephemeralContainers: _gone, nodeName, ...spec } = (pod.spec ?? {}) as Fields & DebugPod['spec'];
  const images = new Map(
    list(args, 'set-image')
      .flatMap((each) => each.split(','))
      .map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? ''] as const),
  );
  const containers = spec.containers.map((each) => {
    const image = images.get(String(each.name)) ?? images.get('*');
    return image === undefined ? each : { ...each, image };
  });
  const { name: _name, labels, annotations, namespace } = pod.metadata;
  const copy: DebugPod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: text(args, 'copy-to'),
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
    spec: {
      ...spec,
      ...(args.given.has('share-processes') ? { shareProcessNamespace: bool(args, 'share-processes') } : {}),
      ...(bool(args, 'same-node') ? { nodeName } : {}),
      containers,
    },
  };
  const asked = text(args, 'container');
  const known = allContainers(pod).some((each) => each.name === asked);
  if (!known && text(args, 'image') === '') {
    if (images.size > 0) return { pod: copy, container: '' };
    throw fail('you must specify image when creating new container');
  }
  const name = known ? asked : await debuggerName(session, pod);
  return { pod: profiledCopy(profile, args, withDebugger(args, profile, copy, name)), container: name };
}

/** Adds the debugging container, or changes the one of its name. */
function withDebugger(args: ParsedArgs, profile: string, pod: DebugPod, name: string): DebugPod {
  const { image, resources, ...wanted } = debuggerContainer(args, profile, 'copy', name);
  const own = pod.spec.containers.find((each) => each.name === name);
  const { args: _args, ...plain } = own ?? {};
  const base = 'command' in wanted ? plain : (own ?? {});
  const changed = {
    ...base,
    ...(own ? {} : { resources }),
    ...wanted,
    ...(image === '' ? {} : { image }),
    stdin: bool(args, 'stdin'),
    tty: bool(args, 'tty'),
  };
  const containers = own
    ? pod.spec.containers.map((each) => (each.name === name ? changed : each))
    : [...pod.spec.containers, changed];
  return { ...pod, spec: { ...pod.spec, containers } };
}
