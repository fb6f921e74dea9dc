import type { ProcessEnv } from '../../seams';
import type { ConfigSource } from './state';

/** What CoreDNS serves when nobody gave it a Corefile. */
const DEFAULT_COREFILE = '.:53 {\nwhoami\nlog\n}\n';
const DEFAULT_NAME = 'Corefile';

/** The Corefile that argv names; the one of the working folder, or CoreDNS' own, when it names none. */
export function readSource(env: ProcessEnv): ConfigSource | { readonly error: string } {
  const filename = confOf(env.argv);
  const files: Record<string, string> = {};
  if (filename === undefined) files[DEFAULT_NAME] = env.readFile(`/${DEFAULT_NAME}`) ?? DEFAULT_COREFILE;
  else {
    const text = env.readFile(filename);
    if (text === undefined) return { error: `open ${filename}: no such file or directory` };
    files[filename] = text;
  }
  const name = filename ?? DEFAULT_NAME;
  readMentioned(env, name, files);
  const variables = [
    ...Object.values(files)
      .join('\n')
      .matchAll(/\{\$([^}]+)\}|\{%([^%]+)%\}/g),
  ];
  const named = variables.map((match) => match[1] ?? match[2] ?? '');
  const known = named.flatMap((each): readonly (readonly [string, string])[] => {
    const value = env.env[each];
    return value === undefined ? [] : [[each, value]];
  });
  return { filename: name, files, env: Object.fromEntries(known) };
}

/** `-conf FILE`, `-conf=FILE`, with one dash or two. */
function confOf(argv: readonly string[]): string | undefined {
  for (const [index, word] of argv.entries()) {
    const match = /^--?conf(?:=(.*))?$/.exec(word);
    if (match !== null) return match[1] ?? argv[index + 1];
  }
  return undefined;
}

/** Reads the files that a Corefile may be made from: imports, and whatever else it names by an absolute path. */
function readMentioned(env: ProcessEnv, filename: string, files: Record<string, string>): void {
  const folder = filename.replace(/[^/]*$/, '');
  const queue = [filename];
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    for (const word of (files[from] ?? '').split(/[\s"]+/)) {
      const imported = (files[from] ?? '').includes(`import ${word}`);
      if (word === '' || !(word.startsWith('/') || imported)) continue;
      const path = word.startsWith('/') ? word : `${folder}${word.replace(/^\.\//, '')}`;
      const paths = /[*?]/.test(path) ? listed(env, path) : [path];
      for (const each of paths) {
        const text = files[each] === undefined ? env.readFile(each) : undefined;
        if (text === undefined) continue;
        files[each] = text;
        queue.push(each);
      }
    }
  }
}

function listed(env: ProcessEnv, pattern: string): readonly string[] {
  const folder = pattern.replace(/[^/]*$/, '');
  return env.listFiles(folder).filter((path) => !path.slice(folder.length).includes('/'));
}
