/** For the report, which is TypeScript; what each does is said in kept-results.mjs. */
interface Kept { readonly at: string; readonly seconds: number }
export interface KeptTests extends Kept { readonly broken?: string; readonly tests: readonly (readonly [name: string, status: string])[] }
export type TreeFiles = ReadonlyMap<string, string>;
export function treeFiles(folder?: string): TreeFiles | undefined;
export function treeHash(files: TreeFiles | undefined, paths?: readonly string[], except?: RegExp): string | undefined;
export function keptResults(kind: 'tests', tree: string | undefined): Readonly<Record<string, KeptTests>>;
export function keptResults(kind: 'checks', tree: string | undefined): Readonly<Record<string, Kept & { readonly passed: boolean; readonly output: string }>>;
