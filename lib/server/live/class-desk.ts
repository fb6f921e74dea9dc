import type { Lab, Verdict } from '../../labs';
import { AppError } from '../app-error';
import { log } from '../log';
import type { ClientMessage, ServerMessage } from '../protocol';
import type { Classroom } from './classroom';
import { toWorkspacePath } from './home-paths';
import type { StoredWorkspace } from './stored-workspace';
import type { WorkspaceRow } from './workspace-store';

/** What pages say to their class. */
export type ClassMessage = Extract<ClientMessage, { type: 'hand' | 'reply' | 'follow' }>;

/** A live workspace's side of its class: what its pages are told of it, and what they ask of it. */
export interface ClassDesk {
  /** Tells every page what is new; after an attempt, what was written for its verdicts. `latest`: where they are known. */
  tell(latest?: readonly Verdict[]): void;
  /** An input was stored. */
  inputCame(): void;
  serve(message: ClassMessage): Promise<void>;
  /** `listener` hears what the terminal shows from now on. */
  watch(listener: (text: string) => void): () => void;
  /** The terminal showed something. */
  shown(text: string): void;
  close(): void;
}

/** What a desk is made from. */
export interface DeskParts {
  readonly row: WorkspaceRow;
  readonly lab: Lab;
  readonly classroom: Classroom | undefined;
  readonly stored: () => StoredWorkspace;
  /** The newest attempt's verdicts. */
  latest(): Promise<readonly Verdict[]>;
  tellAll(message: ServerMessage): void;
  /** Types into the learner's terminal, where they see it. */
  type(keys: string): void;
}

/** Boards are read every second at most; they need not hear of every key. */
const TELL_EVERY_MS = 2_000;

/** The desk of a workspace; one that belongs to no class has nothing to say. */
export function createClassDesk(parts: DeskParts): ClassDesk {
  const { row, lab, tellAll } = parts;
  const classroom = row.assignmentId === null || row.forkedFromId !== null ? undefined : parts.classroom;
  const watchers = new Set<(text: string) => void>();
  let toldAt = 0;
  let told: Promise<unknown> = Promise.resolve();

  const tellNow = async (latest?: readonly Verdict[]) => {
    if (classroom === undefined) return;
    const view = await classroom.view(row, lab, latest ?? (await parts.latest()));
    tellAll({ type: 'classroom', classroom: view });
  };
  const tell: ClassDesk['tell'] = (latest) => {
    told = told
      .then(() => tellNow(latest))
      .catch((error: unknown) => {
        log('error', 'classroom-not-told', { workspace: row.id, error });
      });
  };
  const silence = classroom?.listen(row, () => tell());

  async function applyPatch(found: Classroom, replyId: string): Promise<void> {
    const patch = await found.patchOf(row, replyId);
    const stored = parts.stored();
    if (patch.apply.length > 0 && !stored.workspace.atRest)
      throw new AppError('invalid', 'A command is running in your terminal. End it first, then apply this.');
    for (const { path, text } of patch.files)
      await stored.accept({ kind: 'save', path: toWorkspacePath(path), text });
    await found.settleReply(row, replyId, 'applied');
    const files = patch.apply.map((path) => `-f '${path}'`).join(' ');
    if (files !== '') parts.type(`kubectl apply ${files}\r`);
  }

  return {
    tell,
    inputCame() {
      if (classroom === undefined || Date.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = Date.now();
      classroom.happened(row);
    },
    async serve(message) {
      if (classroom === undefined) throw new AppError('invalid', 'This lab was not opened from a cohort.');
      if (message.type === 'hand')
        await classroom.setHand(row, parts.stored().seq, message.raised ? message.text : undefined);
      else if (message.type === 'follow') await classroom.answerFollow(row, message.agrees);
      else if (message.action === 'apply') await applyPatch(classroom, message.reply);
      else await classroom.settleReply(row, message.reply, 'dismissed');
    },
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    shown(text) {
      for (const watcher of [...watchers]) watcher(text);
    },
    close() {
      silence?.();
    },
  };
}
