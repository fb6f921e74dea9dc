/** `break N` or `continue N` on its way to the loop. */
export class LoopControl extends Error {
  override name = 'LoopControl';
  readonly kind: 'break' | 'continue';
  readonly levels: number;
  /** What the loop ends with. */
  readonly status: number;
  constructor(kind: 'break' | 'continue', levels: number, status = 0) {
    super(kind);
    this.kind = kind;
    this.levels = levels;
    this.status = status;
  }
}

/** `return` on its way to the function or sourced script. */
export class ReturnControl extends Error {
  override name = 'ReturnControl';
  readonly status: number;
  constructor(status: number) {
    super('return');
    this.status = status;
  }
}

/** `exit`, or `set -e` at work, on its way out of the shell. */
export class ExitControl extends Error {
  override name = 'ExitControl';
  readonly status: number;
  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

/** A mistake that ends the command being run (and a script with it where `fatal`); already without the shell's name. */
export class ShellError extends Error {
  override name = 'ShellError';
  readonly status: number;
  /** Ends the script; 'line': only gives up the rest of the line. */
  readonly fatal: boolean | 'line';
  constructor(message: string, status = 1, fatal: boolean | 'line' = false) {
    super(message);
    this.status = status;
    this.fatal = fatal;
  }
}

/** The rest of the command line is given up; the shell lives on. */
export class AbandonControl extends Error {
  override name = 'AbandonControl';
  readonly status: number;
  constructor(status: number) {
    super('abandon');
    this.status = status;
  }
}
