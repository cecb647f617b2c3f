// The cluster's web app and mailbox on this machine's loopback, as a browser here would have them.
import { spawn, type ChildProcess } from 'node:child_process';
import { toolEnvironment } from '../../tools/dev/find-tool.mjs';
import { codeFromMailpit } from '../product/codes';
import type { Site } from '../product/visitor';
import { program, type Cluster } from './cluster';

export interface Door extends Site {
  close(): void;
}

/** The origin is the one that the services are configured with: they take the cookie of no other. */
export async function openDoor(cluster: Cluster): Promise<Door> {
  const { origin, port } = new URL(await cluster.kubectl('get', 'configmap', cluster.named('auth'), '-o', 'jsonpath={.data.PUBLIC_ORIGIN}'));
  const forwards: ChildProcess[] = [];
  const forward = (service: string, ports: string): Promise<string> => {
    const args = cluster.kubectlArguments('port-forward', '--address', '127.0.0.1', `service/${service}`, ports);
    const child = spawn(program('kubectl'), args, { env: toolEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    forwards.push(child);
    return new Promise((resolve, reject) => {
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /127\.0\.0\.1:(\d+) ->/.exec(said)?.[1];
        if (found) resolve(`http://127.0.0.1:${found}`);
      });
      child.once('exit', (code) => reject(new Error(`port-forward to ${service} ended with ${code}: ${said}`)));
    });
  };
  await forward(cluster.named('web'), `${port}:8080`);
  const mail = await forward(`${cluster.backing}-mailpit`, ':8025');
  return { origin, codeFor: codeFromMailpit(mail), close: () => forwards.forEach((child) => child.kill()) };
}
