import { useEffect, useState } from 'react';
import type { TracedView } from '../../../../../../lib/server';

/** Where one stands in the way of a request. */
export interface Steps {
  /** The hop that is shown, from 0; -1 before there is one. */
  readonly at: number;
  readonly atEnd: boolean;
  readonly playing: boolean;
  go(to: number): void;
  play(): void;
  pause(): void;
}

const STEP_MS = 650;

/** Steps through a way: by itself at first, unless motion is not wanted; then it stands at the end. */
export function useSteps(way: TracedView | undefined): Steps {
  const last = (way?.trace.length ?? 0) - 1;
  const [at, setAt] = useState(-1);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (way === undefined) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    setAt(still ? way.trace.length - 1 : 0);
    setPlaying(!still);
  }, [way]);
  useEffect(() => {
    if (!playing) return;
    if (at >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => setAt(at + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last]);
  return {
    at: Math.min(at, last),
    atEnd: at >= last,
    playing,
    go(to) {
      setPlaying(false);
      setAt(Math.max(0, Math.min(last, to)));
    },
    play() {
      if (at >= last) setAt(0);
      setPlaying(true);
    },
    pause: () => setPlaying(false),
  };
}
