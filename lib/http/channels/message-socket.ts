/** A WebSocket after its handshake, whatever carries it. Messages are binary. */
export interface MessageSocket {
  /** Resolves when the carrier has taken the message, or at once when nobody is there any more. */
  send(message: Uint8Array): Promise<void>;
  onMessage(listener: (message: Uint8Array) => void): void;
  /** The line is gone, whoever ended it. */
  onClose(listener: () => void): void;
  /** No message comes until `resume`: the other end has to wait. */
  pause(): void;
  resume(): void;
  close(code: number, reason: string): void;
}
