import { refusals } from './accepts.rules';
import type { Described } from './describe';

/** Everything by which `after` breaks somebody who was built against `before`. */
export function breaks(before: Described, after: Described): string[] {
  const ofRoutes = Object.entries(before.routes).flatMap(([id, was]) => {
    const is = after.routes[id];
    if (!is) return [`${id}: the route is gone`];
    const moved = (['method', 'path', 'status'] as const).filter((part) => was[part] !== is[part]);
    return [
      ...moved.map((part) => `${part} was ${was[part]}, is ${is[part]}`),
      ...(['params', 'query', 'body'] as const).flatMap((part) =>
        refusals(is[part], was[part], false).map((why) => `${part}${why}`),
      ),
      ...refusals(was.response, is.response, true).map((why) => `response${why}`),
    ].map((why) => `${id}: ${why}`);
  });
  const ofEvents = Object.entries(before.events).flatMap(([type, was]) => {
    const is = after.events[type];
    if (!is) return [`${type}: the event is gone; a successor is published beside it for one release`];
    return refusals(was, is, true).map((why) => `${type}: data${why}`);
  });
  return [...ofRoutes, ...ofEvents];
}
