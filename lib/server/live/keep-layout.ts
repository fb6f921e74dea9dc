import { log } from '../log';
import type { Layout } from '../protocol';
import type { Loading } from './load-workspace';

/** How a workspace's panels stand, stored once they have stood so for a moment. */
export interface KeptLayout {
  readonly now: Layout;
  set(next: Layout): void;
  /** Stores what has not been stored yet. */
  close(): void;
}

const DELAY_MS = 300;

/** The layout of a workspace over its store. */
export function keepLayout({ row, store }: Loading): KeptLayout {
  let layout = row.layout;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    timer = undefined;
    store.saveLayout(row.id, layout).catch((error: unknown) => {
      log('warn', 'layout-not-stored', { workspace: row.id, error });
    });
  };
  return {
    get now() {
      return layout;
    },
    set(next) {
      layout = next;
      clearTimeout(timer);
      timer = setTimeout(save, DELAY_MS);
    },
    close() {
      if (timer === undefined) return;
      clearTimeout(timer);
      save();
    },
  };
}
