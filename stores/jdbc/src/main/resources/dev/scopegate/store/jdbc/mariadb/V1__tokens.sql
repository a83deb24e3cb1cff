-- Tokens. Instants are microseconds since 1970 (UTC); lists are JSON arrays of strings.
create table scopegate_token (
    id varchar(64) not null primary key,
    kind varchar(32) not null,
    name varchar(400) not null,
    -- the name while it is taken: null once the token is revoked, or expired and its name wanted by another
    taken_name varchar(400),
    -- the name as it is searched and sorted by
    folded_name varchar(200) not null,
    owner varchar(255) not null,
    created_by varchar(600) not null,
    scopes mediumtext not null,
    resources mediumtext not null,
    allowed_networks mediumtext not null,
    created_at bigint not null,
    expires_at bigint,
    last_used_at bigint,
    last_used_ip varchar(64),
    revoked_at bigint,
    revoked_by varchar(600),
    parent varchar(255),
    hint varchar(64) not null,
    -- JSON array of {"algorithm","hash","expires_at"}: one, or two while an older secret is in its grace
    secrets varchar(1000) not null
) engine = InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create unique index scopegate_token_taken_name on scopegate_token (owner, taken_name);
create index scopegate_token_newest on scopegate_token (created_at, id);
create index scopegate_token_owner on scopegate_token (owner, created_at, id);
create index scopegate_token_name on scopegate_token (folded_name, id);
create index scopegate_token_owner_name on scopegate_token (owner, folded_name, id);
create index scopegate_token_parent on scopegate_token (parent);
create index scopegate_token_expired on scopegate_token (expires_at);
create index scopegate_token_revoked on scopegate_token (revoked_at);

-- JWTs that are revoked though their signatures are good, until they expire by themselves.
create table scopegate_denied (
    jti varchar(700) not null primary key,
    expires_at bigint not null
) engine = InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create index scopegate_denied_expired on scopegate_denied (expires_at);

-- What changed, for other nodes; rows older than an hour are removed.
create table scopegate_change (
    seq bigint not null auto_increment primary key,
    node varchar(36) not null,
    kind varchar(16) not null,
    subject varchar(700) not null,
    at bigint not null
) engine = InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create index scopegate_change_at on scopegate_change (at);
