import type { Query } from './queries';

/** What is shown beside a panel, so that it reads without knowing the code. */
export interface PanelSource {
  readonly title: string;
  /** The question that the panel answers, and what its answer means. */
  readonly answers: string;
  readonly unit: 's' | 'reqps' | 'percentunit' | 'short' | 'bytes' | 'ops';
  readonly queries: readonly Query[];
  /** From here on somebody should look; the value of the alert where there is one. */
  readonly limit?: number;
  /** Whether falling below the limit is what is bad. */
  readonly below?: true;
  /** Pages of docs/runbooks, without `.md`. */
  readonly runbooks?: readonly string[];
  /** One number in place of a line over time. */
  readonly stat?: true;
  /** Dots that lead to traces. */
  readonly exemplars?: true;
}

export interface Row { readonly title: string; readonly panels: readonly PanelSource[] }

export interface DashboardSource {
  /** The name of the file and the end of its address in Grafana. */
  readonly name: string;
  readonly title: string;
  /** When to look at it. */
  readonly answers: string;
  readonly rows: readonly Row[];
}
