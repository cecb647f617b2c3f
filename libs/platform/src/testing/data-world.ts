import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Module, type DynamicModule, type INestApplicationContext, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { sql } from 'kysely';
import { Clock } from '../clock/clock';
import { defineConfig } from '../config/define-config';
import { Database } from '../database/database';
import type { Carrier } from '../messaging/carrier';
import { DataLifecycle } from '../messaging/data-lifecycle';
import { DataModule } from '../messaging/data.module';
import { EventLog } from '../messaging/event-log';
import { InProcessBus } from '../messaging/in-process-bus';
import { InProcessCarrier } from '../messaging/in-process-carrier';
import { DataObserver } from '../messaging/observer';
import { Snapshots } from '../messaging/snapshots';
import { CARRIER, FANOUT, SERVICE_NAME } from '../messaging/tokens';
import type { Fanout } from '../realtime/fanout';
import { InProcessFanout } from '../realtime/in-process-fanout';
import { LocalEventSource } from './local-event-source';
import { TestClock } from './test-clock';
import { testDatabase, type TestDatabase } from './test-database';

interface Member {
  service: ServiceName;
  providers?: Provider[];
  /** Made once for the service's database, before anything runs. */
  tables?: string;
  drivers?: { carrier: Carrier; fanout: Fanout };
  /** A further replica uses the database of the first. */
  database?: TestDatabase;
  /** Leaves the background work stopped; the test calls its parts itself. */
  idle?: boolean;
  /** Starts like standalone, where no other process works on the database. */
  alone?: boolean;
}

export interface Replica {
  readonly app: INestApplicationContext;
  readonly db: Database;
  readonly database: TestDatabase;
  readonly observer: RecordingObserver;
  get<Part>(type: Type<Part> | (abstract new (...args: never[]) => Part)): Part;
  stop(): Promise<void>;
}

export class RecordingObserver extends DataObserver {
  readonly outcomes: string[] = [];
  readonly gaps: string[] = [];
  readonly broken: string[] = [];
  readonly faults: unknown[] = [];

  override eventProcessed(consumer: string, outcome: string): void {
    this.outcomes.push(`${consumer} ${outcome}`);
  }
  override gapRead(producer: ServiceName, reason: string): void {
    this.gaps.push(`${producer} ${reason}`);
  }
  override streamBroken(producer: ServiceName, why: string): void {
    this.broken.push(`${producer} ${why}`);
  }
  override failed(what: string, error: unknown): void {
    this.faults.push([what, error]);
  }
  override relayFailed(error: unknown): void {
    this.faults.push(['relay', error]);
  }
}

/** Several services' data parts in one process, each on a real database; no HTTP. */
export class DataWorld {
  readonly bus = new InProcessBus();
  readonly clock = new TestClock();
  readonly source = new LocalEventSource();
  private readonly replicas: Replica[] = [];
  private readonly databases: TestDatabase[] = [];

  async start(member: Member): Promise<Replica> {
    const database = member.database ?? (await this.makeDatabase(member));
    const observer = new RecordingObserver();
    const db = new Database({ url: database.url, applicationName: `test-${member.service}`, onIdleError: () => undefined });
    const drivers = member.drivers ?? { carrier: new InProcessCarrier(this.bus), fanout: new InProcessFanout(this.bus) };
    const app = await NestFactory.createApplicationContext(this.root(member, db, drivers, observer), { logger: false });
    const get: Replica['get'] = (type) => app.get(type as Type, { strict: false });
    this.source.addProducer(member.service, get(EventLog), get(Snapshots));
    if (!member.idle) await get(DataLifecycle).start({ alone: member.alone ?? false });
    let stopped = false;
    const stop = async (): Promise<void> => {
      if (stopped) return;
      stopped = true;
      await get(DataLifecycle).close();
      await drivers.carrier.close();
      await drivers.fanout.close();
      await db.close();
      await app.close();
    };
    const replica = { app, db, database, observer, get, stop };
    this.replicas.push(replica);
    return replica;
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await Promise.all(this.databases.map((database) => database.drop()));
  }

  private async makeDatabase({ service, tables }: Member): Promise<TestDatabase> {
    const database = await testDatabase(defineConfig({ service, migrations: '/nonexistent', env: {} }));
    this.databases.push(database);
    if (tables !== undefined) {
      const owner = new Database({ url: database.migratorUrl, applicationName: 'test', size: 1, onIdleError: () => undefined });
      await owner.transaction((tx) => sql.raw(tables).execute(tx));
      await owner.close();
    }
    return database;
  }

  private root(member: Member, db: Database, drivers: { carrier: Carrier; fanout: Fanout }, observer: DataObserver): DynamicModule {
    @Module({})
    class Given {}
    @Module({})
    class Root {}
    const given: Provider[] = [
      { provide: Database, useValue: db },
      { provide: Clock, useValue: this.clock },
      { provide: SERVICE_NAME, useValue: member.service },
      { provide: CARRIER, useValue: drivers.carrier },
      { provide: FANOUT, useValue: drivers.fanout },
    ];
    return {
      module: Root,
      imports: [
        { module: Given, global: true, providers: given, exports: given },
        DataModule.forService({ eventSource: { useValue: this.source }, observer: { useValue: observer } }),
      ],
      providers: member.providers ?? [],
    };
  }
}

/** Waits until `holds`; the last value is in the error otherwise. */
export async function eventually<Value>(read: () => Promise<Value> | Value, holds: (value: Value) => boolean, ms = 60_000): Promise<Value> {
  const until = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > until) throw new Error(`not within ${ms} ms, last ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
