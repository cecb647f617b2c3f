import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

const absent: readonly number[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound];

/**
 * Whether what was asked for is not there: the stream, the consumer, or anybody who answers. Told by the library's
 * classes and the server's codes; its words are for people, and change.
 */
export function isAbsent(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return absent.includes(error.code);
  return error instanceof errors.NoRespondersError || (error instanceof errors.RequestError && error.isNoResponders());
}
