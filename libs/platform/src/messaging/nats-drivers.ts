import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Logger } from '@nestjs/common';
import type { Fanout } from '../realtime/fanout';
import { NatsFanout } from '../realtime/nats-fanout';
import type { Carrier } from './carrier';
import { JetStreamCarrier } from './jetstream-carrier';
import { NatsLink } from './nats-link';

/** Carrier and fan-out of a service over one connection, which opens in the background. Closing either closes it. */
export function natsDrivers(service: ServiceName, url: string): { carrier: Carrier; fanout: Fanout } {
  const logger = new Logger('Broker');
  const onError = (error: unknown) => logger.warn({ err: error }, 'the broker does not do what was asked; events go by the outboxes');
  const onChange = (isUp: boolean, milliseconds: number) => {
    if (isUp) logger.log({ awayMs: milliseconds }, 'the connection to the broker is back');
    else logger.warn({ upMs: milliseconds }, 'the connection to the broker was lost');
  };
  const link = new NatsLink({ url, name: `muster-${service}`, onError, onChange });
  return { carrier: new JetStreamCarrier(link, { onError }), fanout: new NatsFanout(link) };
}
