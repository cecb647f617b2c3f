import type { LabelName } from './catalogue';

/** A name that is written in the code. It holds no digits but those of an event's version, so that no id passes for one. */
const named = /^[A-Za-z][A-Za-z_. -]{0,63}(\.v\d{1,2})?$/;
/** The template of a path, the id of a route, or `unmatched`; never a path that somebody asked for. */
const route = /^(unmatched|[a-z]+\.[A-Za-z]+|(\/([a-z][a-z.-]*|v\d|:[A-Za-z]+|\*)?)+)$/;
const build = /^[\w.+-]{1,64}$/;

/**
 * What bounds the values of each label: the values themselves, or a form of which there are few. Each value is a series
 * that Prometheus keeps, so that a label with an id, an address or a text of somebody's would grow without end.
 */
export const labelBounds = {
  version: build,
  commit: build,
  method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'],
  route,
  status_class: ['0xx', '1xx', '2xx', '3xx', '4xx', '5xx'],
  class: ['A', 'B', 'C'],
  rate: ['credential', 'refresh', 'write', 'read', 'search'],
  by: ['account', 'network'],
  limit: named,
  queue: named,
  producer: named,
  consumer: named,
  /** What became of work, or the class of another program's answer. */
  outcome: /^([a-z][A-Za-z_]{0,31}|\dxx)$/,
  reason: named,
  projection: named,
  kind: named,
  pool: named,
  state: named,
  dependency: named,
  type: named,
  role: named,
  change: named,
} as const satisfies Record<LabelName, RegExp | readonly string[]>;

export function isBounded(label: string, value: string): boolean {
  const bound: RegExp | readonly string[] | undefined = (labelBounds as Record<string, RegExp | readonly string[]>)[label];
  if (bound === undefined) return false;
  return bound instanceof RegExp ? bound.test(value) : bound.includes(value);
}
