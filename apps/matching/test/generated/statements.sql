-- What the service says to its database, and by which indexes it is answered with 100,000 rows in each table.
-- Written by WRITE_STATEMENTS=1 npx jest --selectProjects int <this test>; a change of it is a change to be reviewed.

-- steps_at
delete from "steps" where ctid = any(array( select ctid from "steps" where at < $ limit 1000 for update skip locked ));

-- worker_changes_added
delete from "worker_changes" where ctid = any(array( select ctid from "worker_changes" where number is not null and added_at < $ limit 1000 for update skip locked ));

-- worker_documents_pkey
delete from "worker_documents" where "person_id" = $;

-- no index
insert into "assignments" ("assignment_id", "job_id", "line_id", "invite_id", "worker", "contractor", "state", "first_day", "last_day", "version", "made_at") values (…);

-- no index
insert into "invites" ("invite_id", "job_id", "line_id", "worker", "contractor", "state", "distance_band", "sent_at", "expires_at", "ended_at", "version", "one_per_contractor") values (…);

-- no index
insert into "jobs" ("job_id", "contractor", "state", "title", "description", "place_id", "zone", "site_latitude", "site_longitude", "radius_km", "currency", "first_day", "last_day", "first_start", "last_end", "places", "created_at", "version") values (…);

-- no index
insert into "lines" ("line_id", "job_id", "place_in_job", "trade", "minimum_level", "count", "days", "starts_at", "ends_at", "pay_amount", "pay_basis", "language") values (…);

-- no index
insert into "people" ("person_id", "erased_at") values (…) on conflict do nothing;

-- no index
insert into "slots" ("slot_id", "line_id", "place_in_line", "state", "assignment_id", "worker") values (…);

-- no index
insert into "steps" ("subject", "subject_id", "from_state", "to_state", "actor", "reason", "at") values (…);

-- no index
insert into "worker_changes" ("person_id", "number") values (…);

-- no index
insert into "worker_documents" ("person_id", "display_name", "photo_id", "cell_latitude", "cell_longitude", "zone", "travel_radius_km", "skills", "currency", "day_rate", "floor_rate", "languages", "weekly", "exceptions", "free_until", "availability_updated_at", "joined_at", "changed_at") values (…) on conflict ("person_id") do update set "display_name" = $, "photo_id" = $, "cell_latitude" = $, "cell_longitude" = $, "zone" = $, "travel_radius_km" = $, "skills" = $, "currency" = $, "day_rate" = $, "floor_rate" = $, "languages" = $, "weekly" = $, "exceptions" = $, "free_until" = $, "availability_updated_at" = $, "joined_at" = $, "changed_at" = $;

-- no index
insert into "worker_sources" ("person_id", "source", "version", "facts", "changed_at") values (…) on conflict ("person_id", "source") do update set "version" = $, "facts" = $, "changed_at" = $ where "worker_sources"."version" <= $;

-- assignments_pkey, jobs_pkey, lines_pkey
insert into assignment_days (assignment_id, worker, day, during) select a.assignment_id, a.worker, work_day, tstzrange( (work_day + l.starts_at) at time zone l.zone, (work_day + l.ends_at + case when l.ends_at <= l.starts_at then interval '1 day' else interval '0' end) at time zone l.zone, '[)') from assignments a join ( select lines.line_id, lines.job_id, jobs.title, jobs.description, jobs.place_id, jobs.zone, jobs.currency, jobs.state as job_state, lines.trade, lines.minimum_level, lines.count, lines.filled, lines.days, lines.starts_at, lines.ends_at, lines.pay_amount, lines.pay_basis from lines join jobs on jobs.job_id = lines.job_id ) l on l.line_id = a.line_id cross join unnest($::date[]) as work_day where a.assignment_id = $;

-- steps_of_subject
select "at" from "steps" where "subject_id" = $ and "to_state" = $ order by "position" limit $;

-- no index
select "epoch", "head" from "worker_change_numbering";

-- people_pkey
select "erased_at" from "people" where "person_id" = $ for no key update;

