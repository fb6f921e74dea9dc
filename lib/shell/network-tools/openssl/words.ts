import { type Certificate, type DistinguishedName, printName } from '../../../api';
import type { ToolContext } from '../../process';

/** Options of an openssl command: those with values, and switches. */
export interface Words {
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  has(name: string): boolean;
}

/** Reads "-name value" and "-switch"; a string is openssl's complaint. */
export function readWords(
  args: readonly string[],
  valued: readonly string[],
  switches: readonly string[],
): Words | string {
  const found: [name: string, value: string][] = [];
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const name = word.replace(/^--?/, '');
    if (name === word) return `Extra (unknown) options: "${word}"`;
    if (switches.includes(name)) found.push([name, '']);
    else if (!valued.includes(name)) return `Unknown option or cipher: ${name}`;
    else {
      const value = words.shift();
      if (value === undefined) return `Option -${name} needs a value`;
      found.push([name, value]);
    }
  }
  return {
    value: (name) => found.findLast(([key]) => key === name)?.[1],
    values: (name) => found.filter(([key]) => key === name).map(([, value]) => value),
    has: (name) => found.some(([key]) => key === name),
  };
}

/** Says what is wrong with a command line, as openssl's commands do. */
export async function complain(context: ToolContext, why: string): Promise<number> {
  await context.err(`${context.name}: ${why}\n${context.name}: Use -help for summary.\n`);
  return 1;
}

/** "O=Acme Co, CN=shop": how OpenSSL prints names since 3.2. */
export const nameText = (name: DistinguishedName): string => printName(name, '=', ', ');

/** "/O=Acme Co/CN=shop" as -subj takes it; undefined when it does not begin with a slash. */
export function parseSubject(text: string): DistinguishedName | undefined {
  if (!text.startsWith('/')) return undefined;
  const pairs = text
    .slice(1)
    .split('/')
    .filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [attribute = '', ...rest] = pair.split('=');
    return [attribute, rest.join('=')] as const;
  });
}

/** "DNS:a.example.com, IP Address:10.0.0.1". */
export function alternativesText({ names, addresses }: Pick<Certificate, 'names' | 'addresses'>): string {
  return [...names.map((name) => `DNS:${name}`), ...addresses.map((ip) => `IP Address:${ip}`)].join(', ');
}

/** Digits drawn from the machine's chance. */
export function digitsOf({ world }: Pick<ToolContext, 'world'>): (count: number) => string {
  return (count) =>
    Array.from({ length: count }, () => Math.floor(world.random.next() * 16).toString(16)).join('');
}

/** A file's text; undefined, with openssl's words, when it is not there. */
export async function readFileOr(
  context: ToolContext,
  path: string,
  what: string,
): Promise<string | undefined> {
  if (path === '-' || context.machine.files.stat(context.path(path))?.kind === 'file')
    return context.readFile(path);
  await context.err(
    `Could not open file or uri for loading ${what} from ${path}: No such file or directory\n`,
  );
  return undefined;
}

/** Writes where -out says, or to standard output. */
export async function writeOut(context: ToolContext, path: string | undefined, text: string): Promise<void> {
  if (path === undefined || path === '-') await context.out(text);
  else context.machine.files.write(context.path(path), text);
}
