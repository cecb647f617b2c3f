/** For the checks that are TypeScript; see dependencies.mjs. */
export function packDependencies(command?: 'build' | 'update'): Promise<number | undefined>;
