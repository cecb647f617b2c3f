import type { Envelope, Epoch } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { eventErrors, readEvents, readSnapshot } from '@muster/contracts/kernel/internal';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { PeerProblem, type InternalClient } from '../internal/internal-client';
import type { EventSource, EventsRead, SnapshotPage } from './event-source';

/** Reads other services' events and snapshots through their internal routes. */
export class InternalEventSource implements EventSource {
  constructor(private readonly client: InternalClient) {}

  async readEvents(producer: ServiceName, after: number, epoch: Epoch | undefined, limit: number): Promise<EventsRead> {
    try {
      const query = { after, limit, ...(epoch === undefined ? {} : { epoch }) };
      const { head, events } = await this.client.call(readEvents, producer, { query });
      return { kind: 'events', head, events: events as readonly Envelope[] };
    } catch (error) {
      const refusal = error instanceof PeerProblem ? error.problem : undefined;
      if (refusal?.code === eventErrors.foreignEpoch.code) return { kind: 'foreignEpoch' };
      if (refusal?.code === eventErrors.beyondHead.code) return { kind: 'beyondHead' };
      if (refusal?.code === eventErrors.tooOld.code) return { kind: 'tooOld', firstKept: Number(refusal.params?.['firstKept']) };
      throw error;
    }
  }

  async readSnapshotPage(producer: ServiceName, aggregate: string, after: string | undefined, limit: number): Promise<SnapshotPage | undefined> {
    try {
      const query = { limit, ...(after === undefined ? {} : { after }) };
      return await this.client.call(readSnapshot, producer, { params: { aggregate }, query });
    } catch (error) {
      if (error instanceof PeerProblem && error.code === platformErrors.notFound.code) return undefined;
      throw error;
    }
  }
}
