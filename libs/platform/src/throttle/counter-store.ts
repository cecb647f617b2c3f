/** Hits in the present window of a key. */
export interface WindowCount {
  readonly count: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** Fixed windows: the first hit of a key opens one of `windowMs`, and all hits in it count. */
export interface CounterStore {
  hit(key: string, windowMs: number): Promise<WindowCount>;
  close(): Promise<void>;
}
