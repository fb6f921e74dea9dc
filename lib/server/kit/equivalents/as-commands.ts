import { isRecord } from '../../../base';
import type { Workspace } from '../../../workspace';
import { type ScriptPart, scriptOf } from '../script-parts';
import { deploymentCommands } from './deployment-commands';
import { type Manifest, manifestsIn, withManifests } from './manifests';
import { serviceCommands } from './service-commands';

/**
 * The script with commands in place of Services and Deployments that kubectl can make by one: other objects of a
 * here-document stay. Undefined when there is nothing to do, or too much: an object that is there already is not made.
 */
export function asCommands(parts: readonly ScriptPart[], start: Workspace): string | undefined {
  let changed = false;
  let left: ScriptPart[] = [];
  const emptied: string[] = [];
  for (const part of parts) {
    const objects = manifestsIn(part);
    const into = writtenTo(part);
    const apply = into === '-' ? applied(part.command) : applyingOf(parts, into);
    if (apply === undefined || objects === undefined || into === undefined || objects.some(isNamespace)) {
      left.push(part);
      continue;
    }
    const rest: Manifest[] = [];
    for (const object of objects) {
      const placed = inNamespace(object, apply.namespace);
      const commands = isNew(placed, start) ? commandsFor(placed) : undefined;
      if (commands === undefined) rest.push(object);
      else left.push(...commands.map((command) => ({ command })));
    }
    changed ||= rest.length < objects.length;
    if (rest.length > 0) left.push(rest.length < objects.length ? withManifests(part, rest) : part);
    else if (into !== '-') emptied.push(into);
  }
  for (const file of emptied) {
    left = left.filter(({ command }) => applied(command)?.file !== file);
    if (left.some(({ command }) => command.includes(file))) return undefined;
  }
  return changed ? scriptOf(left) : undefined;
}

const isNamespace = ({ kind }: Manifest): boolean => kind === 'Namespace';

const NAMESPACE = String.raw`(?: (?:-n|--namespace)[ =](\S+))?`;
const APPLY = new RegExp(
  `^kubectl${NAMESPACE} (?:apply|create)${NAMESPACE} -f (\\S+)${NAMESPACE}(?: <<.*)?$`,
);

/** What a command applies that says nothing but a file and a namespace. */
function applied(command: string): { readonly file: string; readonly namespace?: string } | undefined {
  const [, first, second, file, third] = APPLY.exec(command.trim()) ?? [];
  const namespace = first ?? second ?? third;
  return file === undefined ? undefined : { file, ...(namespace === undefined ? {} : { namespace }) };
}

const applyingOf = (parts: readonly ScriptPart[], file: string | undefined) =>
  parts.map(({ command }) => applied(command)).find((each) => each?.file === file);

/** The object where the command that applies it puts it. */
const inNamespace = (object: Manifest, namespace: string | undefined): Manifest =>
  namespace === undefined || object.metadata.namespace !== undefined
    ? object
    : { ...object, metadata: { ...object.metadata, namespace } };

/** The file that a here-document is written to, or "-" when it is applied at once. */
export function writtenTo({ command }: ScriptPart): string | undefined {
  if (command.includes('<<') && applied(command)?.file === '-') return '-';
  return /^cat > ?(\S+) <<|^cat <<\S+ ?> ?(\S+)/.exec(command)?.slice(1).find(Boolean);
}

function isNew({ kind, metadata }: Manifest, { view }: Workspace): boolean {
  const resource = kind === 'Service' ? 'services' : 'deployments.apps';
  return view.get(resource, metadata.namespace ?? 'default', metadata.name ?? '') === undefined;
}

function commandsFor(object: Manifest): readonly string[] | undefined {
  if (!isRecord(object.spec)) return undefined;
  if (object.kind === 'Service') return serviceCommands(object);
  return object.kind === 'Deployment' ? deploymentCommands(object) : undefined;
}
