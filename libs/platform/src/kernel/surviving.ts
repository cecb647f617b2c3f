import { Logger } from '@nestjs/common';

const logger = new Logger('Listeners');

/**
 * A listener whose failure, thrown or rejected, is a line in the log. Nobody waits for a listener of events, so that
 * what it throws would end the process: one request that a listener cannot read would end it for everybody.
 *
 * @param what names the listener in the log
 * @param otherwise what has to happen all the same, such as ending the connection; it is given what the listener was
 */
export function surviving<Given extends unknown[]>(
  what: string,
  listener: (...given: Given) => unknown,
  otherwise?: (...given: Given) => void,
): (...given: Given) => void {
  return (...given) => {
    const failed = (error: unknown): void => {
      logger.error({ err: error, listener: what }, 'a listener failed');
      try {
        otherwise?.(...given);
      } catch (second) {
        logger.error({ err: second, listener: what }, 'what was to be done after a listener failed, failed too');
      }
    };
    try {
      const done = listener(...given);
      if (done instanceof Promise) done.catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}

/** Runs `step` each `ms` milliseconds, however often it fails. It keeps no process alive; `clearInterval` ends it. */
export function every(what: string, ms: number, step: () => unknown): NodeJS.Timeout {
  return setInterval(surviving(what, step), ms).unref();
}
