import { odd } from './odd.test-support';
import { posted } from './posted.test-support';
import { listed, read } from './reads.test-support';
import type { Make } from './sending.test-support';
import { created, patched, removed, replaced } from './writes.test-support';

const MAKERS: readonly Make[] = [
  created,
  created,
  created,
  patched,
  patched,
  patched,
  replaced,
  replaced,
  listed,
  read,
  removed,
  posted,
  odd,
];

/** A request of any kind: what people send, what programs send, and what nobody should. */
export const randomRequest: Make = (draw, workspace) => {
  const sent = draw.pick(MAKERS)(draw, workspace);
  // Node's client sends no other characters, and Go's server would take none.
  return { ...sent, path: sent.path.replaceAll(/[^!-~]/gu, (char) => encodeURIComponent(char)) };
};
