import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { closeCodes } from '@muster/contracts/communication/socket';
import type { WebSocket } from 'ws';
import { limitFrames } from './frame-limit';

/**
 * A socket that records the calls made to it. Its client never agrees to be closed, so that only `terminate` ends the
 * reading.
 */
class StubbornSocket extends EventEmitter {
  readonly done: string[] = [];

  close(code: number): void {
    this.done.push(`close ${code}`);
  }

  terminate(): void {
    this.done.push('terminate');
  }
}

describe('the limit of frames', () => {
  it.each(['message', 'ping', 'pong'])('ends a client that sends too many of the kind %s, and does not only ask it to close', (kind) => {
    const socket = new StubbornSocket();
    limitFrames(socket as unknown as WebSocket);
    // The test sends more than twice the limit, because a new second may begin in between.
    for (let frame = 0; frame < 50 && socket.done.length === 0; frame += 1) socket.emit(kind);
    expect(socket.done).toEqual([`close ${closeCodes.tooFast}`, 'terminate']);
  });

  it('counts frames of all kinds together', () => {
    const socket = new StubbornSocket();
    limitFrames(socket as unknown as WebSocket);
    for (let round = 0; round < 20; round += 1) for (const kind of ['message', 'ping', 'pong']) socket.emit(kind);
    expect(socket.done).toContain('terminate');
  });
});
