/** `break` on its way out of a loop. */
export class Break extends Error {
  override name = 'Break';
}
/** `continue` on its way to a loop's next turn. */
export class Continue extends Error {
  override name = 'Continue';
}
/** `return` on its way out of a function. */
export class Return extends Error {
  override name = 'Return';
  readonly value: unknown;
  constructor(value: unknown) {
    super('return');
    this.value = value;
  }
}
/** What `throw` throws. */
export class Thrown extends Error {
  override name = 'Thrown';
  readonly value: unknown;
  constructor(value: unknown) {
    super('thrown');
    this.value = value;
  }
}
