import type { WorkspaceInput } from '../../../workspace';

/** What happened, as a timeline lists it; 'quiet' is the rest: keys for a program, a window's size. */
export type OutlineKind = 'command' | 'edit' | 'api' | 'undo' | 'reset' | 'go-to' | 'skip' | 'quiet';

/** One stored input in outline. */
export interface OutlineRow {
  readonly seq: number;
  /** Virtual ms. */
  readonly at: number;
  /** Wall-clock ms. */
  readonly wall: number;
  readonly kind: OutlineKind;
  /** The command, or what was edited; empty where the kind tells all. */
  readonly text: string;
  /** Of a jump: the state is the one just after this event. */
  readonly to?: number | undefined;
  /** Virtual ms that were skipped. */
  readonly ms?: number | undefined;
  readonly changed: boolean;
}

/** Where and when an input stands. */
export type OutlinePlace = Pick<OutlineRow, 'seq' | 'at' | 'wall' | 'changed'>;

/** What a timeline needs of an input; large texts and objects in it are not looked at. */
export function outlineOf(place: OutlinePlace, input: WorkspaceInput, begins: boolean): OutlineRow {
  const row = (kind: OutlineKind, text = '', rest: Pick<OutlineRow, 'to' | 'ms'> = {}): OutlineRow => ({
    ...place,
    kind,
    text,
    ...rest,
  });
  switch (input.kind) {
    case 'tty':
      return begins && input.input.kind === 'line' ? row('command', input.input.text.trim()) : row('quiet');
    case 'save':
      return row('edit', input.path);
    case 'remove':
      return row('edit', `${input.path} deleted`);
    case 'rename':
      return row('edit', `${input.path} is now ${input.to}`);
    case 'api':
      return row('api', input.call.caller.command);
    case 'exec': {
      const { command, pod, port } = input.process;
      const what = command?.join(' ') ?? (port === undefined ? 'attach' : `port-forward ${port}`);
      return row('api', `${pod}: ${what}`);
    }
    case 'undo':
      // Older ones did not tell where they led; what they took back then stays in the picture.
      return row('undo', '', { to: input.to ?? place.seq - 1 });
    case 'reset':
      return row('reset', '', { to: 0 });
    case 'go-to':
      return row('go-to', '', { to: input.seq });
    case 'skip':
      return row('skip', '', { ms: input.ms });
    default:
      return row('quiet');
  }
}
