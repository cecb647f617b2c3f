import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformEnv } from './platform-env';

/** Which build this is; in every log line, in `/health` and in `muster_build_info`. */
export interface Release {
  readonly version: string;
  /** The commit of the source, or `unknown`. */
  readonly commit: string;
}

/**
 * The images set both variables. In a checkout the version is that of package.json. The commit stays unknown there,
 * because files that were changed since would make any other answer a lie.
 */
export function releaseOf(env: Pick<PlatformEnv, 'RELEASE_VERSION' | 'RELEASE_COMMIT'>): Release {
  return { version: env.RELEASE_VERSION ?? versionOfCheckout(), commit: env.RELEASE_COMMIT ?? 'unknown' };
}

function versionOfCheckout(): string {
  try {
    return (JSON.parse(readFileSync(join(__dirname, '../../../../package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return 'unknown'; // the code was copied out of its repository, without the variables that go with it
  }
}
