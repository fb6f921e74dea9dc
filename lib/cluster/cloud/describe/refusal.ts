/** A refusal of an AWS service: its code and what it says. */
export class AwsError extends Error {
  override name = 'AwsError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
