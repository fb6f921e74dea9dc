import { randomUUID } from 'node:crypto';
import type { LiveWorkspace, Registry } from '../../live';
import { log } from '../../log';
import { type Bus, topics } from '../bus';

/** Terminals as they are shown in whichever process has their workspace. */
export interface TerminalRelay {
  /**
   * Calls `shown` with what the terminal has shown (`anew`: in the place of all before) and shows from now on, until the
   * returned function is called. Of several processes any may have the workspace, and another later.
   */
  watch(workspaceId: string, shown: (text: string, anew: boolean) => void): () => void;
}

/** A watcher says so often that it is there, and is forgotten when it has not for so long. */
const ASK_EVERY_MS = 2_500;
const FORGET_MS = 10_000;
/** Whoever has the workspace answers well within this; otherwise nobody has. */
const ANSWER_MS = 1_000;
/** The bus takes 8000 bytes, and JSON may spend six on a character. */
const PIECE_LENGTH = 1_200;
/** What waits to be told beyond this is cut: nobody reads it as fast. */
const WAITING_LENGTH = 64 * 1024;

/** A piece of what is shown: `n` counts from 0, with which all that was shown before begins. */
interface Piece {
  readonly n: number;
  readonly text: string;
}

interface Wish {
  readonly workspaceId: string;
  readonly watcher: string;
}

/** A relay over the bus that all processes share. */
export function createTerminalRelay(bus: Bus, registry: Registry): TerminalRelay {
  const senders = new Map<string, Sender>();

  bus.subscribe(topics.terminalWanted, (body) => {
    if (body === null) return;
    const { workspaceId, watcher } = body as Wish;
    for (const [id, sender] of senders) if (sender.until < Date.now()) drop(id);
    const live = registry.inMemory(workspaceId);
    const known = senders.get(watcher);
    if (known !== undefined && known.live === live) known.until = Date.now() + FORGET_MS;
    else {
      drop(watcher);
      if (live !== undefined) senders.set(watcher, createSender(bus, live, topics.terminal(watcher)));
    }
  });
  bus.subscribe(topics.terminalUnwanted, (body) => {
    if (body !== null) drop((body as Wish).watcher);
  });

  function drop(watcher: string): void {
    senders.get(watcher)?.stop();
    senders.delete(watcher);
  }

  return {
    watch(workspaceId, shown) {
      let wish: Wish = { workspaceId, watcher: randomUUID() };
      let next = 0;
      let silence = () => {};
      let ended = false;
      let patience: ReturnType<typeof setTimeout> | undefined;

      const begin = () => {
        silence();
        wish = { workspaceId, watcher: randomUUID() };
        next = 0;
        silence = bus.subscribe(topics.terminal(wish.watcher), hear);
        ask();
      };
      const hear = (body: unknown) => {
        // After a gap somebody may have missed anything.
        if (body === null) return begin();
        const { n, text } = body as Piece;
        if (n !== 0 && n !== next) return begin();
        next = n + 1;
        clearTimeout(patience);
        shown(text, n === 0);
      };
      const ask = () => {
        void bus.publish(topics.terminalWanted, wish);
        clearTimeout(patience);
        if (next === 0) patience = setTimeout(() => void openHere(), ANSWER_MS);
      };
      const openHere = async () => {
        try {
          await registry.open(workspaceId);
          if (!ended) void bus.publish(topics.terminalWanted, wish);
        } catch (error) {
          // Another process has it by now, or will be able to say so when it is asked once more.
          log('info', 'terminal-not-here', { workspace: workspaceId, error });
        }
      };
      begin();
      const asking = setInterval(ask, ASK_EVERY_MS);
      return () => {
        ended = true;
        clearInterval(asking);
        clearTimeout(patience);
        silence();
        void bus.publish(topics.terminalUnwanted, wish);
      };
    },
  };
}

interface Sender {
  readonly live: LiveWorkspace;
  until: number;
  stop(): void;
}

/** Tells one watcher what a live workspace's terminal shows, piece after piece. */
function createSender(bus: Bus, live: LiveWorkspace, topic: string): Sender {
  let n = 0;
  let waiting = '';
  let sending = false;
  let stopped = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    while (!stopped && (waiting !== '' || n === 0)) {
      const text = waiting.slice(0, PIECE_LENGTH);
      waiting = waiting.slice(PIECE_LENGTH);
      const piece: Piece = { n, text };
      n += 1;
      await bus.publish(topic, piece);
    }
    sending = false;
  };
  const add = (text: string) => {
    waiting += text;
    if (waiting.length > WAITING_LENGTH) {
      waiting = waiting.slice(-WAITING_LENGTH / 2);
      n = 0;
    }
    void send();
  };
  const { shown, stop } = live.watch(add);
  add(shown.slice(-WAITING_LENGTH));
  return {
    live,
    until: Date.now() + FORGET_MS,
    stop() {
      stopped = true;
      stop();
    },
  };
}
