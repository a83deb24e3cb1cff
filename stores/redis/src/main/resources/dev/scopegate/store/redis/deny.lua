-- message, jti, until (milliseconds): the later of two ends stays. The caller's node may not have heard of it yet.
local key = root .. 'denied:' .. ARGV[2]
local kept = redis.call('GET', key)
if not kept or tonumber(kept) < tonumber(ARGV[3]) then
  redis.call('SET', key, ARGV[3])
  redis.call('PEXPIREAT', key, ARGV[3])
end
tell(ARGV[1])
return 1