-- assignment_days_of_worker, assignment_days_pkey, assignments_invite_id_key, invites_of_worker, jobs_pkey, lines_pkey
select "i".*, "l"."title", "l"."description", "l"."job_state", "l"."place_id", "l"."zone", "l"."currency", "l"."trade", "l"."minimum_level", "l"."count", "l"."filled", "l"."starts_at", "l"."ends_at", "l"."pay_amount", "l"."pay_basis", l.days::text[] as "days", ( select array_agg(d.day::text order by d.day) from assignments a join assignment_days d on d.assignment_id = a.assignment_id where a.invite_id = i.invite_id ) as "promised", array( select work_day::text from unnest(l.days) work_day where i.state in ('planned', 'sent', 'seen') and exists ( select from assignment_days b where b.worker = i.worker and not b.given_up and b.during && tstzrange( (work_day + l.starts_at) at time zone l.zone, (work_day + l.ends_at + case when l.ends_at <= l.starts_at then interval '1 day' else interval '0' end) at time zone l.zone, '[)') ) ) as "booked", exists ( select from assignments a where a.invite_id = i.invite_id and a.state in ('cancelled_early', 'cancelled_late') ) as "called_off" from "invites" as "i" inner join ( select lines.line_id, lines.job_id, jobs.title, jobs.description, jobs.place_id, jobs.zone, jobs.currency, jobs.state as job_state, lines.trade, lines.minimum_level, lines.count, lines.filled, lines.days, lines.starts_at, lines.ends_at, lines.pay_amount, lines.pay_basis from lines join jobs on jobs.job_id = lines.job_id ) as "l" on "l"."line_id" = "i"."line_id" where "i"."worker" = $ and "i"."invite_id" = $;

-- assignment_days_of_worker, assignment_days_pkey, assignments_invite_id_key, invites_of_worker, jobs_pkey, lines_pkey
select "i".*, "l"."title", "l"."description", "l"."job_state", "l"."place_id", "l"."zone", "l"."currency", "l"."trade", "l"."minimum_level", "l"."count", "l"."filled", "l"."starts_at", "l"."ends_at", "l"."pay_amount", "l"."pay_basis", l.days::text[] as "days", ( select array_agg(d.day::text order by d.day) from assignments a join assignment_days d on d.assignment_id = a.assignment_id where a.invite_id = i.invite_id ) as "promised", array( select work_day::text from unnest(l.days) work_day where i.state in ('planned', 'sent', 'seen') and exists ( select from assignment_days b where b.worker = i.worker and not b.given_up and b.during && tstzrange( (work_day + l.starts_at) at time zone l.zone, (work_day + l.ends_at + case when l.ends_at <= l.starts_at then interval '1 day' else interval '0' end) at time zone l.zone, '[)') ) ) as "booked", exists ( select from assignments a where a.invite_id = i.invite_id and a.state in ('cancelled_early', 'cancelled_late') ) as "called_off" from "invites" as "i" inner join ( select lines.line_id, lines.job_id, jobs.title, jobs.description, jobs.place_id, jobs.zone, jobs.currency, jobs.state as job_state, lines.trade, lines.minimum_level, lines.count, lines.filled, lines.days, lines.starts_at, lines.ends_at, lines.pay_amount, lines.pay_basis from lines join jobs on jobs.job_id = lines.job_id ) as "l" on "l"."line_id" = "i"."line_id" where "i"."worker" = $ order by "i"."invite_id" desc limit $;

-- jobs_of_contractor
select "job_id" from "jobs" where "contractor" = $ limit $;

-- assignments_pkey
select "line_id" from "assignments" where "assignment_id" = $ and "worker" = $;

-- invites_of_worker
select "line_id" from "invites" where "invite_id" = $ and "worker" = $;

-- jobs_of_contractor, lines_job_id_place_in_job_key
select "line_id" from "lines" where "job_id" in (select "job_id" from "jobs" where "job_id" = $ and "contractor" = $) order by "line_id" for no key update;

-- lines_job_id_place_in_job_key
select "line_id", "job_id", "place_in_job", "trade", "minimum_level", "count", "filled", "starts_at", "ends_at", "pay_amount", "pay_basis", "language", days::text[] as "days" from "lines" where "job_id" = $ order by "place_in_job";

-- lines_pkey
select "line_id", "job_id", "place_in_job", "trade", "minimum_level", "count", "filled", "starts_at", "ends_at", "pay_amount", "pay_basis", "language", days::text[] as "days" from "lines" where "line_id" = $ for no key update;

