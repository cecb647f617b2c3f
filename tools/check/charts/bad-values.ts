// Values that must be refused, each for the reason in its first line (`# environment: part of the message`). They stand in
// charts/<chart>/tests/bad-values; helm puts them over the environment's own values.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { charts, template } from '../../generate/charts/renders';
import { inTurn } from './in-turn';

const withBadValues = ['muster', 'muster-backing'];

interface BadValues {
  readonly chart: string;
  readonly file: string;
  readonly environment: string;
  readonly reason: string;
}

function all(): BadValues[] {
  return withBadValues.flatMap((chart) => {
    const folder = join(charts, chart, 'tests', 'bad-values');
    return readdirSync(folder).sort().map((name) => {
      const file = join(folder, name);
      const [, environment = '', reason = ''] = /^# (\w+): (.+)\n/.exec(readFileSync(file, 'utf8')) ?? [];
      return { chart, file, environment, reason };
    });
  });
}

async function faultOf({ chart, file, environment, reason }: BadValues): Promise<string | undefined> {
  const name = `${chart}: ${file.split('/').pop() ?? file}`;
  if (reason === '') return `${name} does not say in its first line why it is refused`;
  const { status, stderr } = await template(chart, environment, ['--values', file]);
  if (status === 0) return `${name} was taken`;
  return stderr.includes(reason) ? undefined : `${name} was refused, but not for “${reason}”: ${stderr.trim().slice(0, 300)}`;
}

export async function badValues(): Promise<{ count: number; faults: string[] }> {
  const files = all();
  const faults = await inTurn(files, faultOf);
  return { count: files.length, faults: faults.filter((fault): fault is string => fault !== undefined) };
}
