-- The keys that tokens are signed with, sealed by the service: one row.
create table scopegate_key_ring (
    id int not null primary key,
    version bigint not null,
    content text not null
);

insert into scopegate_key_ring (id, version, content) values (1, 0, '');
