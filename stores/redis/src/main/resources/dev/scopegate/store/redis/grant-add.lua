-- now, expires, refresh id, access id, family (instants in microseconds): adds a grant and removes those that are over.
-- grant:<refresh id> is a hash, family:<family> the set of its refresh ids. Each also ends by itself, as those of a service
-- that adds no more would stay for ever.
local over = redis.call('ZRANGEBYSCORE', root .. 'grants', '-inf', ARGV[1])
for _, member in ipairs(over) do
  local id, family = string.match(member, '^([^%z]*)%z(.*)$')
  redis.call('DEL', root .. 'grant:' .. id)
  redis.call('SREM', root .. 'family:' .. family, id)
  redis.call('ZREM', root .. 'grants', member)
  redis.call('ZREM', root .. 'redeemed', id)
end
local left = math.ceil((tonumber(ARGV[2]) - tonumber(ARGV[1])) / 1000) + 1
if left <= 1 then return 0 end
local key = root .. 'grant:' .. ARGV[3]
redis.call('HSET', key, 'refresh_id', ARGV[3], 'access_id', ARGV[4], 'family', ARGV[5], 'expires_at', ARGV[2])
redis.call('PEXPIRE', key, left)
redis.call('ZADD', root .. 'grants', ARGV[2], ARGV[3] .. '\0' .. ARGV[5])
local family = root .. 'family:' .. ARGV[5]
redis.call('SADD', family, ARGV[3])
if redis.call('PTTL', family) < left then redis.call('PEXPIRE', family, left) end
return 1
