'use client';

import { useEffect, useState } from 'react';
import type { Scene } from '../_diagram/scene';
import { keepBerths } from './keep-berths';

/** What the server answers: what was said, and a scene for each moment at which something changed. */
interface Played {
  readonly said: string;
  readonly frames: readonly { readonly afterMs: number; readonly scene: Scene }[];
}

/** The front page's cluster as this visitor has made it. */
export interface FrontState {
  readonly moves: readonly string[];
  readonly scene: Scene;
  /** Scenes that are still to be shown. */
  readonly coming: Played['frames'];
  /** The last command with its output, or what became of the last request. */
  readonly said: string;
  /** The server is being asked. */
  readonly waiting: boolean;
  readonly problem: string | undefined;
  /** Grows with every request, so that its course is drawn anew. */
  readonly requests: number;
}

/** Between two scenes of one move. Virtual time is quicker than that, or slower: what counts is the order. */
const FRAME_MS = 650;

/** The state of the front page's cluster, and what can be done to it. */
export function useFrontCluster(begin: Scene) {
  const start: FrontState = {
    moves: [],
    scene: begin,
    coming: [],
    said: '',
    waiting: false,
    problem: undefined,
    requests: 0,
  };
  const [state, setState] = useState(start);
  const { coming } = state;

  useEffect(() => {
    if (coming.length === 0) return;
    const timer = setTimeout(() => {
      setState((now) => {
        const [next, ...rest] = now.coming;
        return next === undefined ? now : { ...now, scene: keepBerths(now.scene, next.scene), coming: rest };
      });
    }, FRAME_MS);
    return () => clearTimeout(timer);
  }, [coming]);

  const make = async (move: string) => {
    const moves = [...state.moves, move];
    setState((now) => ({ ...now, waiting: true, problem: undefined }));
    try {
      const answer = await fetch('/front-cluster', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ moves }),
      });
      const body: Played & { readonly message?: string } = await answer.json();
      if (!answer.ok) throw new Error(body.message ?? 'The server did not take it.');
      setState((now) => played({ ...now, moves }, body));
    } catch (error) {
      const problem =
        error instanceof TypeError
          ? 'The server does not answer; nothing was done.'
          : String((error as Error).message);
      setState((now) => ({ ...now, waiting: false, problem }));
    }
  };
  return { state, make, beginAnew: () => setState(start) };
}

function played(now: FrontState, { said, frames }: Played): FrontState {
  // What was still coming is over: the new move happened after it.
  const settled = now.coming.at(-1)?.scene ?? now.scene;
  const [first, ...coming] = frames;
  const scene = first === undefined ? settled : keepBerths(settled, first.scene);
  const { way } = scene;
  return {
    ...now,
    scene,
    coming,
    waiting: false,
    said: way === undefined ? said : `${way.from} asked http://${way.host}: ${way.outcome}`,
    requests: now.requests + (way === undefined ? 0 : 1),
  };
}
