import { takeSocketTicket } from '@muster/contracts/communication/routes';
import { serverFrame, type ServerFrame } from '@muster/contracts/communication/socket';
import type { LiveHint } from '@muster/contracts/kernel/event';
import { eventually } from '@muster/platform/testing/eventually';
import { WebSocket } from 'ws';
import type { Visitor } from '../product/visitor';

/** A visitor's open socket; frames that came are kept, so that a hint counts that came before it was waited for. */
export class Live {
  private readonly frames: ServerFrame[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.frames.push(serverFrame.parse(JSON.parse(data.toString('utf8')))));
  }

  /** @throws Error when the socket is not welcomed */
  static async open(visitor: Visitor): Promise<Live> {
    const { ticket } = await visitor.call(takeSocketTicket, { body: {} });
    const { origin, ca } = visitor.site;
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/ws`, { origin, ...(ca === undefined ? {} : { ca }) });
    const live = new Live(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send(JSON.stringify({ type: 'hello', ticket }));
    await live.came('a welcome', (frame) => frame.type === 'welcome');
    return live;
  }

  /** @throws Error when no such hint comes within 10 s */
  async hint(kind: LiveHint['kind'], id: string): Promise<void> {
    await this.came(`a hint of ${kind}`, (frame) => frame.type === 'hint' && frame.hint.kind === kind && frame.hint.id === id);
  }

  close(): void {
    this.socket.close();
  }

  private came(what: string, holds: (frame: ServerFrame) => boolean): Promise<void> {
    return eventually(() => {
      if (!this.frames.some(holds)) throw new Error(`${what} did not come over the socket`);
    }, 10_000);
  }
}
