// All lines of the report, pillar by pillar.
import type { Line, Pillar } from './line';
import { build } from './pillars/build';
import { configuration } from './pillars/configuration';
import { containers } from './pillars/containers';
import { delivery } from './pillars/delivery';
import { documentation } from './pillars/documentation';
import { kubernetes } from './pillars/kubernetes';
import { logging } from './pillars/logging';
import { metrics } from './pillars/metrics';
import { performance } from './pillars/performance';
import { resilience } from './pillars/resilience';
import { security } from './pillars/security';
import { testing } from './pillars/testing';
import { tracing } from './pillars/tracing';

export interface Entry {
  readonly id: string;
  readonly pillar: Pillar;
  readonly line: Line;
}

export const pillars: readonly Pillar[] = [
  build, configuration, logging, metrics, testing, security, containers, tracing, delivery, documentation, resilience, performance, kubernetes,
];

export const entries: readonly Entry[] = pillars.flatMap((pillar) => pillar.lines.map((line) => ({ id: `${pillar.name}/${line.name}`, pillar, line })));
