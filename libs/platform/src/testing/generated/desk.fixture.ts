import { access } from '@muster/contracts/kernel/access';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { bigintFromText, int, intFromText } from '@muster/contracts/kernel/integer';
import { readEvents, readSnapshot } from '@muster/contracts/kernel/internal';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { route, type InputOf, type Route } from '@muster/contracts/kernel/route';
import { line } from '@muster/contracts/kernel/text';
import { Controller, Get, Logger, Module, type DynamicModule } from '@nestjs/common';
import { z } from 'zod';
import type { AuthenticatedPerson } from '../../auth/principal';
import { Database } from '../../database/database';
import { AppError } from '../../errors/app-error';
import { Caller, Handle, Input } from '../../http/handle';
import { newId } from '../../kernel/ids';
import { SnapshotOf } from '../../messaging/snapshot-of';
import { config } from '../fixture/config';
import { NotesRepository, type NoteRow } from '../fixture/notes.repository';
import { noteId } from '../fixture/routes';
import { asPerson } from '../http';
import { startService } from '../start-service';
import type { ContractWorld } from './contract-world';

/** A service of four routes that the generators are tried on; what `broken` names is served broken. */
export type Breakage =
  | 'an access changed to public'
  | 'an access for more roles'
  | 'no ownership check'
  | 'a foreign thing that is told from an absent one'
  | 'a denied call that writes'
  | 'a body that takes other fields'
  | 'a limit that is gone'
  | 'a handler that throws on an emoji'
  | 'text that is normalised'
  | 'text that is trimmed only where it is read'
  | 'an answer with undeclared fields'
  | 'a number that the database cannot hold'
  | 'a query that is wider than its column'
  | 'a line that holds what was sent'
  | 'a route without a contract'
  | 'a contract that does not run';

const base = '/api/v1/notification/desk';
const note = z.object({ noteId, text: z.string(), version: int() });
const params = z.strictObject({ noteId });

interface DeskWorld {
  note(): Promise<{ noteId: z.infer<typeof noteId> }>;
}

export const putNote = route({
  id: 'notification.putNote',
  summary: 'For workers',
  method: 'POST',
  path: base,
  body: z.strictObject({ text: line(100), version: int({ min: 1, max: 1000 }).default(1) }),
  response: note,
  status: 201,
  access: access.worker({ object: 'self' }),
  rate: 'write',
  example: async (_world: DeskWorld) => ({ as: 'worker', body: { text: 'a' } }),
});
export const readNote = route({
  id: 'notification.readNote',
  summary: 'The writer’s own',
  method: 'GET',
  path: `${base}/:noteId`,
  params,
  response: note,
  access: access.worker({ object: 'own' }),
  rate: 'read',
  example: async (world: DeskWorld) => ({ as: 'worker', params: await world.note() }),
});
export const showSign = route({
  id: 'notification.showSign',
  summary: 'For anybody',
  method: 'GET',
  path: `${base}/sign`,
  query: z.object({ times: intFromText({ min: 1, max: 3 }).default(1), version: intFromText().optional() }),
  response: z.object({ text: z.string() }),
  access: access.public,
  rate: 'read',
  example: async (_world: DeskWorld) => ({}),
});
/** The sign as it would be if nobody had thought of its column. */
export const wideSign: Route = { ...showSign, query: z.object({ version: bigintFromText().optional() }) };
export const countDesk = route({
  id: 'notification.countDesk',
  summary: 'For matching only',
  method: 'GET',
  path: '/internal/v1/desk/count',
  response: z.object({ count: int() }),
  access: access.services('matching'),
  rate: 'internal',
  example: async (_world: DeskWorld) => ({}),
});

export const deskRoutes: readonly Route[] = [putNote, readNote, showSign, countDesk, readEvents, readSnapshot];

/** The contract as a broken service would serve it. */
function servedAs<R extends Route>(declared: R, broken: Breakage | undefined): R {
  if (broken === 'an access changed to public') return { ...declared, access: access.public };
  if (broken === 'an access for more roles' && declared.access.kind === 'person') return { ...declared, access: { ...declared.access, roles: [] } };
  if (broken === 'a body that takes other fields') return { ...declared, body: (declared.body as unknown as z.ZodObject).loose() };
  if (broken === 'a limit that is gone' && declared.id === putNote.id) return { ...declared, body: z.strictObject({ text: z.string(), version: int().default(1) }) };
  if (broken === 'a number that the database cannot hold' && declared.id === putNote.id) {
    return { ...declared, body: z.strictObject({ text: line(100), version: int().default(1).transform((version) => version * 1e7) }) };
  }
  if (broken === 'a query that is wider than its column' && declared.id === showSign.id) return wideSign as R;
  if (broken === 'an answer with undeclared fields' && declared.id !== showSign.id) return { ...declared, response: z.unknown() };
  return declared;
}

