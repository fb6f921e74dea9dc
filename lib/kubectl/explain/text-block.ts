const WIDTH = 80;
const BULLET = /^(\d+\.?|-|\*)\s/;
const CODE_INDENT = '    ';

/** Text that grows line by line, indented and wrapped to 80 columns (pkg/explain formatter). */
export class TextBlock {
  private readonly lines: string[];
  private readonly indent: number;

  constructor(indent = 0, lines: string[] = []) {
    this.indent = indent;
    this.lines = lines;
  }

  /** The same text, written to further right. */
  indented(by: number): TextBlock {
    return new TextBlock(this.indent + by, this.lines);
  }

  write(line: string): void {
    this.lines.push(line === '' ? '' : ' '.repeat(this.indent) + line);
  }

  writeWrapped(text: string): void {
    for (const line of wrapParagraphs(text, WIDTH - this.indent)) this.write(line);
  }

  get text(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }
}

/** Joins the lines of a text and breaks them anew, but for code, lists, blank lines and what follows a colon. */
function wrapParagraphs(text: string, width: number): readonly string[] {
  const wrapped: string[] = [];
  let words: string[] = [];
  let last = '';
  const flush = () => {
    if (words.length === 0) return;
    last = '';
    wrapped.push(words.join(' '));
    words = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith(CODE_INDENT)) {
      flush();
      wrapped.push(line);
      continue;
    }
    const trimmed = line.trim();
    if (wrapped.length > 0 && trimmed === '') {
      flush();
      wrapped.push('');
      continue;
    }
    if (last.endsWith(':') || trimmed === '' || BULLET.test(trimmed)) flush();
    for (const word of trimmed.split(/\s+/).filter(Boolean)) {
      last = word;
      if (words.length > 0 && [...words, word].join(' ').length > width) flush();
      words.push(word);
    }
  }
  flush();
  return wrapped;
}
