// What schemathesis may expect of each route, made from the contracts for `npm run fuzz`: the statuses that
// a rule may answer to data which the document calls valid, because no schema can say that a place exists or a day is over.
import { routes } from '@muster/contracts/catalogue';
import type { Route } from '@muster/contracts/kernel/route';
import { declaredErrors } from '@muster/platform/errors/declared-errors';
import { z } from 'zod';

/** Answers that say who asks, how often or when, whatever was asked. */
const ALWAYS = ['2xx', 401, 403, 404, 409, 428, 429];

/** Whether the schema refuses, by code of its own, something that its JSON schema allows. */
function isRefined(schema: z.ZodType, seen = new Set<z.ZodType>()): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const { def } = schema._zod as unknown as { def: Record<string, unknown> & { checks?: { _zod: { def: { check: string } } }[] } };
  if (def.checks?.some((check) => ['custom', 'less_than', 'greater_than', 'overwrite'].includes(check._zod.def.check))) return true;
  return Object.values(def).some((part) => parts(part).some((inner) => isRefined(inner, seen)));
}

function parts(value: unknown): z.ZodType[] {
  if (value instanceof z.ZodType) return [value];
  if (Array.isArray(value)) return value.flatMap(parts);
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype ? Object.values(value).flatMap(parts) : [];
}

/** Rules that answer 400 although no schema of the route could have told, by the route's id. */
const RULES: Readonly<Record<string, readonly number[]>> = {
  // A date of birth before the oldest person alive.
  'auth.signUp': [400],
};

/** The statuses that a valid request to the route may be answered with. */
function expectedStatuses(route: Route): (string | number)[] {
  const refined = [route.params, route.query, route.body].some((schema) => isRefined(schema));
  const stale = declaredErrors(route).some(({ code }) => code === 'platform.stale_cursor');
  const own = [...route.errors.map(({ status }) => status), ...(refined || stale ? [400] : []), ...(RULES[route.id] ?? [])];
  return [...ALWAYS, ...[...new Set(own)].filter((status) => !ALWAYS.includes(status)).sort((a, b) => a - b)];
}

/** The configuration file of schemathesis. */
export function expectationsFile(): string {
  const all = Object.values(routes).flat().filter(({ access }) => access.kind !== 'service').sort((a, b) => (a.id < b.id ? -1 : 1));
  const list = (statuses: readonly (string | number)[]): string => statuses.map((status) => (typeof status === 'string' ? `"${status}"` : status)).join(', ');
  const operations = all.map((route) => `[[operations]]\ninclude-operation-id = "${route.id}"\nchecks.positive_data_acceptance.expected-statuses = [${list(expectedStatuses(route))}]\n`);
  return `[checks]
# A write without If-Match is told so by a status of its own.
missing_required_header.expected-statuses = [400, 401, 403, 404, 406, 428]

${operations.join('\n')}`;
}
