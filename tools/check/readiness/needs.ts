// What this machine lacks of what a line's evidence needs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findTool } from '../../dev/find-tool.mjs';
import type { Need } from './line';

const programs: Readonly<Partial<Record<Need, readonly string[]>>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  'nats-server': ['nats-server'],
  'valkey-server': ['valkey-server', 'redis-server'],
};
const known = new Map<Need, boolean>();

/** The first need that is not met here. */
export function lacking(needs: readonly Need[]): Need | undefined {
  return needs.find((need) => !isHere(need));
}

function isHere(need: Need): boolean {
  const answer = known.get(need) ?? look(need);
  known.set(need, answer);
  return answer;
}

function look(need: Need): boolean {
  if (need === 'docker') return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
  if (need === 'cluster') return spawnSync(findTool('kubectl') ?? 'kubectl', ['get', '--raw', '/readyz', '--request-timeout=5s'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
  if (need.startsWith('tool:')) return findTool(need.slice('tool:'.length)) !== undefined;
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(process.env['GOPATH'] ?? join(homedir(), 'go'), 'bin')];
  return (programs[need] ?? []).some((program) => folders.some((folder) => existsSync(join(folder, program))));
}
