/** The actor of a step; `system` is a timer or the consequence of another step. */
export type Actor = 'contractor' | 'worker' | 'system';

/** A step from one state to another, in the form in which it is recorded. */
export interface Step<State extends string> {
  readonly from: State;
  readonly to: State;
  readonly actor: Actor;
  readonly reason: string;
}

export interface Transition<State extends string> {
  /** Returns undefined if the state does not allow the step. */
  (from: State): Step<State> | undefined;
  readonly from: readonly State[];
  readonly to: State;
}

/** Makes a transition of a state machine; each transition is exported under its own name. */
export function transition<State extends string>(
  from: readonly State[],
  to: State,
  by: { actor: Actor; reason: string },
): Transition<State> {
  const step = (state: State): Step<State> | undefined => (from.includes(state) ? { from: state, to, ...by } : undefined);
  return Object.assign(step, { from, to });
}
