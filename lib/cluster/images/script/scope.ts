import { matchesPattern } from '../../../base';
import type { Scope } from './expand';
import type { LiveThread } from './live-thread';
import { absolute } from './script-files';
import type { ScriptHost } from './script-host';

/** What words of a thread are filled in from. */
export function scopeOf(machine: ScriptHost, thread: LiveThread): Scope {
  const { temps } = machine.compiled(thread.program);
  return {
    get(name) {
      if (/^\d+$/.test(name)) return name === '0' ? machine.shellName : thread.positional[Number(name) - 1];
      if (name === '?') return String(thread.status);
      if (name === '#') return String(thread.positional.length);
      if (name === '!') return thread.lastJob === null ? undefined : String(thread.lastJob);
      if (name === '$') return '1';
      if (name === '-') return thread.options;
      if (name === 'PWD') return thread.cwd;
      if (name === 'RANDOM') return String(Math.floor(machine.world.random.next() * 32_768));
      if (name === 'SECONDS') return '0';
      return thread.variables[name];
    },
    set(name, value) {
      thread.variables[name] = value;
    },
    positional: thread.positional,
    home: thread.variables.HOME ?? '/root',
    nounset: thread.options.includes('u'),
    bash: machine.shellName === 'bash',
    substituted: (part) => thread.temps[temps.get(part) ?? -1] ?? '',
    paths: (pattern) => pathsFor(machine, thread.cwd, pattern),
  };
}

/** Paths that a pattern matches, one directory level at a time. */
function pathsFor(machine: ScriptHost, cwd: string, pattern: string): readonly string[] {
  const parts = pattern.split('/');
  const rooted = pattern.startsWith('/');
  let found: readonly string[] = [rooted ? '' : '.'];
  for (const part of rooted ? parts.slice(1) : parts) {
    found = found.flatMap((directory) => {
      const names = machine.files.names(absolute(cwd, directory === '' ? '/' : directory));
      const matching = /[*?[]/.test(part)
        ? names.filter(
            (name) => (part.startsWith('.') || !name.startsWith('.')) && matchesPattern(part, name),
          )
        : [part.replace(/\\(.)/g, '$1')];
      return matching
        .map((name) => `${directory}/${name}`)
        .filter((path) => machine.files.exists(absolute(cwd, path)));
    });
  }
  return found.map((path) => (rooted ? path : path.slice(2)));
}
