import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** Under which values it is there at all. */
  readonly when: string;
}

/** What the local values switch on: web's nginx carries the routes, mail is caught, nothing scrapes and nothing traces. */
const local = new Set(['always', 'hook', 'test', 'routes', 'mailpit']);

export function arrow(from: string, to: string, port: number): string {
  return `${from} → ${to}:${port}`;
}

/** The edges between pods that a local cluster shall let through. */
export function declaredEdges(): Edge[] {
  const graph = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'docs', 'generated', 'service-graph.json'), 'utf8')) as { edges: Edge[] };
  return graph.edges.filter(({ to, when }) => local.has(when) && to !== 'internet');
}
