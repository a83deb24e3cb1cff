-- refresh id: removes its grant; whether it was there.
local key = root .. 'grant:' .. ARGV[1]
local family = redis.call('HGET', key, 'family')
if not family then return 0 end
redis.call('DEL', key)
redis.call('SREM', root .. 'family:' .. family, ARGV[1])
redis.call('ZREM', root .. 'grants', ARGV[1] .. '\0' .. family)
redis.call('ZREM', root .. 'redeemed', ARGV[1])
return 1
