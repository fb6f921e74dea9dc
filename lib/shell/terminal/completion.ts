import { completeKubectl } from '../../kubectl';
import { BUILTINS, KEYWORDS } from '../builtins';
import type { Shell } from '../interpreter/shell';
import { isInstalled, resolvePath } from '../process';
import type { Completion } from './terminal';

type Candidate = Completion['candidates'][number];

/** The words of the command that the cursor is in; the last one may be empty. */
export function commandWords(before: string): readonly string[] {
  let words: string[] = [''];
  let quote = '';
  for (let at = 0; at < before.length; at += 1) {
    const char = before[at] ?? '';
    const last = words.length - 1;
    if (quote !== '') {
      if (char === quote) quote = '';
      else words[last] += char;
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '\\') {
      at += 1;
      words[last] += before[at] ?? '';
    } else if ('|;&(\n`'.includes(char)) words = [''];
    else if (char === ' ' || char === '\t') {
      if (words[last] !== '') words.push('');
    } else words[last] += char;
  }
  while (words.length > 1 && (/^[A-Za-z_]\w*=/.test(words[0] ?? '') || PREFIXES.includes(words[0] ?? '')))
    words.shift();
  return words;
}

/** Words after which another command's name comes. */
const PREFIXES = [
  'sudo',
  'time',
  'watch',
  'xargs',
  'exec',
  'do',
  'then',
  'else',
  'if',
  'while',
  'until',
  '!',
  '{',
  'nohup',
];

function commandNames(shell: Shell): readonly string[] {
  const { kernel } = shell;
  const names = new Set<string>([
    ...BUILTINS.keys(),
    ...KEYWORDS,
    ...shell.functions.keys(),
    ...shell.aliases.keys(),
  ]);
  for (const name of [...kernel.tools.keys(), ...kernel.programs.keys()])
    if (isInstalled(kernel, name)) names.add(name);
  return [...names].sort();
}

function plain(texts: readonly string[], word: string): readonly Candidate[] {
  return texts.filter((text) => text.startsWith(word)).map((text) => ({ text, label: text, closed: true }));
}

function filePaths(shell: Shell, word: string, directoriesOnly: boolean): readonly Candidate[] {
  const { files } = shell.kernel.machine;
  const cut = word.lastIndexOf('/') + 1;
  const typed = word.slice(0, cut);
  const home = shell.variables.get('HOME')?.value ?? '/';
  const path = resolvePath(shell.cwd, typed.replace(/^~(?=\/)/, home));
  if (files.stat(path)?.kind !== 'directory') return [];
  const start = word.slice(cut);
  const found: Candidate[] = [];
  for (const name of files.list(path)) {
    if (!name.startsWith(start) || (name.startsWith('.') && !start.startsWith('.'))) continue;
    const directory = files.stat(resolvePath(path, name))?.kind === 'directory';
    if (directoriesOnly && !directory) continue;
    const text = typed + name.replace(/[ '"\\$&|;()<>*?[\]`]/g, '\\$&');
    found.push({
      text: directory ? `${text}/` : text,
      label: directory ? `${name}/` : name,
      closed: !directory,
    });
  }
  return found;
}

async function kubectlWords(shell: Shell, words: readonly string[]): Promise<readonly Candidate[]> {
  const { machine } = shell.kernel;
  if (machine.client === undefined) return [];
  const word = words[words.length - 1] ?? '';
  const before = words[words.length - 2];
  if (before === '-f' || before === '--filename' || before === '-k')
    return filePaths(shell, word, before === '-k');
  const found = await completeKubectl(words.slice(1), {
    client: machine.client,
    files: machine.files,
    cwd: shell.cwd,
  });
  return found.map((text) => ({ text, label: text, closed: !/[=/:]$/.test(text) }));
}

/** What may stand where the cursor is. */
export async function complete(shell: Shell, before: string): Promise<Completion> {
  const words = commandWords(before);
  const word = words[words.length - 1] ?? '';
  const typed = /(?:\\.|[^\s'"|;&()`])*$/.exec(before)?.[0] ?? '';
  const variable = /\$\{?(\w*)$/.exec(typed);
  if (variable !== null) {
    const start = variable[0].slice(0, variable[0].length - (variable[1]?.length ?? 0));
    const close = start.endsWith('{') ? '}' : '';
    const names = [...shell.variables.keys()].sort().filter((name) => name.startsWith(variable[1] ?? ''));
    return {
      length: variable[0].length,
      candidates: names.map((name) => ({ text: start + name + close, label: name, closed: false })),
    };
  }
  const redirect = /[<>]\s*([^\s<>]*)$/.exec(before);
  if (redirect !== null) {
    const path = redirect[1] ?? '';
    return { length: [...path].length, candidates: filePaths(shell, path, false) };
  }
  const length = [...typed].length;
  if (words.length === 1) {
    return {
      length,
      candidates: word.includes('/') ? filePaths(shell, word, false) : plain(commandNames(shell), word),
    };
  }
  const name = shell.aliases.get(words[0] ?? '')?.split(' ') ?? [words[0] ?? ''];
  if (name[0] === 'kubectl') {
    const candidates = await kubectlWords(shell, [...name, ...words.slice(1)]);
    if (candidates.length > 0) return { length, candidates };
  }
  return { length, candidates: filePaths(shell, word, name[0] === 'cd' || name[0] === 'rmdir') };
}
