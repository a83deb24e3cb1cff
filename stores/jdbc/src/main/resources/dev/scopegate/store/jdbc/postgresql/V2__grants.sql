-- What became of refresh tokens. Instants are microseconds since 1970 (UTC).
create table scopegate_grant (
    refresh_id varchar(64) collate "C" not null primary key,
    access_id varchar(64) not null,
    family varchar(64) not null,
    expires_at bigint not null,
    redeemed_at bigint,
    -- what it was exchanged for, encrypted under the refresh token; null after ten seconds
    sealed_answer text
);

create index scopegate_grant_family on scopegate_grant (family);
create index scopegate_grant_expired on scopegate_grant (expires_at);
create index scopegate_grant_redeemed on scopegate_grant (redeemed_at);
