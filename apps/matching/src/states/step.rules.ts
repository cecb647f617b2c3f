/** Who may be behind a step; `system` is a timer or what another step entails. */
export type Actor = 'contractor' | 'worker' | 'system';

/** One passage from a state to another, as it is written down beside the row that it changes. */
export interface Step<State extends string> {
  readonly from: State;
  readonly to: State;
  readonly actor: Actor;
  readonly reason: string;
}

export interface Transition<State extends string> {
  /** Undefined where the state does not allow it. */
  (from: State): Step<State> | undefined;
  readonly from: readonly State[];
  readonly to: State;
}

/** A transition of a state machine; each is exported under its own name. */
export function transition<State extends string>(
  from: readonly State[],
  to: State,
  by: { actor: Actor; reason: string },
): Transition<State> {
  const step = (state: State): Step<State> | undefined => (from.includes(state) ? { from: state, to, ...by } : undefined);
  return Object.assign(step, { from, to });
}