-- jobs_of_contractor, lines_pkey
select "lines"."line_id" from "lines" inner join "jobs" on "jobs"."job_id" = "lines"."job_id" where "lines"."line_id" = $ and "jobs"."job_id" = $ and "jobs"."contractor" = $;

-- worker_changes_number
select "number", "person_id", "added_at" from "worker_changes" where "number" > $ order by "number" limit $;

-- slots_line_id_place_in_line_key
select "slot_id" as "slotId", "state" from "slots" where "line_id" = $ and "state" in (…) order by "place_in_line" limit $;

-- slots_line_id_place_in_line_key
select "slot_id" as "slotId", "state", "line_id" as "lineId", "worker", "assignment_id" as "assignmentId" from "slots" where "line_id" in (…) and "assignment_id" is not null order by "slot_id";

-- jobs_of_contractor, lines_pkey, slots_pkey
select "slots"."line_id" from "slots" inner join "lines" on "lines"."line_id" = "slots"."line_id" inner join "jobs" on "jobs"."job_id" = "lines"."job_id" where "slots"."slot_id" = $ and "jobs"."job_id" = $ and "jobs"."contractor" = $;

-- lines_job_id_place_in_job_key, slots_line_id_place_in_line_key
select "slots"."worker" from "slots" inner join "lines" on "lines"."line_id" = "slots"."line_id" where "lines"."job_id" = $ and "slots"."worker" is not null order by "slots"."slot_id";

-- worker_sources_pkey
select "source", "facts" from "worker_sources" where "person_id" = $;

-- hats_off_pkey
select "worker" from "hats_off" where "worker" = $;

-- assignments_pkey
select * from "assignments" where "assignment_id" in (…) order by "assignment_id" for no key update;

-- invites_pkey
select * from "invites" order by "invite_id" limit $;

-- invites_pkey
select * from "invites" where "invite_id" = $ and "contractor" = $ for no key update;

-- invites_of_worker
select * from "invites" where "invite_id" = $ and "worker" = $ for no key update;

-- invites_pkey
select * from "invites" where "invite_id" > $ order by "invite_id" limit $;

-- invites_pending_of_line
select * from "invites" where "line_id" in (…) and state in ('planned', 'sent', 'seen') order by "invite_id" for no key update;

-- invites_of_worker
select * from "invites" where "worker" = $ and "contractor" = $ and ("line_id" = $ or state in ('planned', 'sent', 'seen') or ("state" = $ and "ended_at" > $)) order by "invite_id" for no key update;

-- invites_pending_of_worker, invites_pkey
select * from "invites" where ("invite_id" = $ or (state in ('planned', 'sent', 'seen') and "worker" = $)) order by "invite_id" for no key update;

-- jobs_pkey
select * from "jobs" order by "job_id" limit $;

-- jobs_of_contractor
select * from "jobs" where "contractor" = $ order by "job_id" desc limit $;

-- jobs_of_contractor
select * from "jobs" where "job_id" = $ and "contractor" = $;

-- jobs_of_contractor
select * from "jobs" where "job_id" = $ and "contractor" = $ for no key update;

-- jobs_pkey
select * from "jobs" where "job_id" = $ for no key update;

-- jobs_pkey
select * from "jobs" where "job_id" > $ order by "job_id" limit $;

-- slots_line_id_place_in_line_key
select * from "slots" where "line_id" in (…) order by "place_in_line";

-- assignment_days_pkey, assignments_of_worker, jobs_pkey, lines_pkey
select * from ( select a.*, l.title, l.description, l.place_id, l.zone, l.currency, l.trade, l.starts_at, l.ends_at, l.pay_amount, l.pay_basis, work.days, case when work.ends > $ then extract(epoch from work.starts)::bigint else $::bigint - extract(epoch from work.ends)::bigint end as rank from assignments a join ( select lines.line_id, lines.job_id, jobs.title, jobs.description, jobs.place_id, jobs.zone, jobs.currency, jobs.state as job_state, lines.trade, lines.minimum_level, lines.count, lines.filled, lines.days, lines.starts_at, lines.ends_at, lines.pay_amount, lines.pay_basis from lines join jobs on jobs.job_id = lines.job_id ) l on l.line_id = a.line_id cross join lateral ( select array_agg(d.day::text order by d.day) as days, min(lower(d.during)) as starts, max(upper(d.during)) as ends from assignment_days d where d.assignment_id = a.assignment_id ) work where a.worker = $ ) mine where true order by rank, assignment_id limit $;

