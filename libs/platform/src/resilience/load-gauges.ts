import type { Metrics } from '../metrics/metrics';
import { loadMonitor, type LoadMonitor } from './load-monitor';

/** Exports how busy the event loop is and how long queues wait; whether load is shed or not, because alerts read it. */
export function exportLoadGauges(metrics: Metrics, monitor: LoadMonitor = loadMonitor()): void {
  metrics.onScrape(() => {
    metrics.gauge('eventLoopUtilisation').set(monitor.busyShare);
    metrics.gauge('eventLoopDelaySeconds').set(monitor.now().delayMs / 1000);
    for (const [queue, age] of monitor.queueAges()) metrics.gauge('queueAgeSeconds').set({ queue }, age / 1000);
  });
}
