import { metricsText } from '../metrics/metrics';

/**
 * What a scrape of this process says of one series.
 *
 * @param labels without `service` @returns NaN for a series that is not there
 */
export async function scraped(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = (await metricsText()).split('\n').find((one) => one.startsWith(`${name}{`) && wanted.every((label) => one.includes(label)));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}
