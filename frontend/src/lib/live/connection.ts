/** One connection to the socket, as much of a browser's WebSocket as is used. */
export type LiveSocket = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>;

/** What the live connection needs from the place where the web app runs. */
export interface Connection {
  openSocket(): LiveSocket;
  /** Does work later. @returns a function that cancels the work */
  after(milliseconds: number, work: () => void): () => void;
  /** A random number, at least 0 and less than 1. */
  random(): number;
  /** Calls `wake` when the page is looked at again or has network again. */
  onWake(wake: () => void): () => void;
}
