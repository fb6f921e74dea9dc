/** One typed command (continuation lines joined by newlines) and all that the screen showed for it. */
export interface Typed {
  readonly command: string;
  /** Marked lines, as `shown` gives them. */
  readonly screen: readonly string[];
}

/** A scenario: the files that lie in the home folder, and what is typed there. */
export interface Transcript {
  readonly comment: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly typed: readonly Typed[];
}

const TYPED = 'transcript';
const HEADER = /^-- (.+) --$/;
/** Beginnings of stdout lines that would otherwise be read as something else. */
const AMBIGUOUS = /^(?:\$ |> |! |\[exit|\\|-- .+ --$)/;
const NO_NEWLINE = '\\ no newline';

/** Reads the txtar form: files, then a block `transcript` of `$ ` commands and what they print. */
export function readTranscript(text: string): Transcript {
  const comment: string[] = [];
  const blocks = new Map<string, string[]>();
  let lines = comment;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const name = HEADER.exec(line)?.[1];
    if (name === undefined) {
      lines.push(line);
      continue;
    }
    if (blocks.has(name)) throw new Error(`there are two blocks called "${name}"`);
    lines = [];
    blocks.set(name, lines);
  }
  const typed = blocks.get(TYPED);
  if (typed === undefined) throw new Error(`there is no block "-- ${TYPED} --"`);
  blocks.delete(TYPED);
  const files = [...blocks].map(([name, body]) => [name, body.map((line) => `${line}\n`).join('')] as const);
  return { comment, files: Object.fromEntries(files), typed: readTyped(typed) };
}

function readTyped(lines: readonly string[]): readonly Typed[] {
  const typed: { command: string; screen: string[] }[] = [];
  for (const line of lines) {
    const last = typed.at(-1);
    if (line.startsWith('$ ')) typed.push({ command: line.slice(2), screen: [] });
    else if (last === undefined) throw new Error(`"${line}" stands before the first command`);
    else if (line.startsWith('> ') && last.screen.length === 0) last.command += `\n${line.slice(2)}`;
    else last.screen.push(line);
  }
  return typed;
}

/** The file that `readTranscript` reads as this. */
export function writeTranscript({ comment, files, typed }: Transcript): string {
  const lines = [
    ...comment,
    ...Object.entries(files).flatMap(([name, text]) => [
      `-- ${name} --`,
      ...text.replace(/\n$/, '').split('\n'),
    ]),
    `-- ${TYPED} --`,
    ...typed.flatMap(({ command, screen }) => [`$ ${command.replaceAll('\n', '\n> ')}`, ...screen]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A piece of output as it came. */
export interface Piece {
  readonly stream: 'out' | 'err';
  readonly text: string;
}

/** What a command printed, as marked lines in the order of writing: stdout bare, stderr after `! `, then `[exit N]`. */
export function shown(pieces: readonly Piece[], status: number): readonly string[] {
  const joined: { stream: Piece['stream']; text: string }[] = [];
  for (const { stream, text } of pieces) {
    const last = joined.at(-1);
    if (last?.stream === stream) last.text += text;
    else joined.push({ stream, text });
  }
  const lines = joined.flatMap(({ stream, text }) => {
    if (text === '') return [];
    const whole = text.endsWith('\n');
    const marked = (whole ? text.slice(0, -1) : text).split('\n').map((line) => mark(stream, line));
    return whole ? marked : [...marked, NO_NEWLINE];
  });
  return status === 0 ? lines : [...lines, `[exit ${status}]`];
}

function mark(stream: Piece['stream'], line: string): string {
  if (stream === 'err') return `! ${line}`;
  return AMBIGUOUS.test(line) ? `\\${line}` : line;
}
