-- What the service says to its database, and by which indexes it is answered with 100,000 rows in each table.
-- Written by WRITE_STATEMENTS=1 npx jest --selectProjects int <this test>; a change of it is a change to be reviewed.

-- accounts_pending_email
delete from "accounts" where "email_key" = $ and "state" = 'pending';

-- accounts_pending
delete from "accounts" where ctid = any(array( select ctid from "accounts" where state = 'pending' and created_at < $ limit 1000 for update skip locked ));

-- code_quotas_last
delete from "code_quotas" where ctid = any(array( select ctid from "code_quotas" where last_at < $ limit 1000 for update skip locked ));

-- guess_buckets_started
delete from "guess_buckets" where ctid = any(array( select ctid from "guess_buckets" where started_at < $ and next_at < $ limit 1000 for update skip locked ));

-- mails_created
delete from "mails" where ctid = any(array( select ctid from "mails" where created_at < $ limit 1000 for update skip locked ));

-- network_failures_at
delete from "network_failures" where ctid = any(array( select ctid from "network_failures" where at < $ limit 1000 for update skip locked ));

-- one_time_codes_expired
delete from "one_time_codes" where ctid = any(array( select ctid from "one_time_codes" where expires_at < $ limit 1000 for update skip locked ));

-- revocations_issued
delete from "revocations" where ctid = any(array( select ctid from "revocations" where issued_before < $ limit 1000 for update skip locked ));

-- sessions_ended
delete from "sessions" where ctid = any(array( select ctid from "sessions" where ended_at < $ limit 1000 for update skip locked ));

-- sessions_expire
delete from "sessions" where ctid = any(array( select ctid from "sessions" where expires_at < $ limit 1000 for update skip locked ));

-- sessions_used
delete from "sessions" where ctid = any(array( select ctid from "sessions" where last_used_at < $ limit 1000 for update skip locked ));

-- network_failures_pkey
delete from network_failures where network = $ and login = $;

-- no index
insert into "accounts" ("person_id", "email", "email_key", "password_hash", "date_of_birth", "locale", "state", "created_at", "activated_at") values (…);

-- no index
insert into "code_quotas" ("login", "sent_at", "last_at") values ($, '{}'::timestamptz[], $) on conflict ("login") do nothing;

-- no index
insert into "mails" ("mail_id", "sealed", "created_at") values (…);

-- no index
insert into "one_time_codes" ("code_id", "purpose", "email_key", "person_id", "mac", "browser", "created_at", "expires_at", "tries", "used_at") values (…);

-- no index
insert into "refresh_keys" ("key_id", "sealed", "created_at", "active_from") values (…);

-- no index
insert into "revocations" ("person_id", "session_id", "issued_before", "sequence") values (…);

-- no index
insert into "sessions" ("session_id", "person_id", "number", "key_id", "rotated_at", "attempt", "device", "started_at", "last_used_at", "expires_at", "ended_at", "ended_because") values (…);

-- no index
insert into "signing_keys" ("kid", "public_jwk", "private_sealed", "created_at", "active_from") values (…);

-- no index
insert into guess_buckets as kept (bucket, key, started_at, attempts, next_at) values (…, 1, coalesce( $::timestamptz + make_interval(secs => nullif(($::int[])[least(1, $::int)], 0)), '-infinity')) on conflict (bucket, key) do update set started_at = case when kept.started_at <= $ then $ else kept.started_at end, attempts = case when kept.started_at <= $ then 1 else kept.attempts + 1 end, next_at = coalesce( $::timestamptz + make_interval(secs => nullif(($::int[])[least(case when kept.started_at <= $ then 1 else kept.attempts + 1 end, $::int)], 0)), '-infinity') where kept.started_at <= $ or kept.next_at <= $ returning attempts;

-- revocations_pkey
select "epoch", "head", coalesce((select min(sequence) from revocations), head + 1) as "firstKept" from "revocation_head";

-- accounts_pkey
select "person_id", "email", "locale" from "accounts" where "person_id" in (…) and "state" in (…);

-- code_quotas_pkey
select "sent_at" from "code_quotas" where "login" = $ for update;

-- accounts_email
select * from "accounts" where "email_key" = $ and "state" <> 'pending';

-- accounts_email
select * from "accounts" where "email_key" = $ and "state" <> 'pending' for share;

-- accounts_pending_email
select * from "accounts" where "email_key" = $ and "state" = 'pending' order by "person_id" for no key update;

-- accounts_pkey
select * from "accounts" where "person_id" = $;

-- accounts_pkey
select * from "accounts" where "person_id" = $ for no key update;

-- accounts_pkey
select * from "accounts" where "person_id" = $ for share;

-- accounts_pkey
select * from "accounts" where "state" <> 'pending' and "person_id" > $ order by "person_id" limit $;

-- accounts_pkey
select * from "accounts" where "state" <> 'pending' order by "person_id" limit $;

-- mails_created
select * from "mails" order by "created_at" desc, "mail_id" desc limit $;

-- no index
select * from "refresh_keys";

-- revocations_pkey
select * from "revocations" where "issued_before" >= $ and "sequence" <= $ order by "sequence";

-- revocations_pkey
select * from "revocations" where "sequence" > $ and "sequence" <= $ order by "sequence";

-- sessions_person
select * from "sessions" where "person_id" = $ and "ended_at" is null order by "started_at" desc;

-- sessions_pkey
select * from "sessions" where "session_id" = $ for update;

-- no index
select * from "signing_keys";

-- no index
select 1;

-- no index
select 1 from "refresh_keys" limit 1;

-- no index
select 1 from "signing_keys" limit 1;

-- accounts_pkey
update "accounts" set "hats" = $ where "person_id" = $;

-- accounts_pkey
update "accounts" set "state" = $, "activated_at" = $ where "person_id" = $;

-- code_quotas_pkey
update "code_quotas" set "sent_at" = $::timestamptz[], "last_at" = $ where "login" = $;

-- one_time_codes_pkey
update "one_time_codes" set "used_at" = $ where "code_id" = $ and "used_at" is null returning "person_id";

-- no index
update "revocation_head" set "head" = head + 1 returning "head";

-- sessions_pkey
update "sessions" set "ended_at" = $, "ended_because" = $ where "session_id" = $;

-- sessions_pkey
update "sessions" set "number" = $, "key_id" = $, "attempt" = $, "rotated_at" = $, "last_used_at" = $ where "session_id" = $;

-- guess_buckets_pkey
update guess_buckets set attempts = greatest(attempts - 1, 0), next_at = '-infinity' where bucket = $ and key = $;

-- one_time_codes_browser, one_time_codes_pkey
with asked as ( select 1 from one_time_codes where browser = $ and purpose = $ and email_key = $ limit 1 ), live as ( select code_id from one_time_codes where browser = $ and purpose = $ and email_key = $ and used_at is null and expires_at > $ and tries < $ order by code_id for update ), tried as ( update one_time_codes set tries = tries + 1 where code_id in (select code_id from live) returning code_id, mac ) select tried.code_id, tried.mac from asked left join tried on true;

-- network_failures_pkey
with noted as ( insert into network_failures (network, login, at) values (…) on conflict (network, login) do update set at = excluded.at ) select 1 + count(*) as accounts from network_failures where network = $ and login <> $ and at > $;
