-- What the service says to its database, and by which indexes it is answered with 100,000 rows in each table.
-- Written by WRITE_STATEMENTS=1 npx jest --selectProjects int <this test>; a change of it is a change to be reviewed.

-- notices_created
delete from "notices" where ctid = any(array( select ctid from "notices" where created_at < $ limit 1000 for update skip locked ));

-- no index
insert into "notices" ("notice_id", "person_id", "event_id", "topic", "key", "subject", "collapse", "created_at", "seen_at") values (…::jsonb, …) on conflict ("person_id", "event_id") do nothing returning "notice_id";

-- no index
insert into "preference_versions" ("person_id", "version") values (…) on conflict ("person_id") do update set "version" = "preference_versions"."version" + $;

-- no index
insert into "preferences" ("person_id", "topic", "channels") values (…) on conflict ("person_id", "topic") do update set "channels" = $;

-- notices_pkey
select "notice_id" as "noticeId", "person_id" as "person", "topic" from "notices" order by "notice_id" limit $;

-- notices_pkey
select "notice_id" as "noticeId", "person_id" as "person", "topic" from "notices" where "notice_id" > $ order by "notice_id" limit $;

-- preferences_pkey
select "person_id", "topic", "channels" from "preferences" where "person_id" in (…);

-- preferences_pkey
select "topic", "channels" from "preferences" where "person_id" = $;

-- preference_versions_pkey
select "version" from "preference_versions" where "person_id" = $;

-- notices_by_person
select * from "notices" where "person_id" = $ order by "created_at" desc, "notice_id" desc limit $;

-- no index
select 1;

-- notices_collapse
select count(*) as "unseen" from "notices" where "person_id" = $ and "seen_at" is null;

-- notices_collapse
update "notices" set "seen_at" = $ where "person_id" = $ and "seen_at" is null and "created_at" <= $;

-- notices_pkey
update "notices" set "seen_at" = coalesce(seen_at, $) where "notice_id" = $ and "person_id" = $ returning *;
