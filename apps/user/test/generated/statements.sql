-- What the service says to its database, and by which indexes it is answered with 100,000 rows in each table.
-- Written by WRITE_STATEMENTS=1 npx jest --selectProjects int <this test>; a change of it is a change to be reviewed.

-- availability_exceptions_pkey
delete from "availability_exceptions" where "person_id" = $;

-- skills_pkey
delete from "skills" where "person_id" = $;

-- no index
insert into "availability" ("weekly", "free_until", "person_id", "version", "updated_at") values (…) on conflict ("person_id") do update set "free_until" = $, "version" = "availability"."version" + $, "updated_at" = $;

-- no index
insert into "availability" ("weekly", "free_until", "person_id", "version", "updated_at") values (…) on conflict ("person_id") do update set "weekly" = $, "version" = "availability"."version" + $, "updated_at" = $;

-- no index
insert into "availability_exceptions" ("person_id", "date", "free") values (…);

-- no index
insert into "contractor_profiles" ("person_id", "place_id", "version", "created_at", "updated_at") values (…) on conflict ("person_id") do update set "place_id" = $, "version" = "contractor_profiles"."version" + $, "updated_at" = $;

-- no index
insert into "people" ("person_id", "display_name", "photo_id", "joined_at", "erased_at") values (…) on conflict ("person_id") do nothing;

-- no index
insert into "people" ("person_id", "display_name", "photo_id", "joined_at", "erased_at") values (…) on conflict ("person_id") do update set "display_name" = $ returning "joined_at";

-- no index
insert into "skills" ("trade", "level", "years", "person_id") values (…);

-- no index
insert into "worker_profiles" ("place_id", "home_latitude", "home_longitude", "zone", "travel_radius_km", "currency", "day_rate", "floor_rate", "languages", "updated_at", "person_id", "jitter_north", "jitter_east", "version", "created_at") values (…) on conflict ("person_id") do update set "place_id" = $, "home_latitude" = $, "home_longitude" = $, "zone" = $, "travel_radius_km" = $, "currency" = $, "day_rate" = $, "floor_rate" = $, "languages" = $, "updated_at" = $, "version" = "worker_profiles"."version" + $;

-- contractor_profiles_pkey, people_pkey
select "contractor_profiles".*, "people"."display_name" from "contractor_profiles" inner join "people" on "people"."person_id" = "contractor_profiles"."person_id" where "contractor_profiles"."person_id" = $;

-- people_pkey
select "display_name" from "people" where "person_id" = $ for no key update;

-- contractor_profiles_pkey, people_pkey
select "people"."person_id" as "personId", "people"."joined_at" as "joinedAt" from "contractor_profiles" inner join "people" on "people"."person_id" = "contractor_profiles"."person_id" order by "contractor_profiles"."person_id" limit $;

-- contractor_profiles_pkey, people_pkey
select "people"."person_id" as "personId", "people"."joined_at" as "joinedAt" from "contractor_profiles" inner join "people" on "people"."person_id" = "contractor_profiles"."person_id" where "contractor_profiles"."person_id" > $ order by "contractor_profiles"."person_id" limit $;

-- worker_profiles_pkey
select "person_id" from "worker_profiles" order by "person_id" limit $;

-- worker_profiles_pkey
select "person_id" from "worker_profiles" where "person_id" > $ order by "person_id" limit $;

-- people_pkey
select "person_id", "display_name", "photo_id" from "people" where "person_id" in (…) and "erased_at" is null and "display_name" is not null;

-- worker_profiles_pkey
select "person_id", "zone" from "worker_profiles" where "person_id" in (…);

-- availability_exceptions_pkey
select "person_id", to_char(date, 'YYYY-MM-DD') as "day", "free" from "availability_exceptions" where "person_id" in (…) order by "day";

-- people_pkey, worker_profiles_pkey
select "worker_profiles".*, "people"."display_name", "people"."joined_at" from "worker_profiles" inner join "people" on "people"."person_id" = "worker_profiles"."person_id" where "worker_profiles"."person_id" in (…) order by "worker_profiles"."person_id";

-- availability_pkey
select * from "availability" order by "person_id" limit $;

-- availability_pkey
select * from "availability" where "person_id" = $;

-- availability_pkey
select * from "availability" where "person_id" > $ order by "person_id" limit $;

-- skills_pkey
select * from "skills" where "person_id" in (…) order by "level" desc, "trade";

-- no index
select 1;

-- booked_days_pkey
select distinct to_char(date, 'YYYY-MM-DD') as "day" from "booked_days" where "person_id" = $ and "date" >= $ order by "day";
