-- message, parent, at, by: how many were not revoked before.
local living = redis.call('SMEMBERS', root .. 'parent:' .. ARGV[2])
local revoked = 0
for _, id in ipairs(living) do
  local token = row(id)
  if token then
    revoke(token, ARGV[3], ARGV[4])
    revoked = revoked + 1
  end
end
if revoked > 0 then tell(ARGV[1]) end
return revoked
