import { useState } from 'react';
import type { Answer } from '../../lib/api/client';
import { useProblemWords } from '../../lib/api/problem-words';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useTrades } from '../../lib/people/trades';
import { Button } from '../../ui/button';
import { Tag } from '../../ui/card';
import { FormRefusal } from '../../ui/form-refusal';
import { Page, Section } from '../../ui/page';
import { siteNameOf } from '../../ui/place';
import { Loaded, Skeleton } from '../../ui/states';
import { Chips } from '../../ui/switch';
import { CallOff } from './call-off';
import { LineCrew } from './line-crew';
import { LineWorkers } from './line-workers';

type Job = Answer<'matching.readJob'>;

export function JobPage({ jobId }: { jobId: string }) {
  const { say } = useFormat();
  const job = useRead('matching.readJob', { params: { jobId } });
  if (!job.data) {
    return (
      <Page title={say('job.title')} back="/jobs">
        <Loaded read={job} skeleton={<Skeleton />}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return <JobDetail job={job.data} />;
}

function JobDetail({ job }: { job: Job }) {
  const { say, language, days, number } = useFormat(job.zone);
  const { nameOf } = useTrades();
  const wordsFor = useProblemWords();
  const [chosen, setChosen] = useState<string>();
  const line = job.lines.find(({ lineId }) => lineId === chosen) ?? job.lines.find(({ filled, count }) => filled < count) ?? job.lines[0];
  const open = useWrite('matching.openJob', { renews: ['matching.readJob', 'matching.listJobs'] });
  const takesPeople = ['open', 'staffing', 'staffed', 'in_progress'].includes(job.state);
  const allDays = [...new Set(job.lines.flatMap((one) => one.days))];

  return (
    <Page
      title={job.title}
      detail={`${siteNameOf(job, language)} · ${days(allDays)}`}
      back="/jobs"
      action={
        job.state === 'draft' && (
          <>
            <FormRefusal words={open.error ? wordsFor(open.error) : undefined} />
            <Button kind="primary" wide busy={open.isPending} onClick={() => open.mutate({ params: { jobId: job.jobId }, ifMatch: job.version })}>
              {say('job.open')}
            </Button>
          </>
        )
      }
      aside={
        line && (takesPeople || job.state === 'draft') && (
          <Section title={say('job.workers', { trade: nameOf(line.trade) })}>
            <LineWorkers key={line.lineId} jobId={job.jobId} line={line} takesPeople={takesPeople} />
          </Section>
        )
      }
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex items-baseline gap-2" role="status">
          <span className={`figures text-36 font-bold ${job.filled >= job.places ? 'text-good' : ''}`}>
            {number(job.filled)}/{number(job.places)}
          </span>
          <span className="text-ink-soft">{say('jobs.places')}</span>
        </p>
        <Tag tone={job.filled >= job.places ? 'good' : 'plain'}>{say(`job_state.${job.state}`)}</Tag>
      </div>
      {job.description && <p className="whitespace-pre-line" dir="auto">{job.description}</p>}
      {job.lines.map((one) => (
        <LineCrew key={one.lineId} jobId={job.jobId} line={one} zone={job.zone} />
      ))}
      {job.lines.length > 1 && line && (
        <Chips
          one
          options={job.lines.map((one) => ({ value: one.lineId, label: nameOf(one.trade), detail: `${number(one.filled)}/${number(one.count)}` }))}
          selected={new Set([line.lineId])}
          onToggle={setChosen}
        />
      )}
      {(takesPeople || job.state === 'draft') && <CallOff jobId={job.jobId} />}
    </Page>
  );
}
