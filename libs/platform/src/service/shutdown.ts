import { Injectable, Logger } from '@nestjs/common';

type Step = () => void | Promise<void>;
type SocketsStep = (windowMs: number) => void | Promise<void>;

/**
 * Runs the steps of a shutdown in order, registered by their owners. Nest's own hooks run before the server stops, so
 * resources that requests need are closed here instead.
 */
@Injectable()
export class Shutdown {
  private readonly logger = new Logger(Shutdown.name);
  private readonly pulling = new Map<string, Step>();
  private readonly sockets = new Map<string, SocketsStep>();
  private readonly resources: { name: string; close: Step }[] = [];
  private drainBegun = false;

  /** At once when the drain begins: stop taking new work (consumers, timers, relays); requests still come. */
  whenDraining(name: string, step: Step): void {
    this.pulling.set(name, step);
  }

  /** After the drain time: close long-lived sockets with 1012, spread over `windowMs`. */
  whenSocketsClose(name: string, step: SocketsStep): void {
    this.sockets.set(name, step);
  }

  /** When no request is left: brokers, pools, files. The last registered is closed first. */
  whenClosing(name: string, close: Step): void {
    this.resources.push({ name, close });
  }

  get isDraining(): boolean {
    return this.drainBegun;
  }

  /** Resolves when what was being worked on has been finished or given back. */
  async drain(): Promise<void> {
    if (this.drainBegun) return;
    this.drainBegun = true;
    await Promise.all([...this.pulling].map(([name, step]) => this.run(name, step)));
  }

  async closeSockets(windowMs: number): Promise<void> {
    const steps = [...this.sockets];
    this.sockets.clear();
    await Promise.all(steps.map(([name, step]) => this.run(name, () => step(windowMs))));
  }

  async close(): Promise<void> {
    for (const { name, close } of this.resources.splice(0).reverse()) await this.run(name, close);
  }

  /** One that fails must not keep the others open. */
  private async run(name: string, step: Step): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.logger.error({ err: error, step: name }, 'a step of the shutdown failed');
    }
  }
}
