/**
 * `timeout`: no answer in time. `deadline`: our own caller's time was up first. `connection`: refused, reset, name not
 * found. `status`: 5xx. `open`: the breaker did not let it out. `full`: the bulkhead did not. `answer`: too long.
 */
export type OutboundFailureKind = 'timeout' | 'deadline' | 'connection' | 'status' | 'open' | 'full' | 'answer';

/** Why a call to a dependency gave no usable answer. Holds no address, header or body: it is logged. */
export class OutboundFailure extends Error {
  /** Whether it is worth another attempt; the dependency's budget may say no. */
  retry = false;

  constructor(
    readonly dependency: string,
    readonly kind: OutboundFailureKind,
    options?: { cause?: unknown; detail?: string | number },
  ) {
    super(
      `${dependency}: ${kind}${options?.detail === undefined ? '' : ` ${options.detail}`}`,
      options?.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'OutboundFailure';
  }

  /** The dependency's fault, and not our caller's haste or our own limits. */
  get countsAgainstBreaker(): boolean {
    return this.kind === 'timeout' || this.kind === 'connection' || this.kind === 'status';
  }
}
