import { list } from '../../flags';
import type { ParsedArgs } from '../../seams';
import { absolutePath, fail, type Session } from '../../session';
import { envNameErrors } from '../env-name';

const KEY = /^[-._a-zA-Z0-9]+$/;

/** A key and its text, in the order given. */
export type Entry = readonly [key: string, value: string];

/** Reads `--from-file`, `--from-literal` and `--from-env-file` (in upstream's order). */
export function readSources(session: Session, args: ParsedArgs): readonly Entry[] {
  const env = list(args, 'from-env-file');
  const files = list(args, 'from-file');
  const literals = list(args, 'from-literal');
  if (env.length > 0 && (files.length > 0 || literals.length > 0)) {
    throw fail('from-env-file cannot be combined with from-file or from-literal');
  }
  return [
    ...literals.map(parseLiteral),
    ...files.flatMap((source) => readFileSource(session, source)),
    ...env.flatMap((path) => readEnvFile(session, path)),
  ];
}

function parseLiteral(source: string): Entry {
  const equals = source.indexOf('=');
  if (equals <= 0) throw fail(`invalid literal source ${source}, expected key=value`);
  return [source.slice(0, equals), source.slice(equals + 1)];
}

function readFileSource(session: Session, source: string): readonly Entry[] {
  const parts = source.split('=');
  if (parts.length > 2) throw fail("key names or file paths cannot contain '='");
  const [first = '', second] = parts;
  if (second !== undefined && first === '') throw fail(`key name for file path ${second} missing`);
  if (second === '') throw fail(`file path for key name ${first} missing`);
  const path = second ?? first;
  const { files, cwd } = session.env;
  const absolute = absolutePath(path, cwd);
  const info = files.stat(absolute);
  if (!info) throw fail(`error reading ${path}: no such file or directory`);
  if (info.kind === 'file')
    return [[second === undefined ? (path.split('/').at(-1) ?? path) : first, files.read(absolute)]];
  if (second !== undefined) throw fail('cannot give a key name for a directory path');
  return files
    .list(absolute)
    .filter((name) => files.stat(`${absolute}/${name}`)?.kind === 'file' && KEY.test(name))
    .map((name) => [name, files.read(`${absolute}/${name}`)] as const);
}

function readEnvFile(session: Session, path: string): readonly Entry[] {
  const { files, cwd, environment } = session.env;
  const absolute = absolutePath(path, cwd);
  const kind = files.stat(absolute)?.kind;
  if (kind === 'directory') throw fail('env config file cannot be a directory');
  if (kind !== 'file') throw fail(`error reading ${path}: no such file or directory`);
  return files
    .read(absolute)
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=');
      const key = equals < 0 ? line : line.slice(0, equals);
      const wrong = envNameErrors(key);
      if (wrong.length > 0) throw fail(`"${key}" is not a valid key name: ${wrong.join(';')}`);
      return [key, equals < 0 ? (environment[key] ?? '') : line.slice(equals + 1)] as const;
    });
}

/** Whether a key may stand in a ConfigMap or Secret; the sentence otherwise. */
export function keyError(key: string): string | undefined {
  if (KEY.test(key) && key !== '.' && key !== '..' && !key.startsWith('..')) return undefined;
  if (key === '.' || key === '..') return `must not be '${key}'`;
  if (KEY.test(key) && key.startsWith('..')) return "must not start with '..'";
  return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
}
