/** A template that cannot be read; the message is text/template's. */
export class ParseFailure extends Error {
  override name = 'ParseFailure';
  constructor(template: string, at: number, why: string) {
    super(`template: output:${lineOf(template, at)}: ${why}`);
  }
}

/** A template that cannot be run over its data; `output` is what it had printed before. */
export class ExecFailure extends Error {
  override name = 'ExecFailure';
  output = '';
  constructor(template: string, at: number, node: string, why: string) {
    const before = template.slice(0, at);
    const column = at - (before.lastIndexOf('\n') + 1);
    super(`template: output:${lineOf(template, at)}:${column}: executing "output" at <${node}>: ${why}`);
  }
}

const lineOf = (template: string, at: number): number => template.slice(0, at).split('\n').length;
