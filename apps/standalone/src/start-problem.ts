/**
 * A problem that keeps Muster from starting and that a person can solve. Its message is a whole sentence for that
 * person; it is printed without a stack, and the process ends with code 1.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** The system's name of a fault (`ENOENT`); undefined for anything else. */
export const errorCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Turns a file-system error under `path` into a problem; any other error is returned unchanged. */
export function fileProblem(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartProblem(`The disk is full: nothing more can be written to ${path}. Free some space and start again.`);
    case 'EACCES':
    case 'EPERM':
      return new StartProblem(`${path} can't be written by this user. Choose another folder with --data, or give it to this user.`);
    case 'EROFS':
      return new StartProblem(`${path} is on a read-only file system. Choose another folder with --data.`);
    case 'ENOENT':
      return new StartProblem(`${path} can't be made there. Choose another folder with --data.`);
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartProblem(`${path} is in the way: a folder is needed there. Choose another folder with --data.`);
    default:
      // Every error of a system call has a code and names the call (a missing or endless path, a broken disk …).
      if (!(error instanceof Error && 'syscall' in error)) return error;
      return new StartProblem(`${path} can't be used (${errorCode(error)} in ${String(error.syscall)}). Choose another folder with --data.`);
  }
}
