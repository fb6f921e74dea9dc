import { createDispenser, type ParserCursor } from './dispenser';
import { lexCorefile, type Token } from './lexer';

/** One server block: what it serves, and the words of each of its directives. */
export interface ServerBlock {
  readonly keys: readonly string[];
  readonly directives: Readonly<Record<string, readonly Token[]>>;
}

/** What parsing needs of the machine that CoreDNS runs on. */
export interface ParseSources {
  /** The file's text, by absolute path. */
  readFile(path: string): string | undefined;
  /** Names of the files in a folder, for `import`'s patterns. */
  listFiles(folder: string): readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Directives that exist; any when absent, as the reload plugin parses. */
  readonly directives?: ReadonlySet<string> | undefined;
  /** Takes a warning. */
  warn?(line: string): void;
}

/** Caddy's limits; deeper imports go in circles. */
const MAX_SNIPPETS = 10_000;
const MAX_IMPORTS = 1_000;

/** Parses a Corefile as Caddy does: server blocks, snippets, `import`, `{$VARIABLES}`. Throws `CorefileError`. */
export function parseCorefile(filename: string, text: string, sources: ParseSources): readonly ServerBlock[] {
  const cursor = createDispenser(filename, lexCorefile(text));
  const parser: Parser = { cursor, sources, snippets: new Map(), imports: 0 };
  const blocks: ServerBlock[] = [];
  while (cursor.next()) {
    const block = parseBlock(parser);
    if (block !== undefined && block.keys.length > 0) blocks.push(block);
  }
  return blocks;
}

interface Parser {
  readonly cursor: ParserCursor;
  readonly sources: ParseSources;
  readonly snippets: Map<string, readonly Token[]>;
  imports: number;
}

function parseBlock(parser: Parser): ServerBlock | undefined {
  const { cursor } = parser;
  const { keys, ended } = parseAddresses(parser);
  if (ended) return { keys, directives: {} };
  const snippet = keys.length === 1 ? /^\((.*)\)$/.exec(keys[0] ?? '')?.[1] : undefined;
  if (snippet !== undefined) {
    if (parser.snippets.has(snippet))
      throw cursor.error(`redeclaration of previously declared snippet ${snippet}`);
    parser.snippets.set(snippet, snippetTokens(cursor));
    return undefined;
  }
  const braces = cursor.val() === '{';
  if (!braces) cursor.cursor -= 1;
  const directives = parseDirectives(parser);
  if (braces && cursor.val() !== '}') throw cursor.syntaxError('}');
  return { keys, directives };
}

function parseAddresses(parser: Parser): { readonly keys: readonly string[]; readonly ended: boolean } {
  const { cursor, sources } = parser;
  const keys: string[] = [];
  let expecting = false;
  for (;;) {
    const token = withVariables(cursor.val(), sources.env);
    if (token === 'import' && cursor.isNewLine()) {
      importTokens(parser);
      cursor.next();
      continue;
    }
    if (token === '{') {
      if (expecting)
        throw cursor.error(`Expected another address but had '${token}' - check for extra comma`);
      return { keys, ended: false };
    }
    if (token !== '') {
      expecting = token.endsWith(',');
      keys.push(expecting ? token.slice(0, -1) : token);
    }
    const more = cursor.next();
    if (!more && expecting) throw cursor.error('Unexpected EOF');
    if (!more) return { keys, ended: true };
    if (!expecting && cursor.isNewLine()) return { keys, ended: false };
  }
}

function snippetTokens(cursor: ParserCursor): readonly Token[] {
  if (cursor.val() !== '{') throw cursor.syntaxError('{');
  const tokens: Token[] = [];
  let depth = 1;
  while (cursor.next()) {
    if (cursor.val() === '}') depth -= 1;
    if (depth === 0) return tokens;
    if (cursor.val() === '{') depth += 1;
    const token = cursor.tokens[cursor.cursor];
    if (token !== undefined) tokens.push(token);
  }
  throw cursor.syntaxError('}');
}

