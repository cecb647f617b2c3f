import { closeCodes } from '@muster/contracts/communication/socket';
import { surviving } from '@muster/platform/kernel/surviving';
import type { WebSocket } from 'ws';

/** After its hello a client sends nothing but pongs, so more frames than this in a second are an attack. */
const MOST_FRAMES_A_SECOND = 20;

/**
 * Terminates the socket of a client that sends too many frames of any kind. A close handshake would not do: until the
 * client agreed, everything that it goes on sending would be read.
 */
export function limitFrames(socket: WebSocket): void {
  let second = 0;
  let frames = 0;
  const count = (): void => {
    const now = Math.floor(performance.now() / 1000);
    frames = now === second ? frames + 1 : 1;
    second = now;
    if (frames <= MOST_FRAMES_A_SECOND) return;
    socket.close(closeCodes.tooFast);
    socket.terminate();
  };
  for (const kind of ['message', 'ping', 'pong']) socket.on(kind, surviving('websocket frames', count));
}
