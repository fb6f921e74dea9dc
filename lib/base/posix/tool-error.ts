/** Fails a tool: `message` is printed after the tool's name, and the tool ends with `status`. */
export class ToolError extends Error {
  override name = 'ToolError';
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}
