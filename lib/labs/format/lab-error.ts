/** Broken lab content: which file, which line (1-based), what is wrong and what would be right. */
export class LabError extends Error {
  override name = 'LabError';
  readonly file: string;
  readonly line: number | undefined;
  constructor(file: string, line: number | undefined, message: string) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${message}`);
    this.file = file;
    this.line = line;
  }
}
