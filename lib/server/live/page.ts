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
  /** Position in the terminal's output up to which this page was told everything. */
  told: number;
}

/** A page this far behind is better off starting again. */
const BACKLOG_LIMIT_BYTES = 8 * 1024 * 1024;
/** WebSocket's "try again later". */
const TRY_AGAIN = 1013;

/** Tells one page something. */
export function tell(socket: PageSocket, message: ServerMessage): void {
  if (socket.backlog > BACKLOG_LIMIT_BYTES) socket.close(TRY_AGAIN, 'the page does not keep up');
  else socket.send(JSON.stringify(message));
}

/** Tells a page the output that it has not had. */
export function tellOutput(page: Page, output: OutputBuffer): void {
  if (page.told === output.end) return;
  const { from, text } = output.since(page.told);
  page.told = output.end;
  tell(page.socket, { type: 'output', from, text });
}
