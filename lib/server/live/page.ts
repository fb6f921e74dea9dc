import type { ServerMessage } from '../protocol';
import type { OutputBuffer } from './output-buffer';

/** One open tab: something that can be told things. */
export interface PageSocket {
  send(text: string): void;
  /** Bytes that the network has not taken yet. */
  readonly backlog: number;
  /** Ends the line; the page comes back by itself and resumes where it was. */
  close(code: number, reason: string): void;
}

/** A tab that has said hello. */
export interface Page {
  readonly socket: PageSocket;
  /** By terminal: the position in its output up to which this page was told everything. */
  readonly told: Map<string, number>;
}

/** The terminal that every workspace has; messages do not name it. */
export const MAIN = 'main';

/** A page this far behind is better off starting again. */
const BACKLOG_LIMIT_BYTES = 8 * 1024 * 1024;
/** WebSocket's "try again later". */
const TRY_AGAIN = 1013;

/** Tells one page something. */
export function tell(socket: PageSocket, message: ServerMessage): void {
  if (socket.backlog > BACKLOG_LIMIT_BYTES) socket.close(TRY_AGAIN, 'the page does not keep up');
  else socket.send(JSON.stringify(message));
}

/** Tells a page the output that it has not had of the terminals that it shows. */
export function tellOutput(page: Page, outputs: ReadonlyMap<string, OutputBuffer>): void {
  for (const [terminal, told] of page.told) {
    const output = outputs.get(terminal);
    if (output === undefined || told === output.end) continue;
    const { from, text } = output.since(told);
    page.told.set(terminal, output.end);
    tell(page.socket, { type: 'output', from, text, ...(terminal === MAIN ? {} : { terminal }) });
  }
}
