/** Retries that a dependency may be sent before it has earned any: a quiet service may retry its first failure. */
const RESERVE = 3;
/** Savings are bounded, or an hour of good weather would pay for a storm of retries. */
const MOST = 50;

/** Each request earns a tenth of a retry, so that retries stay within 10 % of requests however much fails. */
export class RetryBudget {
  private tokens = RESERVE;

  constructor(private readonly share = 0.1) {}

  get available(): number {
    return Math.floor(this.tokens);
  }

  earn(): void {
    this.tokens = Math.min(MOST, this.tokens + this.share);
  }

  /** False when nothing is left; then the failure stands. */
  take(): boolean {
    // A sum of tenths: 0.1 ten times is a little less than 1.
    if (this.tokens < 1 - 1e-9) return false;
    this.tokens -= 1;
    return true;
  }
}
