/** Hits in the present window of a key. */
export interface WindowCount {
  readonly count: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** Fixed windows: the first hit of a key opens one of `windowMs`, and all hits in it count. */
export interface CounterStore {
  /** At once where the counts are in this process: a promise costs a request more than the counting does. */
  hit(key: string, windowMs: number): WindowCount | Promise<WindowCount>;
  close(): Promise<void>;
}
