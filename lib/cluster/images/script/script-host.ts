import type { ProcessEnv } from '../../seams';
import type { LiveThread } from './live-thread';
import type { ScriptFiles } from './script-files';
import type { ScriptImage, ScriptTurn } from './script-image';
import type { Compiled } from './steps';
import type { Target } from './thread';

/** What the parts of the machine have of it while a script's turn lasts. */
export interface ScriptHost {
  readonly files: ScriptFiles;
  readonly image: ScriptImage;
  readonly world: ProcessEnv;
  readonly threads: LiveThread[];
  /** How background jobs ended, by number. */
  readonly ended: Record<string, number>;
  readonly traps: Record<string, string>;
  readonly started: { readonly id: number; readonly argv: readonly string[] }[];
  readonly shellName: string;
  nextId: number;
  /** The server that the script replaces itself with. */
  becomes: readonly string[] | undefined;
  signal: ScriptTurn['signal'];
  /** Writes to where a descriptor leads. */
  write(thread: LiveThread, target: Target, text: string, isError?: boolean): void;
  /** A complaint of the shell's own. */
  complain(thread: LiveThread, message: string): void;
  /** A text's steps, by the number under which it is run. */
  compiled(program: number): Compiled;
  /** The number under which a text is run. */
  program(source: string): number;
  returns(thread: LiveThread, status: number): void;
  exit(thread: LiveThread, status: number): void;
  commandEnded(thread: LiveThread): void;
  mayLeave(thread: LiveThread): void;
}