function parseDirectives(parser: Parser): Readonly<Record<string, readonly Token[]>> {
  const { cursor } = parser;
  const found: Record<string, Token[]> = {};
  while (cursor.next()) {
    if (cursor.val() === '}') break;
    if (cursor.val() === 'import') importTokens(parser);
    else parseDirective(parser, found);
  }
  return found;
}

function parseDirective(parser: Parser, found: Record<string, Token[]>): void {
  const { cursor, sources } = parser;
  const name = withVariables(cursor.val(), sources.env);
  if (sources.directives?.has(name) === false) throw cursor.error(`Unknown directive '${name}'`);
  found[name] ??= [];
  const tokens = found[name];
  const take = () => {
    const token = cursor.tokens[cursor.cursor];
    if (token !== undefined) tokens.push({ ...token, text: withVariables(token.text, sources.env) });
  };
  take();
  let nesting = 0;
  while (cursor.next()) {
    if (cursor.val() === '{') nesting += 1;
    else if (cursor.isNewLine() && nesting === 0) {
      cursor.cursor -= 1;
      break;
    } else if (cursor.val() === '}' && nesting > 0) nesting -= 1;
    else if (cursor.val() === '}') throw cursor.error("Unexpected '}' because no matching opening brace");
    else if (cursor.val() === 'import' && cursor.isNewLine()) {
      importTokens(parser);
      continue;
    }
    take();
  }
  if (nesting > 0) throw cursor.error('Unexpected EOF');
}

/** Puts a snippet's or a file's tokens in the place of `import NAME`; the cursor is then in front of them. */
function importTokens(parser: Parser): void {
  const { cursor, snippets, sources } = parser;
  if (!cursor.nextArg()) throw cursor.argumentError();
  const pattern = withVariables(cursor.val(), sources.env);
  if (pattern === '') throw cursor.error('Import requires a non-empty filepath');
  if (cursor.nextArg()) throw cursor.error('Import takes only one argument (glob pattern or file)');
  parser.imports += 1;
  const snippet = snippets.get(pattern);
  const most = snippet === undefined ? MAX_IMPORTS : MAX_SNIPPETS;
  if (parser.imports > most) {
    const kind = snippet === undefined ? 'file' : 'snippet';
    throw cursor.error(`maximum ${kind} import depth (${MAX_SNIPPETS}) exceeded`);
  }
  const imported = snippet ?? fileTokens(parser, pattern);
  cursor.tokens.splice(cursor.cursor - 1, 2, ...imported);
  cursor.cursor -= 2;
}

function fileTokens({ cursor, sources }: Parser, pattern: string): readonly Token[] {
  const base = cursor.file.replace(/[^/]*$/, '');
  const path = pattern.startsWith('/') ? pattern : `${base}${pattern.replace(/^\.\//, '')}`;
  if (count(path, '*') > 1 || count(path, '?') > 1 || /\[.*\]/.test(path))
    throw cursor.error(`Glob pattern may only contain one wildcard (*), but has others: ${path}`);
  if (!/[*?]/.test(path)) {
    const text = sources.readFile(path);
    if (text === undefined) throw cursor.error(`File to import not found: ${pattern}`);
    return lexCorefile(text, path);
  }
  const folder = path.replace(/[^/]*$/, '');
  const matches = globPattern(path.slice(folder.length));
  const names = [...sources.listFiles(folder)].filter((name) => matches.test(name)).sort();
  if (names.length === 0) sources.warn?.(`[WARNING] No files matching import glob pattern: ${pattern}`);
  return names.flatMap((name) => lexCorefile(sources.readFile(folder + name) ?? '', folder + name));
}

const count = (text: string, character: string): number => text.split(character).length - 1;

function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`);
}

/** Replaces {$NAME} and {%NAME%}; a variable that is not set is empty. */
function withVariables(text: string, env: Readonly<Record<string, string>>): string {
  return text
    .replace(/\{%([^%]+)%\}/g, (_, name: string) => env[name] ?? '')
    .replace(/\{\$([^}]+)\}/g, (_, name: string) => env[name] ?? '');
}
