// What Muster promises of each service over thirty days, in the terms of its metrics. Rules, promtool tests and the table
// in docs/generated/ALERTS.md are made of this list; a change of it is a change of the promise.
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { metrics } from '@muster/platform/metrics/catalogue';

export interface Objective {
  readonly service: ServiceName;
  readonly name: 'availability' | 'latency';
  /** Percent of the requests that count. */
  readonly percent: number;
  readonly promise: string;
  /** A request slower than this is an error of the latency objective; seconds, one of the histogram's buckets. */
  readonly seconds?: number;
}

/** Of people's requests alone: probes and what services ask each other neither pay for an outage nor cause one. */
const counted = (service: string, more: string) => `{service="${service}",route=~"/api/.*"${more}}`;
/** 401, 403, 404, 409, 422 and 429 are answers, not errors; 503 of load shedding is an error to whoever asked. */
const FAILED = ',status_class="5xx"';
const ANSWERED = ',status_class!="5xx"';

/**
 * Requests per second below which the ratio is as if there were so many: at night one failure of three requests says
 * nothing. With 0.2 a page wants eleven failures within an hour, however few requests there are.
 */
export const LEAST_RATE = 0.2;

const AVAILABILITY_PERCENT = 99.9;
const LATENCY_PERCENT = 99;
const SECONDS = 0.3;
/** A sign-in hashes a password, which is slow on purpose. */
const SECONDS_WITH_HASHING = 0.5;

export const objectives: readonly Objective[] = serviceNames.flatMap((service) => {
  const seconds = service === 'auth' ? SECONDS_WITH_HASHING : SECONDS;
  return [
    { service, name: 'availability', percent: AVAILABILITY_PERCENT, promise: `${AVAILABILITY_PERCENT} % of requests are answered without a 5xx` },
    { service, name: 'latency', percent: LATENCY_PERCENT, seconds, promise: `${LATENCY_PERCENT} % of requests that are answered are so within ${seconds} s` },
  ] as const;
});

/** The share that is allowed to fail. */
export const budgetOf = ({ percent }: Objective): number => Number((1 - percent / 100).toFixed(6));

export const idOf = ({ service, name }: Objective): string => `${service}-${name}`;

/** PromQL: the share of requests in `window` that broke the objective, by namespace; 0 where there was none. */
export function errorRatio(objective: Objective, window: string): string {
  const { service, seconds } = objective;
  const { name } = metrics.httpRequestSeconds;
  const rate = (suffix: string, more: string) => `sum by (namespace) (rate(${name}_${suffix}${counted(service, more)}[${window}]))`;
  if (seconds === undefined) {
    const all = rate('count', '');
    return `(${rate('count', FAILED)} or 0 * ${all}) / clamp_min(${all}, ${LEAST_RATE})`;
  }
  const answered = rate('count', ANSWERED);
  return `(${answered} - ${rate('bucket', `${ANSWERED},le="${seconds}"`)}) / clamp_min(${answered}, ${LEAST_RATE})`;
}
