/** Hits in the present window of a key. */
export interface WindowCount {
  readonly count: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** The result of adding members to a set. */
export interface SetCount {
  /** False when they would have made the set larger than it may be: then none of them is in it for this. */
  readonly added: boolean;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** Fixed windows: the first hit of a key opens one of `windowMs`, and all hits in it count. */
export interface CounterStore {
  /** At once where the counts are in this process: a promise costs a request more than the counting does. */
  countHit(key: string, windowMs: number): WindowCount | Promise<WindowCount>;
  /**
   * Puts members into the key's set of the present window, all of them or none. Members that are in it already take no
   * room, so that a set never holds more than `most`.
   */
  countMembers(key: string, members: readonly string[], windowMs: number, most: number): SetCount | Promise<SetCount>;
  close(): Promise<void>;
}
