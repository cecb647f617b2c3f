import { takeSocketTicket } from '@muster/contracts/communication/routes';
import { serverFrame, type ServerFrame } from '@muster/contracts/communication/socket';
import type { LiveHint } from '@muster/contracts/kernel/event';
import { WebSocket } from 'ws';
import type { Visitor } from './visitor';

/** A visitor's open socket; frames that came are kept, so that a hint counts that came before it was waited for. */
export class Live {
  private readonly frames: ServerFrame[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.frames.push(serverFrame.parse(JSON.parse(data.toString('utf8'))));
      for (const wake of this.waiting) wake();
    });
  }

  /** @throws Error when the socket is not welcomed */
  static async open(visitor: Visitor): Promise<Live> {
    const { ticket } = await visitor.call(takeSocketTicket, { body: {} });
    const { origin, ca } = visitor.site;
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/ws`, { origin, ...(ca === undefined ? {} : { ca }) });
    const live = new Live(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send(JSON.stringify({ type: 'hello', ticket }));
    await live.until('a welcome', (frame) => frame.type === 'welcome');
    return live;
  }

  /** @returns milliseconds that it took from now. @throws Error when no such hint comes within 10 s */
  async hint(kind: LiveHint['kind'], id?: string): Promise<number> {
    const started = performance.now();
    await this.until(`a hint of ${kind}`, (frame) => frame.type === 'hint' && frame.hint.kind === kind && (id === undefined || frame.hint.id === id));
    return performance.now() - started;
  }

  close(): void {
    this.socket.close();
  }

  private async until(what: string, holds: (frame: ServerFrame) => boolean): Promise<void> {
    const end = Date.now() + 10_000;
    while (!this.frames.some(holds)) {
      if (Date.now() > end || this.socket.readyState > WebSocket.OPEN) throw new Error(`${what} did not come over the socket`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        const wake = () => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
  }
}
