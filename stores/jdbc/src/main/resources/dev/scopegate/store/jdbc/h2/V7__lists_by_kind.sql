-- Lists are of one kind: those of people's own tokens must not read past the day tokens that their keys were given.
create index scopegate_token_owner_kind on scopegate_token (owner, kind, created_at, id);
create index scopegate_token_owner_kind_name on scopegate_token (owner, kind, folded_name, id);
create index scopegate_token_kind on scopegate_token (kind, created_at, id);
create index scopegate_token_kind_name on scopegate_token (kind, folded_name, id);
drop index scopegate_token_owner;
drop index scopegate_token_owner_name;

-- When a grant was exchanged, for as long as the answer is kept: forgetting answers reads those few alone.
alter table scopegate_grant add column sealed_at bigint;
update scopegate_grant set sealed_at = redeemed_at where sealed_answer is not null;
create index scopegate_grant_sealed on scopegate_grant (sealed_at);
drop index scopegate_grant_redeemed;
