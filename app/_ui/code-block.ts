/** A code block of the prose, and what can be done with it. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** What copying gives: commands without their prompts and answers. */
  readonly copyText: string;
  /** Lines to type, when it is for a shell. */
  readonly commands: readonly string[];
  /** A name for it as a file, when it is a manifest. */
  readonly fileName: string | undefined;
}

const SHELLS = new Set(['sh', 'bash', 'shell', 'console', 'shellsession', 'shell-session']);
const PROMPT = /^\$ /;

/** What a block of this language and text is good for. */
export function describeCode(language: string, raw: string, file?: string | undefined): CodeBlock {
  const text = raw.replace(/\n$/, '');
  const lines = text.split('\n');
  const prompted = lines.filter((line) => PROMPT.test(line)).map((line) => line.replace(PROMPT, ''));
  const isShell = SHELLS.has(language);
  const transcript = language === 'console' || language.startsWith('shell');
  const commands = !isShell ? [] : prompted.length > 0 ? prompted : transcript ? [] : lines;
  return {
    language,
    text,
    copyText: prompted.length > 0 && isShell ? prompted.join('\n') : text,
    commands,
    fileName: file ?? (language === 'yaml' || language === 'yml' ? manifestFile(text) : undefined),
  };
}

/** The file a manifest would be kept in: its object's name. */
function manifestFile(text: string): string {
  const name = /^metadata:\n(?: {2,}.*\n)*? {2}name: *["']?([a-z0-9.-]+)/m.exec(text)?.[1];
  return `${name ?? 'manifest'}.yaml`;
}

/** Reads language, file name and text from a rendered `<pre>`. */
export function readCodeBlock(pre: HTMLPreElement): CodeBlock {
  const code = pre.querySelector('code');
  const named = [...(code?.classList ?? []), ...pre.classList].find((name) => name.startsWith('language-'));
  const language =
    code?.dataset.language ??
    pre.dataset.language ??
    code?.dataset.lang ??
    pre.dataset.lang ??
    named?.slice('language-'.length);
  const file = pre.dataset.file ?? code?.dataset.file;
  return describeCode(language ?? '', pre.textContent, file);
}
