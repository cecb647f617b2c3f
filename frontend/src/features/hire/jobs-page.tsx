import { Link } from 'wouter';
import type { Answer } from '../../lib/api/client';
import { usePages } from '../../lib/api/pages';
import { useFormat } from '../../lib/format/use-format';
import { ButtonLink } from '../../ui/button';
import { Tag } from '../../ui/card';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { siteNameOf } from '../../ui/place';
import { EmptyState, Loaded } from '../../ui/states';

type Job = Answer<'matching.listJobs'>['items'][number];

export function JobsPage() {
  const { say } = useFormat();
  const jobs = usePages('matching.listJobs');
  return (
    <Page
      title={say('jobs.title')}
      action={
        <ButtonLink to="/jobs/new" kind="primary" wide>
          {say('job.new')}
        </ButtonLink>
      }
    >
      <Loaded read={jobs}>
        {(items) =>
          items.length === 0 ? <EmptyState title={say('jobs.none')}>{say('jobs.none_detail')}</EmptyState> : items.map((job) => <JobCard key={job.jobId} job={job} />)
        }
      </Loaded>
      <More read={jobs} />
    </Page>
  );
}

function JobCard({ job }: { job: Job }) {
  const { say, language, days, number } = useFormat(job.zone);
  const full = job.filled >= job.places;
  const span = job.firstDay === job.lastDay ? [job.firstDay] : [job.firstDay, job.lastDay];
  return (
    <Link
      href={`/jobs/${job.jobId}`}
      className={`flex flex-wrap items-center justify-between gap-3 rounded-large border bg-surface-raised p-4 ${full ? 'border-good' : 'border-line'}`}
    >
      <span className="flex min-w-0 grow basis-words flex-col gap-1">
        <span className="text-18 font-bold">{job.title}</span>
        <span className="text-14 text-ink-soft">
          {siteNameOf(job, language)} · {span.length === 1 ? days(span) : say('day.range', { from: days(span.slice(0, 1)), to: days(span.slice(1)) })}
        </span>
        <span>
          <Tag tone={full ? 'good' : 'plain'}>{say(`job_state.${job.state}`)}</Tag>
        </span>
      </span>
      <span className="flex shrink-0 flex-col items-end">
        <span className={`figures text-28 font-bold ${full ? 'text-good' : ''}`}>
          {number(job.filled)}/{number(job.places)}
        </span>
        <span className="text-14 text-ink-soft">{say('jobs.places')}</span>
      </span>
    </Link>
  );
}
