import type { Recording, RecordingMark } from './recording-views';

/** What one recording may hold: a long lab's worth. */
const FRAMES_LIMIT = 40_000;
const TEXT_LIMIT = 4 * 1024 * 1024;
/** Reading and thinking: longer pauses are cut to this. */
const PAUSE_LIMIT_MS = 2_000;
/** How long the last screen stays. */
const TAIL_MS = 1_000;

/** Writes down what a terminal shows, on a time of its own without long pauses. */
export interface Tape {
  show(text: string): void;
  mark(kind: RecordingMark['kind'], text: string, attemptId: string | null): void;
  /** Played time goes on by so much. */
  wait(ms: number): void;
  /** Begins a gap; the returned function is told how much of it has passed. */
  gap(): (passedMs: number) => void;
  whole(): Pick<Recording, 'frames' | 'marks' | 'lengthMs'>;
}

/** An empty tape, or one that begins with a screen. */
export function createTape(screen = ''): Tape {
  const frames: { at: number; text: string }[] = screen === '' ? [] : [{ at: 0, text: screen }];
  const marks: RecordingMark[] = [];
  let at = 0;
  let length = screen.length;
  return {
    show(text) {
      length += text.length;
      const last = frames.at(-1);
      if (length > TEXT_LIMIT) return;
      if (last?.at === at) last.text += text;
      else if (frames.length < FRAMES_LIMIT) frames.push({ at, text });
    },
    mark: (kind, text, attemptId) => void marks.push({ at, kind, text, attemptId }),
    wait(ms) {
      at += ms;
    },
    gap() {
      const began = at;
      return (passedMs) => {
        at = began + Math.min(passedMs, PAUSE_LIMIT_MS);
      };
    },
    whole: () => ({ frames, marks, lengthMs: at + TAIL_MS }),
  };
}
