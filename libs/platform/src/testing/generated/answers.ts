import { isDeepStrictEqual } from 'node:util';
import { platformErrors, problem, type Problem } from '@muster/contracts/kernel/problem';
import { noContent, type Route } from '@muster/contracts/kernel/route';
import type { TestAnswer } from '../http';

const platformCodes = new Map(Object.values(platformErrors).map((error) => [error.code, error.status]));

/** The problem document of an answer, or what is wrong with it as one. */
export function problemIn(route: Route, answer: TestAnswer): Problem | string {
  const type = String(answer.headers['content-type'] ?? '');
  if (!type.startsWith('application/problem+json')) return `${seen(answer)} is no problem document but ${type || 'nothing'}`;
  const parsed = problem.safeParse(answer.body);
  if (!parsed.success) return `${seen(answer)} is a malformed problem document: ${parsed.error.message}`;
  const { code, status } = parsed.data;
  const declared = route.errors.find((error) => error.code === code)?.status ?? platformCodes.get(code);
  if (declared === undefined) return `${seen(answer)}: the route does not declare ${code}`;
  if (declared !== status || status !== answer.status) return `${seen(answer)}: ${code} is declared with ${declared}`;
  return parsed.data;
}

/** The fault of an answer that should be a success; undefined if there is none. */
export function faultOfSuccess(route: Route, answer: TestAnswer): string | undefined {
  if (answer.status !== route.status) return `${seen(answer)} instead of ${route.status}`;
  if (route.response === noContent) return answer.body === '' ? undefined : `${seen(answer)} instead of nothing`;
  const parsed = route.response.safeParse(answer.body);
  if (!parsed.success) return `${seen(answer)} breaks the contract: ${parsed.error.message}`;
  // Reading strips what is not declared: what is left differs from what came when something undeclared did.
  return isDeepStrictEqual(parsed.data, answer.body) ? undefined : `${seen(answer)} holds what the contract does not declare`;
}

/** The fault of an answer that may be a success or a declared refusal, but never a failure or anything undeclared. */
export function faultOfDeclared(route: Route, answer: TestAnswer): string | undefined {
  if (answer.status < 400) return faultOfSuccess(route, answer);
  if (answer.status >= 500) return seen(answer);
  const found = problemIn(route, answer);
  return typeof found === 'string' ? found : undefined;
}

export function faultOfRefusal(route: Route, answer: TestAnswer, expected: { status: number; code: string }): string | undefined {
  const found = problemIn(route, answer);
  if (typeof found === 'string') return found;
  return found.code === expected.code ? undefined : `${seen(answer)} instead of ${expected.status} ${expected.code}`;
}

/** Short enough for a list of faults. */
export function seen({ status, body }: TestAnswer): string {
  return `answered ${status} ${(JSON.stringify(body) ?? '').slice(0, 300)}`;
}
