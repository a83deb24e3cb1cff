-- name, holder, how long (milliseconds): whether it is the holder's now.
local key = root .. 'lock:' .. ARGV[1]
local present = redis.call('GET', key)
if present and present ~= ARGV[2] then return 0 end
redis.call('SET', key, ARGV[2], 'PX', ARGV[3])
return 1
