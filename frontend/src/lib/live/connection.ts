/** One connection to the socket; a browser's WebSocket is one. */
export type LiveSocket = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>;

/** What the live connection asks of the place where the web app runs. */
export interface Connection {
  openSocket(): LiveSocket;
  /** Does work later. @returns takes it back */
  after(milliseconds: number, work: () => void): () => void;
  /** At least 0, less than 1. */
  random(): number;
  /** Calls `wake` when the page is looked at again or has network again. */
  onWake(wake: () => void): () => void;
}
