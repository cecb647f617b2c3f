// A port of the cluster on this machine's loopback, for as long as a step needs it.
import { spawn, type ChildProcess } from 'node:child_process';
import { toolEnvironment } from '../../tools/dev/find-tool.mjs';
import type { Cluster } from './cluster';
import { program } from './program';

export class Forward {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** @param local 0: any that is free. @throws Error when it does not start */
  static open(cluster: Cluster, service: string, remote: number, local = 0): Promise<Forward> {
    const args = ['--context', cluster.context, '-n', cluster.namespace, 'port-forward', '--address', '127.0.0.1', `service/${service}`, `${local === 0 ? '' : local}:${remote}`];
    const child = spawn(program('kubectl'), args, { env: toolEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    return new Promise((resolve, reject) => {
      let said = '';
      const listen = (text: string): void => {
        said += text;
        const port = /127\.0\.0\.1:(\d+) ->/.exec(said)?.[1];
        if (port) resolve(new Forward(Number(port), child));
      };
      child.stdout.setEncoding('utf8').on('data', listen);
      child.stderr.setEncoding('utf8').on('data', listen);
      child.once('exit', (code) => reject(new Error(`port-forward to ${service} ended with ${code}: ${said}`)));
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  close(): void {
    this.child.kill();
  }
}
