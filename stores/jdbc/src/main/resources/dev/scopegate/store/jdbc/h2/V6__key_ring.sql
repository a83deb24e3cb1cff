-- The keys that tokens are signed with, sealed by the service: one row.
create table scopegate_key_ring (
    id int not null primary key,
    version bigint not null,
    content varchar(1000000) not null
);

insert into scopegate_key_ring (id, version, content) values (1, 0, '');

-- A sealed answer can hold a JWT, of up to 8,192 characters.
alter table scopegate_grant alter column sealed_answer varchar(20000);
