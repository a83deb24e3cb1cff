-- name, holder: takes the lock from this holder alone.
local key = root .. 'lock:' .. ARGV[1]
if redis.call('GET', key) ~= ARGV[2] then return 0 end
return redis.call('DEL', key)
