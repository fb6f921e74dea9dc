import { vi } from 'vitest';
import type { ClientMessage, ServerMessage } from '../protocol';
import type { PageSocket } from './page';
import type { Registry } from './registry';

/** A page as a test holds it. */
export interface Tab {
  readonly heard: ServerMessage[];
  readonly closed: number[];
  say(message: ClientMessage): void;
  leave(): void;
  /** The newest message of a type, once there is one that fits. */
  hear<T extends ServerMessage['type']>(
    type: T,
    fits?: (message: Extract<ServerMessage, { type: T }>) => boolean,
  ): Promise<Extract<ServerMessage, { type: T }>>;
  /** Everything on the main terminal's screen. */
  screen(): string;
}

/** A message in a few words, for a failure to be read. */
const gist = (message: ServerMessage): string =>
  'objects' in message ? 'welcome' : JSON.stringify(message).slice(0, 200);

/** Opens a page on a workspace and waits until it is welcomed. */
export async function openTab(server: Registry, id: string, seen?: number): Promise<Tab> {
  const heard: ServerMessage[] = [];
  const closed: number[] = [];
  const socket: PageSocket = {
    send: (text) => heard.push(JSON.parse(text)),
    backlog: 0,
    close: (code) => closed.push(code),
  };
  const workspace = await server.open(id);
  const tab: Tab = {
    heard,
    closed,
    say: (message) => workspace.receive(socket, message),
    leave: () => workspace.detach(socket),
    hear: (type, fits = () => true) =>
      vi.waitFor(
        () => {
          const found = heard
            .filter((message) => message.type === type)
            .filter((message) => fits(message as never));
          const newest = found.at(-1);
          if (newest === undefined) throw new Error(`no ${type} in: ${heard.map(gist).join(' | ')}`);
          return newest as never;
        },
        { timeout: 10_000, interval: 5 },
      ),
    screen: () =>
      heard
        .map((message) =>
          message.type === 'output' && message.terminal === undefined
            ? message.text
            : message.type === 'welcome'
              ? message.output
              : '',
        )
        .join(''),
  };
  tab.say({ type: 'hello', size: { columns: 100, rows: 30 }, ...(seen === undefined ? {} : { seen }) });
  await tab.hear('welcome');
  return tab;
}