-- assignment_days_pkey, assignments_pkey
select *, array(select day::text from assignment_days d where d.assignment_id = assignments.assignment_id and not d.given_up order by day) as "days" from "assignments" order by "assignment_id" limit $;

-- assignment_days_pkey, assignments_pkey
select *, array(select day::text from assignment_days d where d.assignment_id = assignments.assignment_id and not d.given_up order by day) as "days" from "assignments" where "assignment_id" > $ order by "assignment_id" limit $;

-- no index
select 1;

-- assignment_days_of_worker, invites_pending_of_worker, worker_documents_pkey
select d.*, ( select json_agg(json_build_object('from', day, 'to', day) order by day) from assignment_days where worker = d.person_id and day >= current_date - 2 and not given_up ) as bookings, ( select count(*)::integer from invites where worker = d.person_id and state in ('planned', 'sent', 'seen') and holds_place ) as pending_invites from worker_documents d where d.person_id = any($::uuid[]);

-- assignment_days_of_worker, invites_pending_of_worker, worker_documents_pkey
select d.*, ( select json_agg(json_build_object('from', day, 'to', day) order by day) from assignment_days where worker = d.person_id and day >= current_date - 2 and not given_up ) as bookings, ( select count(*)::integer from invites where worker = d.person_id and state in ('planned', 'sent', 'seen') and holds_place ) as pending_invites from worker_documents d where d.person_id > $ order by d.person_id limit $;

-- invites_pending_of_line
select invite_id, line_id, worker, state, expires_at from invites where line_id = any($::uuid[]) and state in ('planned', 'sent', 'seen') order by invite_id;

-- assignment_days_pkey
select min(lower(during)) as first_start from assignment_days where assignment_id = $;

-- no index
select number_worker_changes($) as given;

-- assignments_pkey
select state = 'accepted' as held from assignments where assignment_id = $;

-- invites_declined, invites_of_line, invites_waiting_of_contractor, jobs_of_contractor, lines_pkey
select to_jsonb(j) as job, to_jsonb(l) as line, ( select json_agg(asked) from ( select invite_id, worker, line_id, state, expires_at, ended_at from invites where line_id = l.line_id union select invite_id, worker, line_id, state, expires_at, ended_at from invites where contractor = j.contractor and state in ('planned', 'sent', 'seen') union select invite_id, worker, line_id, state, expires_at, ended_at from invites where contractor = j.contractor and state = 'declined' and ended_at > $ ) asked ) as asked from jobs j join lines l on l.job_id = j.job_id where j.job_id = $ and l.line_id = $ and j.contractor = $;

-- jobs_pkey
update "jobs" set "state" = $, "filled" = $, "version" = $ where "job_id" = $;

-- lines_pkey
update "lines" set "filled" = $ where "line_id" = $;

-- slots_pkey
update "slots" set "state" = $, "assignment_id" = $, "worker" = $ where "slot_id" = $;

-- slots_pkey
update "slots" set "state" = $, "assignment_id" = $, "worker" = $ where "slot_id" in (…);

-- assignments_pkey
update assignments set state = changed.state, version = changed.version from jsonb_to_recordset($::jsonb) as changed(assignment_id uuid, state text, version bigint) where assignments.assignment_id = changed.assignment_id;

-- invites_pkey
update invites set state = changed.state, version = changed.version, ended_at = changed.ended_at from jsonb_to_recordset($::jsonb) as changed( invite_id uuid, state text, version bigint, ended_at timestamptz) where invites.invite_id = changed.invite_id;

-- lines_pkey, slots_line_id_place_in_line_key
update lines set filled = (select count(*) from slots where slots.line_id = lines.line_id and slots.assignment_id is not null) where line_id = any($::uuid[]);

-- assignment_days_pkey
with given as ( update assignment_days set given_up = true where assignment_id = any($::uuid[]) and lower(during) > $ and not given_up returning assignment_id, day ) select assignment_id, array_agg(day::text order by day) as days from given group by assignment_id;
