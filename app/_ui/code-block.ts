/** A code block of the prose, and what can be done with it. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** What copying gives: commands without their prompts and answers. */
  readonly copyText: string;
  /** Keys for the terminal, when the author meant it for one: with a final Enter to run it, without to type it. */
  readonly keys: string | undefined;
  /** The file it is meant for. */
  readonly fileName: string | undefined;
}

/** What the author marked on a block. */
export interface CodeMarks {
  readonly language: string;
  readonly use: 'run' | 'type' | undefined;
  readonly file: string | undefined;
}

const SHELLS = new Set(['sh', 'bash', 'shell', 'console']);
const PROMPT = /^\$ /;

/** What a block of this text with these marks is good for. */
export function describeCode(raw: string, { language, use, file }: CodeMarks): CodeBlock {
  const text = raw.replace(/\n$/, '');
  const lines = text.split('\n');
  const prompted = lines.filter((line) => PROMPT.test(line)).map((line) => line.replace(PROMPT, ''));
  const commands = SHELLS.has(language) && prompted.length > 0 ? prompted : lines;
  const typed = commands.join('\r');
  return {
    language,
    text,
    copyText: commands.join('\n'),
    keys: use === undefined ? undefined : use === 'run' ? `${typed}\r` : typed,
    fileName: file,
  };
}

/** Reads marks and text from a rendered `<pre>`. */
export function readCodeBlock(pre: HTMLPreElement): CodeBlock {
  const { language = '', file, run, type } = pre.dataset;
  const use = run !== undefined ? 'run' : type !== undefined ? 'type' : undefined;
  return describeCode(pre.textContent, { language, use, file });
}
