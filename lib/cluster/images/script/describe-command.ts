import { BUILTINS } from './builtins';
import type { LiveThread } from './live-thread';
import { absolute } from './script-files';
import type { ScriptHost } from './script-host';

/** What `command -v` says of a name: itself for what the shell has within, a path for a program, nothing for neither. */
export function describeCommand(
  { image, files }: ScriptHost,
  thread: LiveThread,
  name: string,
): string | undefined {
  if (BUILTINS[name] !== undefined || thread.functions[name] !== undefined || name === 'exec') return name;
  if (name.includes('/')) return files.read(absolute(thread.cwd, name)) === undefined ? undefined : name;
  const known = image.tools.includes(name) || image.executables[name] !== undefined || image.starts([name]);
  return known ? `/${image.tools.includes('ash') ? 'bin' : 'usr/bin'}/${name}` : undefined;
}