function deskModule(broken: Breakage | undefined): DynamicModule {
  const put = servedAs(putNote, broken);
  const read = servedAs(readNote, broken);
  const sign = servedAs(showSign, broken);

  @Controller()
  class DeskController {
    constructor(
      private readonly notes: NotesRepository,
      private readonly database: Database,
    ) {}

    @Handle(put)
    async put(@Input(put) { body }: InputOf<typeof putNote>, @Caller() caller: AuthenticatedPerson) {
      if (broken === 'a line that holds what was sent') new Logger('Desk').log(`${body.text} was put down`);
      if (broken === 'a handler that throws on an emoji' && /\p{Emoji_Presentation}/u.test(body.text)) throw new Error('😱');
      const text = broken === 'text that is normalised' ? body.text.normalize('NFC') : body.text;
      const row = { id: newId(), person_id: caller?.personId ?? newId(), text, version: body.version };
      const kept = await this.database.transaction((tx) => this.notes.putNote(tx, row));
      return viewOf({ ...kept, text: body.text });
    }

    @Handle(sign)
    async sign(@Input(sign) { query }: InputOf<typeof showSign>) {
      if (query.version !== undefined) await this.notes.run(`select 1 from notes where version > '${query.version}'`);
      return { text: 'open' };
    }

    @Handle(read)
    async read(@Input(read) { params: { noteId: id } }: InputOf<typeof readNote>, @Caller() caller: AuthenticatedPerson) {
      const row = await this.notes.findNote(id);
      if (broken === 'a denied call that writes' && row) await this.notes.run(`update notes set version = version + 1 where id = '${id}'`);
      if (!row) throw new AppError(platformErrors.notFound);
      if (row.person_id === caller?.personId || broken === 'no ownership check') {
        return viewOf(broken === 'text that is trimmed only where it is read' ? { ...row, text: row.text.trim() } : row);
      }
      throw new AppError(broken === 'a foreign thing that is told from an absent one' ? platformErrors.notAllowed : platformErrors.notFound);
    }

    @Handle(servedAs(countDesk, broken))
    async count() {
      return { count: 0 };
    }
  }

  @Controller()
  class SideDoor {
    @Get(`${base}-side-door`)
    open() {
      return 'come in';
    }
  }

  @Controller()
  class LessController extends DeskController {}
  // A handler of a subclass that is not decorated is not served.
  Object.defineProperty(LessController.prototype, 'sign', { value: async () => ({ text: '' }), enumerable: false });

  @SnapshotOf('notice')
  class NoSnapshot {
    async readSnapshotPage() {
      return [];
    }
  }

  const controllers = [
    broken === 'a contract that does not run' ? LessController : DeskController,
    ...(broken === 'a route without a contract' ? [SideDoor] : []),
  ];
  @Module({ controllers, providers: [NotesRepository, NoSnapshot] })
  class DeskModule {}
  return { module: DeskModule };
}

export async function startDesk(broken?: Breakage): Promise<ContractWorld> {
  const service = await startService(deskModule(broken), config);
  const worker = asPerson(undefined, ['worker']);
  const notes = service.app.get(NotesRepository, { strict: false });
  const world = {
    aggregate: 'notice',
    note: async () => {
      const row = rowOf(worker.personId);
      return { noteId: (await service.db.transaction((tx) => notes.putNote(tx, row))).id as z.infer<typeof noteId> };
    },
  };
  return { service, world, people: { worker }, another: world.note, close: () => service.close() };
}

function rowOf(personId: PersonId): NoteRow {
  return { id: newId(), person_id: personId, text: 'mine', version: 1 };
}

/** Holds more than is declared: the serializer leaves it out. */
function viewOf(row: NoteRow): z.input<typeof note> {
  return { ...row, noteId: row.id } as unknown as z.input<typeof note>;
}
