import { describe, expect, it } from '@jest/globals';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { isAbsent } from './broker-faults';

const refused = (err_code: number, description: string) => new JetStreamApiError({ code: 404, err_code, description });

describe('what is not there', () => {
  it.each([
    refused(JetStreamApiCodes.StreamNotFound, 'worded as the next release likes'),
    refused(JetStreamApiCodes.ConsumerNotFound, 'worded as the next release likes'),
    new errors.NoRespondersError('$JS.API'),
    new errors.RequestError('failed', { cause: new errors.NoRespondersError('$JS.API') }),
  ])('is told by the class of the error: %s', (error) => {
    expect(isAbsent(error)).toBe(true);
  });

  it.each([
    new Error('stream not found'),
    new Error('the disk of 503 consumers is full'),
    refused(10_023, 'insufficient resources: stream not found on any peer'),
    new errors.RequestError('no responders', { cause: new errors.TimeoutError() }),
    'consumer not found',
  ])('is not told by words: %s', (error) => {
    expect(isAbsent(error)).toBe(false);
  });
});
