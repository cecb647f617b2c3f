/** Thrown by {@link withinTime}. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/**
 * What `work` resolves to, unless that takes longer than `ms` milliseconds.
 *
 * @param what begins the sentence of the error, as in `prepare`
 * @throws TimeIsUp; what `work` comes to then is ignored
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
