-- Export policies, as JSON, and what has been spent in each window of each limit. Instants are microseconds since 1970 (UTC).
create table scopegate_export_policy (
    resource varchar(255) not null primary key,
    policy varchar(100000) not null
);

create table scopegate_export_usage (
    -- SHA-256 of everything that tells one account from others, in base64url
    account varchar(43) not null,
    window_start bigint not null,
    -- null: for ever
    window_end bigint,
    resource varchar(255) not null,
    subject varchar(16) not null,
    subject_id varchar(600) not null,
    owner varchar(600) not null,
    unit varchar(16) not null,
    per varchar(16) not null,
    -- what has been delivered, and what responses have on lease, those of dead nodes included
    used bigint not null,
    leased bigint not null,
    primary key (account, window_start)
);

create index scopegate_export_usage_owner on scopegate_export_usage (owner, window_end);
create index scopegate_export_usage_end on scopegate_export_usage (window_end);
