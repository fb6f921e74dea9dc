import type { Files } from '../../base';
import { byText, patternSource } from '../../base';

/** Whether a pattern (quoted characters escaped) has anything to match with. */
export function hasGlob(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '\\') at += 1;
    else if (char === '*' || char === '?' || char === '[') return true;
    else if ('+@!'.includes(char) && pattern[at + 1] === '(') return true;
  }
  return false;
}

const unescaped = (pattern: string) => pattern.replace(/\\(.)/gs, '$1');

/** Paths that match a pattern, sorted; a leading dot must be matched by a dot. */
export function globPaths(
  pattern: string,
  files: Files,
  cwd: string,
  options: { readonly dotglob: boolean; readonly globstar: boolean; readonly nocaseglob: boolean },
): readonly string[] {
  const absolute = pattern.startsWith('/');
  const directoryOnly = pattern.endsWith('/');
  const parts = pattern.split('/').filter((part) => part !== '');
  const join = (base: string, name: string) => (base === '/' ? `/${name}` : `${base}/${name}`);
  let found: { readonly typed: string; readonly path: string }[] = [
    { typed: absolute ? '/' : '', path: absolute ? '/' : cwd },
  ];
  parts.forEach((part, index) => {
    const last = index === parts.length - 1;
    const next: typeof found = [];
    for (const { typed, path } of found) {
      const show = (name: string) => (typed === '' ? name : typed === '/' ? `/${name}` : `${typed}/${name}`);
      if (!hasGlob(part)) {
        const name = unescaped(part);
        const at =
          name === '.'
            ? path
            : name === '..'
              ? path.slice(0, path.lastIndexOf('/')) || '/'
              : join(path, name);
        if (files.stat(at) !== undefined) next.push({ typed: show(name), path: at });
        continue;
      }
      if (files.stat(path)?.kind !== 'directory') continue;
      const deep = options.globstar && part === '**';
      const shape = new RegExp(
        `^(?:${patternSource(part, { fileName: true })})$`,
        options.nocaseglob ? 'i' : '',
      );
      const walk = (base: string, shown: string) => {
        for (const name of files.list(base)) {
          if (name.startsWith('.') && !part.startsWith('.') && !options.dotglob) continue;
          const at = join(base, name);
          const directory = files.stat(at)?.kind === 'directory';
          const text = shown === '' ? name : shown === '/' ? `/${name}` : `${shown}/${name}`;
          if (deep) {
            if (last || directory) next.push({ typed: text, path: at });
            if (directory) walk(at, text);
          } else if (shape.test(name) && (last || directory)) next.push({ typed: text, path: at });
        }
      };
      if (deep && !last) next.push({ typed, path });
      if (deep && last && typed !== '' && !directoryOnly) next.push({ typed: `${typed}/`, path });
      walk(path, typed);
    }
    found = next;
  });
  const typed = found
    .filter(({ path }) => !directoryOnly || files.stat(path)?.kind === 'directory')
    .map(({ typed: text }) => text);
  return typed.map((text) => (directoryOnly ? `${text}/` : text)).sort(byText);
}
