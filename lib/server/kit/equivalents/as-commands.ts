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
    const plainly = into === '-' || parts.some(({ command }) => applies(into ?? '').test(command.trim()));
    if (!plainly || objects === undefined || into === undefined || objects.some(isNamespace)) {
      left.push(part);
      continue;
    }
    const rest: Manifest[] = [];
    for (const object of objects) {
      const commands = isNew(object, start) ? commandsFor(object) : undefined;
      if (commands === undefined) rest.push(object);
      else left.push(...commands.map((command) => ({ command })));
    }
    changed ||= rest.length < objects.length;
    if (rest.length > 0) left.push(rest.length < objects.length ? withManifests(part, rest) : part);
    else if (into !== '-') emptied.push(into);
  }
  for (const file of emptied) {
    const apply = applies(file);
    left = left.filter(({ command }) => !apply.test(command.trim()));
    if (left.some(({ command }) => command.includes(file))) return undefined;
  }
  return changed ? scriptOf(left) : undefined;
}

const isNamespace = ({ kind }: Manifest): boolean => kind === 'Namespace';

/** A command that applies a file without another word, such as one of a namespace. */
const applies = (file: string): RegExp =>
  new RegExp(`^kubectl (apply|create) -f ${file.replace(/[.]/g, '\\.')}$`);

/** The file that a here-document is written to, or "-" when it is applied at once. */
export function writtenTo({ command }: ScriptPart): string | undefined {
  if (/^kubectl (apply|create) -f - <</.test(command)) return '-';
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
