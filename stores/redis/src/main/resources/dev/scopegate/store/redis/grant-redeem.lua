-- refresh id, at, sealed answer, forget before (instants in microseconds): 1 for the one caller that exchanges it, else 0.
local old = redis.call('ZRANGEBYSCORE', root .. 'redeemed', '-inf', '(' .. ARGV[4])
for _, id in ipairs(old) do
  redis.call('HDEL', root .. 'grant:' .. id, 'sealed_answer')
  redis.call('ZREM', root .. 'redeemed', id)
end
local key = root .. 'grant:' .. ARGV[1]
if redis.call('EXISTS', key) == 0 or redis.call('HEXISTS', key, 'redeemed_at') == 1 then return 0 end
redis.call('HSET', key, 'redeemed_at', ARGV[2], 'sealed_answer', ARGV[3])
redis.call('ZADD', root .. 'redeemed', ARGV[2], ARGV[1])
return 1
