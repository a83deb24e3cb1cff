-- What happened: rows are added and, long afterwards, removed, never changed. Instants are microseconds since 1970 (UTC).
create table scopegate_audit (
    -- in the order of time, to the millisecond
    id varchar(20) not null primary key,
    at bigint not null,
    type varchar(32) not null,
    actor varchar(200),
    token_id varchar(200),
    resource varchar(200),
    client_ip varchar(64),
    outcome varchar(16) not null,
    code varchar(64),
    bytes bigint,
    records bigint
);

create index scopegate_audit_type on scopegate_audit (type, id);
create index scopegate_audit_actor on scopegate_audit (actor, id);
create index scopegate_audit_token on scopegate_audit (token_id, id);

-- What one node has alone, until then by the database's clock.
create table scopegate_lock (
    name varchar(255) not null primary key,
    holder varchar(255) not null,
    ends_at bigint not null
);

create index scopegate_lock_end on scopegate_lock (ends_at);
