-- message, id, at, by: the fields of the token as it is now; empty when there is none.
local token = row(ARGV[2])
if token and not token.revoked_at then
  revoke(token, ARGV[3], ARGV[4])
  tell(ARGV[1])
end
return redis.call('HGETALL', token_key(ARGV[2]))
