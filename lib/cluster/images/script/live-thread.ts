import type { Frame, Kept, Thread, Wait } from './thread';

/** A thread while its turn runs: the same fields, to be changed. */
export class LiveThread {
  readonly id: number;
  program: number;
  pc: number;
  status: number;
  variables: Record<string, string>;
  exported: readonly string[];
  positional: readonly string[];
  functions: Readonly<Record<string, readonly [program: number, pc: number]>>;
  cwd: string;
  options: string;
  tested: number;
  frames: readonly Frame[];
  descriptors: Thread['descriptors'];
  slots: Record<string, string>;
  temps: Record<string, string>;
  loops: Record<string, { readonly words: readonly string[]; readonly at: number }>;
  wait: Wait | null;
  lastJob: number | null;
  /** Its shell was replaced by the command that it runs (exec). */
  replaced: boolean;
  ended = false;

  constructor(thread: Thread) {
    this.id = thread.id;
    this.program = thread.program;
    this.pc = thread.pc;
    this.status = thread.status;
    this.variables = { ...thread.variables };
    this.exported = thread.exported;
    this.positional = thread.positional;
    this.functions = thread.functions;
    this.cwd = thread.cwd;
    this.options = thread.options;
    this.tested = thread.tested;
    this.frames = thread.frames;
    this.descriptors = thread.descriptors;
    this.slots = { ...thread.slots };
    this.temps = { ...thread.temps };
    this.loops = { ...thread.loops };
    this.wait = thread.wait;
    this.lastJob = thread.lastJob;
    this.replaced = thread.replaced;
  }

  /** As it is kept between turns. */
  get kept(): Thread {
    const { ended: _, ...fields } = this;
    return { ...fields };
  }

  /** What a part that is set off gives back when it ends. */
  get own(): Kept {
    const { variables, exported, positional, cwd, options } = this;
    return { variables: { ...variables }, exported, positional, cwd, options };
  }

  restore(kept: Kept): void {
    this.variables = { ...kept.variables };
    this.exported = kept.exported;
    this.positional = kept.positional;
    this.cwd = kept.cwd;
    this.options = kept.options;
  }

  push(frame: Frame): void {
    this.frames = [...this.frames, frame];
  }

  /** A new slot for text, empty unless told otherwise. */
  slot(text = ''): number {
    let number = 0;
    while (this.slots[number] !== undefined) number += 1;
    this.slots[number] = text;
    return number;
  }

  /** Variables that commands get. */
  get environment(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.exported.flatMap((name) => {
        const value = this.variables[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }
}
