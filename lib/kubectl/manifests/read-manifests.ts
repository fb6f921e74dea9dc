import { type Input, isRecord, readYaml } from '../../base';
import { absolutePath, fail, type Session, unreachable } from '../session';

/** One document of a manifest, not yet known to be an object. */
export interface ManifestDocument {
  readonly source: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What reading the `-f` arguments gave: documents, and what went wrong on the way. */
export interface Manifests {
  readonly documents: readonly (ManifestDocument | { readonly error: Error })[];
  /** One file, not a directory and not standard input. */
  readonly singleItemImplied: boolean;
}

const EXTENSIONS = ['.json', '.yaml', '.yml'];

/** Reads every file, directory and "-" of `-f`. Paths that lead nowhere fail at once. */
export async function readManifests(
  session: Session,
  filenames: readonly string[],
  recursive: boolean,
): Promise<Manifests> {
  const sources: string[] = [];
  const missing: Error[] = [];
  let directory = false;
  for (const name of filenames) {
    if (name === '-') {
      sources.push('-');
      continue;
    }
    if (isUrl(name)) {
      sources.push(name);
      continue;
    }
    const found = expand(session, name, recursive);
    if (found === undefined) missing.push(fail(`the path "${name}" does not exist`));
    else {
      if (found.length > 1) directory = true;
      sources.push(...found);
    }
  }
  if (missing[0]) throw missing[0];
  if (sources.length === 0) {
    throw fail(
      `error reading [${filenames.join(' ')}]: recognized file extensions are [${EXTENSIONS.join(' ')}]`,
    );
  }
  const documents: (ManifestDocument | { readonly error: Error })[] = [];
  for (const source of sources) {
    const text =
      source === '-'
        ? await readAll(session.env.streams.stdin)
        : isUrl(source)
          ? await readUrl(session, source)
          : readFile(session, source);
    documents.push(...parseDocuments(text, source === '-' ? 'STDIN' : source));
  }
  return { documents, singleItemImplied: sources.length === 1 && sources[0] !== '-' && !directory };
}

const isUrl = (name: string): boolean => /^https?:\/\//.test(name);

/** Reads a manifest off the web (resource.readHttpWithRetries). */
async function readUrl({ env }: Session, url: string): Promise<string> {
  const host = url.replace(/^https?:\/\//, '').split(/[/:]/)[0] ?? '';
  const answer = (await env.fetch?.(url)) ?? `dial tcp: lookup ${host}: no such host`;
  if (typeof answer === 'string') throw unreachable(url, answer);
  const { status, body } = answer;
  if (!status.startsWith('200 ')) {
    const code = status.split(' ')[0];
    throw fail(`unable to read URL "${url}", server reported ${status}, status code=${code}`);
  }
  return body;
}

function readFile(session: Session, source: string): string {
  return session.env.files.read(absolutePath(source, session.env.cwd));
}

/** All that an input holds. */
export async function readAll(input: Input | undefined): Promise<string> {
  let text = '';
  for (let piece = await input?.read(); piece !== undefined; piece = await input?.read()) text += piece;
  return text;
}

/** The files a path stands for; undefined when it does not exist. A pattern may match several. */
function expand(session: Session, path: string, recursive: boolean): readonly string[] | undefined {
  const { files, cwd } = session.env;
  const info = files.stat(absolutePath(path, cwd));
  if (!info) return expandPattern(session, path, recursive);
  if (info.kind === 'file') return [path];
  return walk(session, path.replace(/\/+$/, '') || '/', recursive);
}

function walk(session: Session, directory: string, recursive: boolean): readonly string[] {
  const { files, cwd } = session.env;
  return files.list(absolutePath(directory, cwd)).flatMap((name) => {
    const path = directory === '.' ? name : directory === '/' ? `/${name}` : `${directory}/${name}`;
    const info = files.stat(absolutePath(path, cwd));
    if (info?.kind === 'directory') return recursive ? walk(session, path, recursive) : [];
    return EXTENSIONS.some((extension) => name.endsWith(extension)) ? [path] : [];
  });
}

function expandPattern(session: Session, path: string, recursive: boolean): readonly string[] | undefined {
  if (!/[*?[]/.test(path)) return undefined;
  const slash = path.lastIndexOf('/');
  const directory = slash < 0 ? '.' : path.slice(0, slash) || '/';
  if (session.env.files.stat(absolutePath(directory, session.env.cwd))?.kind !== 'directory')
    return undefined;
  const pattern = path
    .slice(slash + 1)
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const matching = new RegExp(`^${pattern}$`);
  const names = session.env.files
    .list(absolutePath(directory, session.env.cwd))
    .filter((name) => matching.test(name));
  if (names.length === 0) return undefined;
  return names.flatMap((name) => expand(session, slash < 0 ? name : `${directory}/${name}`, recursive) ?? []);
}

/** The documents of a text as kubectl parts them at "---" lines, empty ones left out. */
export const splitDocuments = (text: string): readonly string[] =>
  text.split(/^---(?=\s|$)[^\S\n]*(?:\n|(?=\S))/m).filter((part) => part.trim() !== '');

/** Splits a text at "---" lines and reads each part; an unreadable part ends the file. */
export function parseDocuments(
  text: string,
  source: string,
): readonly (ManifestDocument | { readonly error: Error })[] {
  if (/^\s*[{[]/.test(text)) return parseJson(text, source);
  const out: (ManifestDocument | { readonly error: Error })[] = [];
  for (const part of splitDocuments(text)) {
    const read = readYaml(part);
    if ('error' in read) {
      out.push({ error: fail(`error parsing ${source}: error converting YAML to JSON: ${read.error}`) });
      return out;
    }
    if (read.value === null) continue;
    out.push(checkDocument(read.value, source));
  }
  return out;
}

function parseJson(text: string, source: string): readonly (ManifestDocument | { readonly error: Error })[] {
  const read = readYaml(text);
  if ('error' in read) return [{ error: fail(`error parsing ${source}: ${jsonWords(read.error)}`) }];
  return read.value === null ? [] : [checkDocument(read.value, source)];
}

const jsonWords = (error: string) => `error converting YAML to JSON: ${error}`;

function checkDocument(value: unknown, source: string): ManifestDocument | { readonly error: Error } {
  if (isRecord(value)) return { source, value };
  return {
    error: fail(
      `error validating "${source}": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false`,
    ),
  };
}
