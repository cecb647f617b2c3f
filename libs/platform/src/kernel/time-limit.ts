/** Thrown by {@link withinTime}. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/**
 * Resolves like `work`, unless that takes longer than `ms` milliseconds.
 *
 * @param what begins the sentence of the error, such as `prepare`
 * @throws TimeIsUp; a later result of `work` is ignored
 */
export async function withinTime<R>(ms: number, what: string, work: Promise<R>): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeIsUp(`${what} took more than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
