/** For the checks that are TypeScript; what each does is said in find-tool.mjs. */
export function toolsFolder(): string;
export function findTool(name: string): string | undefined;
export function toolEnvironment(): NodeJS.ProcessEnv;
export function toolOrNotice(name: string, without?: string): string | undefined;
