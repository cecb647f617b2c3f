-- What the service says to its database, and by which indexes it is answered with 100,000 rows in each table.
-- Written by WRITE_STATEMENTS=1 npx jest --selectProjects int <this test>; a change of it is a change to be reviewed.

-- socket_tickets_by_expiry
delete from "socket_tickets" where ctid = any(array( select ctid from "socket_tickets" where expires_at < $ limit 1000 for update skip locked ));

-- no index
insert into "conversations" ("conversation_id", "kind", "state", "job_id", "last_sequence", "created_at", "updated_at") values (…) on conflict ("conversation_id") do nothing returning "conversation_id";

-- no index
insert into "members" ("conversation_id", "person_id", "read_up_to", "updated_at") values (…);

-- no index
insert into "messages" ("conversation_id", "sequence", "sender", "client_id", "text", "sent_at") values (…);

-- no index
insert into "socket_tickets" ("ticket_hash", "person_id", "session_id", "expires_at", "issued_at", "session_until") values (…);

-- conversations_pkey
select "conversation_id" from "conversations" where "conversation_id" = $ for no key update;

-- members_by_person
select "conversation_id" from "members" where "person_id" = $ order by "updated_at" desc, "conversation_id" desc limit $;

-- conversations_pkey
select "conversation_id", "job_id" from "conversations" order by "conversation_id" limit $;

-- conversations_pkey
select "conversation_id", "job_id" from "conversations" where "conversation_id" > $ order by "conversation_id" limit $;

-- members_pkey
select "conversation_id", "person_id", "read_up_to" from "members" where "conversation_id" in (…) order by "person_id";

-- conversations_pkey, members_by_person
select "conversations".* from "conversations" inner join "members" on "members"."conversation_id" = "conversations"."conversation_id" where "members"."person_id" = $ and "conversations"."conversation_id" in (…);

-- messages_conversation_id_sender_client_id_key
select * from "messages" where "conversation_id" = $ and "sender" = $ and "client_id" = $;

-- messages_pkey
select * from "messages" where "conversation_id" = $ order by "sequence" desc limit $;

-- no index
select 1;

-- messages_pkey
select messages.* from unnest($::uuid[], $::integer[]) as last (conversation_id, sequence) join messages using (conversation_id, sequence);

-- conversations_pkey
update "conversations" set "last_sequence" = $, "updated_at" = $ where "conversation_id" = $;

-- members_by_person
update "members" set "read_up_to" = $ where "conversation_id" = $ and "person_id" = $ and "read_up_to" < $ returning "person_id";

-- members_pkey
update "members" set "updated_at" = $ where "conversation_id" = $;
