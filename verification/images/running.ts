import { serviceNames } from '@muster/contracts/kernel/ids';
import { Stack } from '../smoke/stack';
import { docker } from './docker';

interface Container {
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: { readonly ReadonlyRootfs: boolean; readonly CapDrop: readonly string[] | null };
  readonly State: { readonly ExitCode: number; readonly OOMKilled: boolean; readonly Status: string; readonly Health?: { readonly Status: string } };
  readonly Id: string;
}

const looked = [...serviceNames, 'web'];

/** Starts the images as compose.yaml runs them, looks at each, tells all to end, and looks again. */
export async function faultsWhileRunning(): Promise<ReadonlyMap<string, readonly string[]>> {
  const stack = await Stack.prepare('muster-images');
  const faults = new Map<string, string[]>(looked.map((name) => [name, []]));
  const say = (name: string, fault: string) => faults.get(name)?.push(fault);
  try {
    await stack.up();
    for (const [name, container] of containersOf(stack.project)) {
      const { HostConfig, State, Id } = container;
      const first = docker('exec', Id, 'cat', '/proc/1/cmdline').split('\0');
      // start.sh stays in front of nginx: it passes the end on after the drain.
      const isRight = name === 'web' ? first[1] === '/app/nginx/start.sh' : /(^|\/)node$/.test(first[0] ?? '');
      if (!isRight) say(name, `PID 1 is ${first.join(' ')}`);
      if (!HostConfig.ReadonlyRootfs) say(name, 'its root file system can be written');
      if (!HostConfig.CapDrop?.includes('ALL')) say(name, 'it keeps capabilities');
      if (State.Health?.Status !== 'healthy') say(name, `it is ${State.Health?.Status ?? 'without health'}`);
      const written = docker('diff', Id).split('\n').filter((line) => line !== '' && !/^C \/(tmp|run|secrets)?$|^[AC] \/(run\/)?secrets/.test(line));
      if (written.length > 0) say(name, `it wrote ${written.slice(0, 3).join(', ')}`);
    }
    await stack.stop();
    for (const [name, { State }] of containersOf(stack.project)) {
      if (State.ExitCode !== 0 || State.OOMKilled) say(name, `told to end, it ended with ${State.ExitCode}`);
    }
    return faults;
  } finally {
    await stack.down();
  }
}

function containersOf(project: string): Array<[string, Container]> {
  const ids = docker('ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${project}`).trim().split('\n');
  const all = JSON.parse(docker('container', 'inspect', ...ids)) as Container[];
  return all
    .map((container): [string, Container] => [container.Config.Labels['com.docker.compose.service'] ?? '', container])
    .filter(([name]) => looked.includes(name));
}
