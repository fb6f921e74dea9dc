/** One directive of an nginx configuration, with its block when it has one. */
export interface Directive {
  readonly words: readonly string[];
  readonly block: readonly Directive[];
}

/** A `server` as it answers. */
export interface NginxServer {
  readonly listens: readonly { readonly address: string; readonly port: number; readonly tls: boolean }[];
  readonly directives: readonly Directive[];
}

/** Configurations by their text: a pure function's memory, the same for every cluster. */
const parsed = new Map<string, readonly Directive[] | string>();
/** Configurations remembered before the memory is emptied. */
const MAX_PARSED = 200;

/** Parses nginx's configuration language; a string is nginx's complaint. */
export function parseDirectives(text: string): readonly Directive[] | string {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const directives = parseText(text);
  parsed.set(text, directives);
  return directives;
}

function parseText(text: string): readonly Directive[] | string {
  const tokens = text.replace(/#[^\n]*/g, '').match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{};]|[^\s{};"']+/g);
  const reader = { tokens: tokens ?? [], at: 0 };
  const directives = readBlock(reader);
  if (typeof directives === 'string') return directives;
  return reader.at < reader.tokens.length ? 'unexpected "}"' : directives;
}

function readBlock(reader: {
  readonly tokens: readonly string[];
  at: number;
}): readonly Directive[] | string {
  const directives: Directive[] = [];
  let words: string[] = [];
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at] ?? '';
    if (token === '}') break;
    reader.at += 1;
    if (token === ';') {
      directives.push({ words, block: [] });
      words = [];
    } else if (token === '{') {
      const block = readBlock(reader);
      if (typeof block === 'string') return block;
      if (reader.tokens[reader.at] !== '}') return 'unexpected end of file, expecting "}"';
      reader.at += 1;
      directives.push({ words, block });
      words = [];
    } else words.push(token.replace(/^(["'])([\s\S]*)\1$/, '$2'));
  }
  return words.length === 0 ? directives : `directive "${words[0]}" is not terminated by ";"`;
}

/** The words after a directive's name, of its first occurrence. */
export function wordsOf(directives: readonly Directive[], name: string): readonly string[] | undefined {
  return directives.find(({ words }) => words[0] === name)?.words.slice(1);
}

/** The servers of a configuration, http blocks looked into. */
export function serversOf(directives: readonly Directive[]): readonly NginxServer[] {
  return directives.flatMap(({ words, block }) => {
    if (words[0] === 'http') return serversOf(block);
    if (words[0] !== 'server' || block.length === 0) return [];
    const listens = block
      .filter((inner) => inner.words[0] === 'listen')
      .map((inner) => readListen(inner.words));
    return [{ listens: listens.length > 0 ? listens : [readListen(['listen', '80'])], directives: block }];
  });
}

function readListen(words: readonly string[]): NginxServer['listens'][number] {
  const value = words[1] ?? '80';
  const tls = words.includes('ssl');
  if (/^\d+$/.test(value)) return { address: '0.0.0.0', port: Number(value), tls };
  const cut = value.lastIndexOf(':');
  const address = value.slice(0, cut).replace(/^\[|\]$/g, '');
  return { address: address === '*' ? '0.0.0.0' : address, port: Number(value.slice(cut + 1)), tls };
}

/** A location with the prefix that led to it. */
export interface NginxLocation {
  readonly prefix: string | undefined;
  readonly block: readonly Directive[];
}

/** The location that a path falls to: exact ones first, then regular expressions, then the longest prefix. */
export function locationFor(server: NginxServer, path: string): NginxLocation {
  const locations = server.directives
    .filter(({ words }) => words[0] === 'location')
    .map(({ words, block }) => {
      const marked = /^(?:=|\^~|~\*?)$/.test(words[1] ?? '');
      return { mark: marked ? words[1] : '', prefix: (marked ? words[2] : words[1]) ?? '', block };
    });
  const exact = locations.find(({ mark, prefix }) => mark === '=' && prefix === path);
  if (exact !== undefined) return exact;
  const [longest] = locations
    .filter(({ mark, prefix }) => (mark === '' || mark === '^~') && path.startsWith(prefix))
    .toSorted((left, right) => right.prefix.length - left.prefix.length);
  if (longest?.mark === '^~') return longest;
  const shaped = locations.find(
    ({ mark, prefix }) => mark?.startsWith('~') && matches(prefix, path, mark === '~*'),
  );
  if (shaped !== undefined) return { prefix: undefined, block: shaped.block };
  return longest ?? { prefix: undefined, block: [] };
}

function matches(source: string, path: string, ignoreCase: boolean): boolean {
  try {
    return new RegExp(source, ignoreCase ? 'i' : '').test(path);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
