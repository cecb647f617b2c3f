import { accountActivated } from '@muster/contracts/auth/events';
import { messageSent } from '@muster/contracts/communication/events';
import { noticePosted } from '@muster/contracts/notification/events';
import type { DashboardSource } from './panel';
import { increase, named, quantile, share } from './queries';

const A_DAY = '1d';
const factsOf = (legend: string, type: string) => named(legend, increase('facts', { by: [], where: { type } }, A_DAY));
const places = (change: 'opened' | 'filled') => increase('places', { by: [], where: { change } }, '7d');
const searches = (outcome: string) => increase('searches', { by: [], where: { outcome } }, A_DAY);
const waited = (part: number) => quantile(part, 'timeToFillSeconds', { by: [] }, '7d');

export const business: DashboardSource = {
  name: 'muster-business', title: 'Muster / Business',
  answers: 'Does Muster do what it is for: do jobs find their crews, how fast, and where do people drop out? All of it is counted when it is committed.',
  rows: [
    { title: 'People', panels: [
      { title: 'Sign-ups in a day', answers: 'Accounts whose address was confirmed within a day, and how many put on each role.', unit: 'short', queries: [factsOf('accounts', accountActivated.type), increase('rolesTaken', { by: ['role'] }, A_DAY)] },
      { title: 'Searches that found nobody', answers: 'The share of a day’s searches without a result: too few workers of a trade, or prices too low for them.', unit: 'percentunit', limit: 0.3, queries: [share('nobody found', searches('nobody'), searches('.*'))] },
      { title: 'Messages and notices in a day', answers: 'What people wrote to each other, and what was put into inboxes.', unit: 'short', queries: [factsOf('messages', messageSent.type), factsOf('notices', noticePosted.type)] },
    ] },
    { title: 'Jobs', panels: [
      { title: 'Jobs that came into a state, in a day', answers: 'The way of jobs from draft to completed; expired and cancelled ones found no crew.', unit: 'short', queries: [increase('jobSteps', { by: ['state'] }, A_DAY)] },
      { title: 'Places opened and filled in a week', answers: 'How much work was offered, and how much of it found somebody.', unit: 'short', queries: [named('opened', places('opened')), named('filled', places('filled'))] },
      { title: 'Fill rate of a week', answers: 'Places filled for each place opened. Above 1 older places are filled as well.', unit: 'percentunit', stat: true, limit: 0.5, below: true, queries: [share('filled', places('filled'), places('opened'))] },
      { title: 'Time to fill', answers: 'From the opening of a job to the filling of a place, half and nine tenths of a week’s places.', unit: 's', limit: 86_400, queries: [waited(0.5), waited(0.9)] },
    ] },
    { title: 'Invites', panels: [
      { title: 'Invites in a day, by what became of them', answers: 'Sent, and how they ended: accepted, declined, expired, withdrawn, or superseded when a line was full.', unit: 'short', queries: [increase('facts', { by: ['type'], where: { type: 'matching[.]invite[.].*' } }, A_DAY)] },
      { title: 'Invites that were accepted', answers: 'Acceptances for each invite sent within a day.', unit: 'percentunit', queries: [share('accepted', increase('facts', { by: [], where: { type: 'matching[.]invite[.]accepted[.]v1' } }, A_DAY), increase('facts', { by: [], where: { type: 'matching[.]invite[.]sent[.]v1' } }, A_DAY))] },
    ] },
  ],
};
