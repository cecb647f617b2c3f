import type { Client } from 'pg';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

export interface Plan {
  /** Tables that are read from end to end. */
  readonly scanned: readonly string[];
  /** `table by index` for each way to rows, in alphabetical order, each once. */
  readonly ways: readonly string[];
}

/** The generic plan of a statement, which holds for all values. */
export async function planOf(client: Client, statement: string): Promise<Plan> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(`explain (generic_plan, format json) ${statement}`);
  const nodes = nodesOf((rows[0] as (typeof rows)[number])['QUERY PLAN'][0].Plan);
  const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? '');
  const ways = nodes.filter((node) => node['Index Name'] !== undefined).map((node) => withoutDay(node['Index Name']));
  return { scanned: [...new Set(scanned)].sort(), ways: [...new Set(ways)].sort() };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** An index of a partition that holds a day is that of its table. */
function withoutDay(index = ''): string {
  return index.replace(/_(\d{8}|default)_/, '_');
}
