import { asProblem } from '../../lib/api/problem-error';
import { problemWords } from '../../lib/api/problem-words';
import { useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { useParts } from '../../lib/parts';
import { useNames } from '../../lib/people/people';
import { useTrades } from '../../lib/people/trades';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CrewStrip, type Seat } from '../../ui/crew-strip';
import { TradeIcon } from '../../ui/trade-icon';
import type { Line } from './line-workers';

/** The places of a line as seats: those who said yes, then those who were asked, then what is still empty. */
export function seatsOf(line: Line, nameOf: (person: string) => string): Seat[] {
  const held = line.slots.filter((slot) => slot.worker !== null).map((slot): Seat => ({ key: slot.slotId, state: 'yes', name: nameOf(slot.worker ?? '') }));
  const asked = line.invites.map((invite): Seat => ({ key: invite.inviteId, state: 'asked', name: nameOf(invite.worker) }));
  const empty = Math.max(0, line.count - held.length - asked.length);
  return [...held, ...asked, ...Array.from({ length: empty }, (_, index): Seat => ({ key: `empty ${index}`, state: 'open', name: '' }))];
}

export function LineCrew({ line }: { line: Line }) {
  const { say, money, days, clock, timeLeft } = useFormat();
  const { toasts } = useParts();
  const { nameOf: tradeName, familyOf } = useTrades();
  const nameOf = useNames([...line.slots.flatMap(({ worker }) => worker ?? []), ...line.invites.map(({ worker }) => worker)]);
  const withdraw = useWrite('matching.withdrawInvite', { renews: ['matching.readJob', 'matching.rankForLine'] });
  const title = say('job.line', { count: line.count, trade: tradeName(line.trade) });

  return (
    <Card as="section" label={title} settled={line.filled >= line.count}>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 grow basis-words">
          <h2 className="flex items-center gap-2 text-18 font-bold">
            <TradeIcon family={familyOf(line.trade)} />
            {title}
          </h2>
          <p className="text-14 text-ink-soft">
            {levelWords(line.minimumLevel, say)} · {days(line.days)} · {say('hours.from_to', { from: clock(line.startsAt), to: clock(line.endsAt) })}
          </p>
        </div>
        <p className="figures shrink-0 font-bold">
          {money(line.pay.amount)}
          <span className="block text-14 font-normal text-ink-soft">{say(`pay.per_${line.pay.basis}`)}</span>
        </p>
      </header>
      <CrewStrip seats={seatsOf(line, nameOf)} label={title} />
      {line.invites.length > 0 && (
        <ul className="flex flex-col border-t border-line">
          {line.invites.map((invite) => (
            <li key={invite.inviteId} className="flex flex-wrap items-center justify-between gap-x-3 border-b border-line py-1 last:border-b-0">
              <span className="min-w-0 grow basis-words">
                <span className="block font-medium">{nameOf(invite.worker)}</span>
                <span className="text-14 text-ink-soft">
                  {say(invite.state === 'seen' ? 'job.invite_seen' : 'job.invite_sent', { left: timeLeft(Date.parse(invite.expiresAt) - Date.now()) })}
                </span>
              </span>
              <Button
                kind="quiet"
                busy={withdraw.isPending && withdraw.variables.params.inviteId === invite.inviteId}
                onClick={() =>
                  toasts.afterUndo(
                    say('job.withdrawn'),
                    () => withdraw.mutate({ params: { inviteId: invite.inviteId } }, { onError: (error) => toasts.toast(problemWords(asProblem(error))) }),
                    () => undefined,
                  )
                }
              >
                <span className="whitespace-nowrap">{say('job.withdraw')}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
