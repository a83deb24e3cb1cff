-- version as it was read, text: of several who have read the same, one replaces it.
local key = root .. 'key-ring'
local version = redis.call('HGET', key, 'version') or '0'
if version ~= ARGV[1] then return 0 end
redis.call('HSET', key, 'version', string.format('%d', tonumber(version) + 1), 'text', ARGV[2])
return 1
