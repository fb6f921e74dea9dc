import { matchesPattern } from '../../base';
import { type Tool, ToolError } from '../process';

/** find: walks folders, tests what it meets, and acts. */
export const find: Tool = async (context) => {
  const words = [...context.args];
  const roots: string[] = [];
  while (words.length > 0 && !/^[-(!]/.test(words[0] ?? '')) roots.push(words.shift() ?? '');
  const { files } = context.machine;
  let maxDepth = Number.POSITIVE_INFINITY;
  let minDepth = 0;
  const tests: ((path: string, name: string, shown: string) => boolean)[] = [];
  const actions: ((shown: string, path: string) => Promise<void>)[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const test = word;
    const value = () => {
      const next = words.shift();
      if (next === undefined) throw new ToolError(`missing argument to \`${test}'`);
      return next;
    };
    const depth = () => {
      const text = value();
      if (/^\d+$/.test(text)) return Number(text);
      throw new ToolError(`Expected a positive decimal integer argument to ${test}, but got ‘${text}’`);
    };
    if (word === '-maxdepth') maxDepth = depth();
    else if (word === '-mindepth') minDepth = depth();
    else if (word === '-name' || word === '-iname') {
      const pattern = value();
      const loose = word === '-iname';
      tests.push((_path, name) => matchesPattern(pattern, name, loose));
    } else if (word === '-path') {
      const pattern = value();
      tests.push((_path, _name, shown) => matchesPattern(pattern, shown));
    } else if (word === '-type') {
      const letter = value();
      if (!/^[bcdpflsD]$/.test(letter)) throw new ToolError(`Unknown argument to -type: ${letter}`);
      const kind = letter === 'd' ? 'directory' : letter === 'f' ? 'file' : letter;
      tests.push((path) => files.stat(path)?.kind === kind);
    } else if (word === '-empty')
      tests.push((path) =>
        files.stat(path)?.kind === 'directory' ? files.list(path).length === 0 : files.stat(path)?.size === 0,
      );
    else if (word === '!' || word === '-not') {
      const next = words.shift();
      if (next === undefined) throw new ToolError(`expected an expression after '${word}'`);
      const pattern = value();
      if (next === '-name') tests.push((_path, name) => !matchesPattern(pattern, name));
    } else if (word === '-print0') actions.push((shown) => context.out(`${shown}\0`));
    else if (word === '-delete') actions.push(async (_shown, path) => files.remove(path));
    else if (word === '-exec') {
      const argv: string[] = [];
      for (let next = value(); next !== ';' && next !== '+'; next = value()) argv.push(next);
      actions.push(async (shown) => {
        await context.run(argv.map((part) => part.replaceAll('{}', shown)));
      });
    } else if (!word.startsWith('-') && !/^[(),]$/.test(word))
      throw new ToolError(`paths must precede expression: \`${word}'`);
    else if (word !== '-print' && word !== '-a' && word !== '-and')
      throw new ToolError(`unknown predicate \`${word}'`);
  }
  let status = 0;
  const visit = async (shown: string, depth: number): Promise<void> => {
    await context.step();
    const path = context.path(shown);
    const name = shown.slice(shown.lastIndexOf('/') + 1) || shown;
    const matches = depth >= minDepth && tests.every((test) => test(path, name, shown));
    const children = files.stat(path)?.kind === 'directory' && depth < maxDepth ? files.list(path) : [];
    if (matches && actions.length === 0) await context.out(`${shown}\n`);
    if (matches) for (const action of actions) await action(shown, path);
    for (const child of children) await visit(`${shown === '/' ? '' : shown}/${child}`, depth + 1);
  };
  for (const root of roots.length === 0 ? ['.'] : roots) {
    if (files.stat(context.path(root)) === undefined) {
      await context.err(`find: ‘${root}’: No such file or directory\n`);
      status = 1;
    } else await visit(root, 0);
  }
  return status;
};
