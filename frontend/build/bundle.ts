export interface Chunk {
  type: 'chunk';
  fileName: string;
  name: string;
  isEntry: boolean;
  imports: string[];
  facadeModuleId: string | null;
  code: string;
}
export type Bundle = Record<string, Chunk | { type: 'asset' }>;

/** The files that a browser needs for the entry and for these modules of the source, each once. */
export function closureOf(bundle: Bundle, modules: readonly RegExp[]): string[] {
  const chunks = Object.values(bundle).filter((chunk): chunk is Chunk => chunk.type === 'chunk');
  const wanted = new Set<string>();
  const take = (fileName: string): void => {
    const chunk = bundle[fileName];
    if (wanted.has(fileName) || chunk?.type !== 'chunk') return;
    wanted.add(fileName);
    chunk.imports.forEach(take);
  };
  chunks.filter((chunk) => chunk.isEntry).forEach((chunk) => take(chunk.fileName));
  for (const pattern of modules) {
    const found = chunks.filter((chunk) => pattern.test(chunk.facadeModuleId ?? ''));
    if (found.length === 0) throw new Error(`No chunk matches ${pattern}: it would be of something else.`);
    found.forEach((chunk) => take(chunk.fileName));
  }
  return [...wanted];
}
