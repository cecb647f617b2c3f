import type { Patch } from './build-copy';

export interface PlantedFault {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Random kills that it takes to show; 0 when traffic alone does. */
  readonly kills: number;
  /** A named point at which it shows, in place of random kills. */
  readonly crashAt?: string;
}

const platform = 'libs/platform/dist';

/** Faults of the kinds that the rules are there for. Each is written into a copy of the build and nowhere else. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'answers before it commits',
    kills: 3,
    patches: [
      {
        file: `${platform}/database/database.js`,
        find: 'const result = await builder.execute((tx)=>{',
        put: 'let tell; const told = new Promise((resolve)=>{ tell = resolve; }); const done = builder.execute(async (tx)=>{',
      },
      {
        file: `${platform}/database/database.js`,
        find: 'return work(tx);',
        put: `const worked = await work(tx); if (String(this.options.url).includes('muster_communication')) { tell(worked); await new Promise((resolve)=>setTimeout(resolve, 250)); } return worked;`,
      },
      {
        file: `${platform}/database/database.js`,
        find: 'if (opened) (0, _aftercommit.runHooks)(opened);',
        put: 'done.then(()=>opened && (0, _aftercommit.runHooks)(opened), ()=>undefined); const result = await Promise.race([done, told]);',
      },
    ],
  },
  {
    name: 'drops an inbox row now and then',
    kills: 0,
    patches: [{ file: `${platform}/messaging/inbox.repository.js`, find: 'filings.map(', put: 'filings.filter(({ event })=>event.sequence % 7 !== 3).map(' }],
  },
  {
    name: 'numbers out of commit order',
    kills: 0,
    patches: [
      {
        file: `${platform}/database/platform-tables/0000_platform_1_messaging.js`,
        find: 'row_number() over (order by position) as number',
        put: 'row_number() over (order by position desc) as number',
      },
      { file: `${platform}/messaging/relay.js`, find: 'outbox.onCommitted(()=>this.loop.wake());', put: '' },
    ],
  },
  {
    name: 'does not mark events as done',
    kills: 0,
    patches: [{ file: `${platform}/messaging/lanes.repository.js`, find: 'update inbox set done_at = now()\n      where consumer', put: 'update inbox set done_at = null\n      where consumer' }],
  },
  {
    name: 'marks events as done in a transaction of its own',
    kills: 0,
    crashAt: 'consumer.after-mark:9',
    patches: [{ file: `${platform}/messaging/processor.js`, find: 'this.lanes.markDone(tx,', put: 'this.lanes.markDone(this.database.query(),' }],
  },
  {
    name: 'applies each event twice, where no unique key nets it',
    kills: 0,
    patches: [
      { file: `${platform}/messaging/processor.js`, find: 'await instance.apply(tx, parsed, prepared);', put: 'await instance.apply(tx, parsed, prepared); await instance.apply(tx, parsed, prepared);' },
      { file: 'apps/notification/dist/migrations/0001_notices.js', find: 'unique (person_id, event_id)', put: 'unique (person_id, event_id, notice_id)' },
      { file: 'apps/notification/dist/inbox/notices.repository.js', find: `'event_id'\n            ]`, put: `'event_id', 'notice_id'\n            ]` },
    ],
  },
  {
    name: 'skips a number of a conversation',
    kills: 0,
    patches: [{ file: 'apps/communication/dist/conversations/send-message.js', find: 'conversation.lastSequence + 1', put: 'conversation.lastSequence + (conversation.lastSequence === 1 ? 2 : 1)' }],
  },
  {
    name: 'takes a repeated message for a new one',
    kills: 0,
    patches: [
      {
        file: 'apps/communication/dist/conversations/send-message.js',
        find: 'if (before) return before;',
        put: 'if (before) input = { ...input, clientId: input.clientId.slice(0, -1) + ((parseInt(input.clientId.slice(-1), 16) + 1) % 16).toString(16) };',
      },
    ],
  },
  {
    name: 'writes events outside the transaction',
    kills: 0,
    patches: [{ file: `${platform}/messaging/outbox.repository.js`, find: 'returning aggregate_version`.execute(tx)', put: 'returning aggregate_version`.execute(this.database.query())' }],
  },
  {
    name: 'forgets idempotency keys',
    kills: 0,
    patches: [{ file: `${platform}/database/idempotency.js`, find: 'key: once.key\n', put: 'key: once.key + Math.random()\n' }],
  },
  {
    name: 'tells no contractor of an acceptance',
    kills: 0,
    patches: [{ file: 'apps/notification/dist/inbox/tellings.rules.js', find: '    _events.inviteAccepted,\n', put: '' }],
  },
  {
    name: 'keeps an old rate in the worker document',
    kills: 0,
    patches: [{ file: 'apps/matching/dist/search/worker-documents.repository.js', find: 'day_rate: profile.dayRate.amount', put: 'day_rate: Math.min(profile.dayRate.amount, 80_100)' }],
  },
  {
    name: 'leaves the database running',
    kills: 1,
    patches: [{ file: 'apps/standalone/dist/postgres/guard.js', find: 'else ticks=25; fi', put: 'else exit 0; fi' }],
  },
];
