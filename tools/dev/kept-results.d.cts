export interface KeptTests {
  readonly at: string;
  readonly seconds: number;
  /** Why the file could not run as a whole. */
  readonly broken?: string;
  readonly tests: readonly (readonly [name: string, status: string])[];
}

export interface KeptCheck {
  readonly at: string;
  readonly seconds: number;
  readonly passed: boolean;
  readonly output: string;
}

export type TreeFiles = ReadonlyMap<string, string>;

export function treeFiles(folder?: string): TreeFiles | undefined;
export function treeHash(files: TreeFiles | undefined, paths?: readonly string[], except?: RegExp): string | undefined;
export function keptResults(kind: 'tests', tree: string | undefined): Readonly<Record<string, KeptTests>>;
export function keptResults(kind: 'checks', tree: string | undefined): Readonly<Record<string, KeptCheck>>;
